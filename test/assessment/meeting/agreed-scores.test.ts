import fc from 'fast-check';
import type { AreaText } from '../../../src/assessment/meeting/area-record';
import type { AreaEdits } from '../../../src/assessment/meeting/merge-area';
import type { Round } from '../../../src/assessment/round';
import { agree, allowed, assessmentOver, newOpenRound, roundInput, type SurveyServices } from '../../support/builders';
import { eitherTestStore, type TestStore } from '../../support/stores';

let files: TestStore;
let services: SurveyServices;
let round: Round;

beforeEach(async () => {
  files = await eitherTestStore();
  services = assessmentOver(files.store);
  round = await newOpenRound(services, { outOfScope: ['P2.1'] });
});
afterEach(() => files.dispose());

const write = (area: string, edits: AreaEdits, by = 'anna') => services.agreedScores.write(round.id, area, edits, by);
const text = (field: AreaText, seen: string, mine: string): AreaEdits => ({ texts: { [field]: { seen, mine } } });

describe('what the group agrees of an area', () => {
  it('is set field by field and stands in the order of the areas', async () => {
    await agree(services, round.id, 'P1.2', 2);
    await agree(services, round.id, 'P1.1', 3.5, { reasons: 'Są spotkania' });
    allowed(await write('P1.1', { score: { seen: 3.5, mine: 4 }, ...text('reasons', 'Są spotkania', ' Inaczej ') }));
    allowed(await write('P1.1', text('strengths', '', 'Forum raz w miesiącu')));
    await agree(services, round.id, 'P2.1', null);
    expect(await services.agreedScores.ofRound(round.id)).toMatchObject([
      { area: 'P1.1', score: 4, reasons: 'Inaczej', strengths: 'Forum raz w miesiącu', barriers: '', revision: 3 },
      { area: 'P1.2', score: 2, revision: 1 },
      { area: 'P2.1', score: null },
    ]);
  });

  it('may have words before it has a score, and none again once the score is taken back', async () => {
    allowed(await write('P1.1', text('barriers', '', 'Brak ludzi')));
    expect(await services.agreedScores.ofRound(round.id)).toEqual([]);
    expect(await services.agreedScores.record(round.id, 'P1.1')).toMatchObject({ barriers: 'Brak ludzi' });
    for (const outOfScope of [round.outOfScope, []]) {
      const [, left] = [...(await services.agreedScores.areasLeft([{ ...round, outOfScope }]))][0]!;
      expect(left).toBe(3 - outOfScope.length);
    }
    await agree(services, round.id, 'P1.1', 3);
    allowed(await write('P1.1', { score: { seen: 3, mine: undefined } }));
    expect(await services.agreedScores.ofRound(round.id)).toEqual([]);
    expect((await services.agreedScores.record(round.id, 'P1.1')).barriers).toBe('Brak ludzi');
  });

  it.each([
    ['P1.1', 2.25, 'score-off-grid'],
    ['P1.1', 0.5, 'score-off-grid'],
    ['P1.1', 5.5, 'score-off-grid'],
    ['P1.1', NaN, 'score-off-grid'],
    ['P9.9', 3, 'area-unknown'],
    ['P2.1', 3, 'area-out-of-scope'],
  ])('%s: %p is refused', async (area, mine, code) => {
    expect(await write(area, { score: { seen: undefined, mine } })).toMatchObject({ refused: code });
  });

  it('has words of at most 2,000 characters and a round that was opened', async () => {
    expect(await write('P1.1', text('reasons', '', 'ż'.repeat(2001)))).toMatchObject({
      refused: 'text-too-long',
      details: { field: 'reasons', longest: 2000 },
    });
    allowed(await write('P1.1', text('reasons', '', 'ż'.repeat(2000))));
    const draft = allowed(await services.rounds.create(roundInput(round.assessmentId, { name: 'follow-up' })));
    expect(await services.agreedScores.write(draft.id, 'P1.1', {}, 'anna')).toMatchObject({
      refused: 'round-not-open',
    });
  });
});

describe('two who write at a time', () => {
  it('both keep what they wrote in different fields, and in different places of one field', async () => {
    allowed(await write('P1.1', text('reasons', '', 'Spotkania odbywają się rzadko.')));
    const base = 'Spotkania odbywają się rzadko.';
    const both = await Promise.all([
      write('P1.1', { score: { seen: undefined, mine: 2 }, ...text('reasons', base, `Zdaniem radnych: ${base}`) }),
      write('P1.1', { texts: { reasons: { seen: base, mine: `${base} Latem wcale.` }, dissent: { seen: '', mine: 'Sołtys' } } }, 'jan'), // prettier-ignore
    ]);
    expect(both.map((one) => allowed(one).conflicts)).toEqual([[], []]);
    expect(await services.agreedScores.record(round.id, 'P1.1')).toMatchObject({
      score: 2,
      reasons: 'Zdaniem radnych: Spotkania odbywają się rzadko. Latem wcale.',
      dissent: 'Sołtys',
      written: { score: { by: 'anna' }, dissent: { by: 'jan' } },
    });
  });

  it('are told where they changed the same place, and all else is kept', async () => {
    allowed(await write('P1.1', text('reasons', '', 'Tak')));
    const late = allowed(
      await write('P1.1', { score: { seen: undefined, mine: 3 }, ...text('reasons', '', 'Nie') }, 'jan'),
    );
    expect(late.conflicts).toEqual(['reasons']);
    expect(late.record).toMatchObject({ reasons: 'Tak', score: 3 });
    const other = allowed(await write('P1.1', { score: { seen: undefined, mine: 4 } }));
    expect(other.conflicts).toEqual(['score']);
    expect(other.record.score).toBe(3);
  });

  it('may send the same once more, where the answer was lost', async () => {
    const edits: AreaEdits = { score: { seen: undefined, mine: 3 }, ...text('reasons', '', 'Forum działa') };
    const first = allowed(await write('P1.1', edits));
    allowed(await write('P1.1', text('reasons', 'Forum działa', 'Forum działa dobrze'), 'jan'));
    const again = allowed(await write('P1.1', edits));
    expect(again.conflicts).toEqual([]);
    expect(again.record).toMatchObject({
      score: 3,
      reasons: 'Forum działa dobrze',
      revision: first.record.revision + 1,
    });
  });

  it('find what was replaced, with who wrote it and who replaced it', async () => {
    allowed(await write('P1.1', text('reasons', '', 'Wspó')));
    allowed(await write('P1.1', text('reasons', 'Wspó', 'Współpraca kuleje')));
    allowed(await write('P1.1', text('reasons', 'Współpraca kuleje', 'Współpraca rośnie'), 'jan'));
    allowed(await write('P1.1', { score: { seen: undefined, mine: 2 } }));
    allowed(await write('P1.1', { score: { seen: 2, mine: 2.5 } }, 'jan'));
    const earlier = await services.agreedScores.earlier(round.id, 'P1.1');
    expect(earlier).toHaveLength(2);
    expect(earlier).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'reasons', text: 'Współpraca kuleje', written: expect.objectContaining({ by: 'anna' }) as unknown, replaced: expect.objectContaining({ by: 'jan' }) as unknown }), // prettier-ignore
        expect.objectContaining({ field: 'score', text: '2' }),
      ]),
    );
  });

  it('lose no word in any order of saving: it stands in the text, in the history, or is told as a conflict', async () => {
    const step = fc.record({
      who: fc.constantFrom('anna', 'jan'),
      at: fc.nat(6),
      gone: fc.nat(1),
      fresh: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const own = await newOpenRound(services, { assessmentId: (await fresh()).assessmentId });
        const seen: Record<string, string> = { anna: '', jan: '' };
        const said = new Set<string>();
        for (const [number, { who, at, gone, fresh: looks }] of steps.entries()) {
          if (looks) seen[who] = (await services.agreedScores.record(own.id, 'P1.1')).reasons;
          const words = seen[who]!.split(' ').filter(Boolean);
          const word = `${who}${number}`;
          const mine = words.toSpliced(Math.min(at, words.length), gone, word).join(' ');
          const edits = { texts: { reasons: { seen: seen[who]!, mine } } };
          const { conflicts, record } = allowed(await services.agreedScores.write(own.id, 'P1.1', edits, who));
          if (conflicts.length === 0) said.add(word);
          seen[who] = record.reasons;
        }
        const now = await services.agreedScores.record(own.id, 'P1.1');
        const earlier = await services.agreedScores.earlier(own.id, 'P1.1');
        const kept = [now.reasons, ...earlier.map((one) => one.text)].join(' ').split(' ');
        for (const word of said) expect(kept).toContain(word);
      }),
      { numRuns: 25 },
    );
  });
});

let units = 0;
/** A round of a unit of its own, in a store that has others. */
async function fresh() {
  units += 1;
  const unit = allowed(
    await services.units.create({ code: `u-${units}`, name: `Gmina ${units}`, kind: 'rural-gmina' }),
  );
  const made = allowed(await services.assessments.create({ unitId: unit.id, instrumentId: 'small', title: 'Ocena' }));
  return { assessmentId: made.id };
}
