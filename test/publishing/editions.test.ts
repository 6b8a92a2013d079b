import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020';
import { editionSchema } from '../../src/reports/edition/edition-schema';
import { cardOf } from '../../src/publishing/card';
import { editionDocumentsSpec } from '../../src/publishing/edition';
import {
  createPublishing,
  type PublicationInput,
  type PublishedEdition,
  type Subject,
} from '../../src/publishing/services';
import { testInstallation } from '../support/app';
import { agree, allowed, assessmentOver, newAssessment, newOpenRound } from '../support/builders';
import { interposed } from '../support/interposed-store';
import { assessedUnit, publication } from '../support/published';
import { embeddedTestStore, type TestStore } from '../support/stores';

const clock = () => new Date('2026-03-16T12:00:00+01:00');
let data: TestStore;
let comparison: Subject;
let round: Subject;
let otherRound: Subject;
const removed: string[] = [];

function publishing(store = data.store) {
  return createPublishing({
    ...{ store, clock, assessment: assessmentOver(store), installation: testInstallation },
    editionFiles: {
      // A queue that fails takes no publication with it.
      makeAhead: () => Promise.reject(new Error('no queue')),
      removeFilesOf: (id) => Promise.resolve(void removed.push(id)),
    },
  }).editions;
}

/** Two assessed units, made once: each test begins with a copy. */
let seed: TestStore & { readonly folder: string };
beforeAll(async () => {
  seed = await embeddedTestStore();
  const services = assessmentOver(seed.store);
  const unit = await assessedUnit(services);
  comparison = unit.comparison;
  [round] = unit.rounds;
  [otherRound] = (await assessedUnit(services, { code: '309904' })).rounds;
  await seed.store.close();
});
afterAll(() => rm(seed.folder, { recursive: true }));
beforeEach(async () => {
  data = await embeddedTestStore(seed.folder);
  removed.length = 0;
});
afterEach(() => data.dispose());

async function published(subject: Subject, seen = 0, reason = ''): Promise<PublishedEdition> {
  return allowed(await publishing().publish(subject, publication({ reason }), seen));
}

describe('publishing', () => {
  test('keeps one document that fits the schema, says who decided, and holds the release as it is stored', async () => {
    const services = assessmentOver(data.store);
    const edition = await published(comparison);
    const opened = (await publishing().open(edition))!;
    expect(edition).toMatchObject({ unit: '309901', report: '2024-2025', number: 1, state: 'published' });
    expect(createHash('sha256').update(opened.text).digest('hex')).toBe(edition.hash);
    const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(editionSchema);
    expect(validate(JSON.parse(opened.text)) ? [] : validate.errors).toEqual([]);
    const results = allowed(await services.results.assessmentComparison(comparison.id));
    expect(opened.edition.pair).toEqual(results.pair);
    expect(opened.edition.rounds.map(({ released }) => released)).toEqual(
      [results.baseline, results.followUp].map(({ released }) => released),
    );
    expect(opened.edition.publication).toEqual({
      ...{ number: 1, reason: null, decidedBy: 'Wójt Gminy Przykładowa', decidedOn: '2026-03-10' },
      path: '/library/309901/2024-2025/1',
    });
    expect(edition.card).toEqual(cardOf(opened.edition));
  });

  test('says of agreed scores whether they are approved', async () => {
    const services = assessmentOver(data.store);
    const [, followUp] = await services.rounds.ofAssessment(comparison.id);
    const { id } = followUp!;
    for (const area of ['P1.2', 'P2.1']) await agree(services, id, area, 3, { barriers: 'Brak ludzi' });
    const role = { role: 'Radni', organisation: 'Rada', side: 'administration', count: 3 } as const;
    const names = 'Osoba Zmyślona';
    allowed(await services.meetings.add(id, { date: '2026-03-02', present: [role], names, keptBy: names }));
    const approve = async (approvedOn: string) =>
      allowed(
        await services.minutes.approve(
          id,
          { approvedOn, approvedBy: 'zespół' },
          (await services.minutes.of(id))!.mark,
          'anna',
        ),
      );
    await approve('2026-03-02');
    allowed(await services.minutes.reopen(id, { why: 'Błąd w ocenie' }, 'anna'));
    await approve('2026-03-05');
    const edition = allowed(await publishing().publish(comparison, publication(), 0));
    const opened = (await publishing().open(edition))!;
    expect(opened.edition.rounds.map(({ agreed }) => agreed?.approvedOn)).toEqual([null, '2026-03-05']);
    const [, { agreed }] = opened.edition.rounds as [unknown, (typeof opened.edition.rounds)[0]];
    expect(agreed).toMatchObject({
      reopened: [{ approvedOn: '2026-03-02', on: '2026-03-16', why: 'Błąd w ocenie' }],
      words: { 'P1.2': { reasons: '', dissent: '', barriers: 'Brak ludzi' } },
      meetings: [{ date: '2026-03-02', present: [{ role: 'Radni', count: 3 }] }],
    });
    // Neither names nor who of the staff did it.
    expect(opened.text).not.toMatch(/Zmyślona|anna/);
    const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(editionSchema);
    expect(validate(JSON.parse(opened.text)) ? [] : validate.errors).toEqual([]);
  });

  test('is refused where something is missing or later than today, and nothing is published', async () => {
    const refusals: readonly (readonly [code: string, given: Partial<PublicationInput>])[] = [
      ['decided-by-missing', { decidedBy: ' ' }],
      ['day-malformed', { decidedOn: '' }],
      ['day-malformed', { decidedOn: '2026-02-30' }],
      ['decided-later', { decidedOn: '2026-03-17' }],
      ['publication-unconfirmed', { confirmed: false }],
    ];
    for (const [code, given] of refusals) {
      expect(await publishing().publish(comparison, publication(given), 0)).toMatchObject({ refused: code });
    }
    expect(await publishing().published()).toEqual([]);
  });

  test('waits for results', async () => {
    const { assessment } = await newAssessment(assessmentOver(data.store), { code: '309905' });
    const { id } = await newOpenRound(assessmentOver(data.store), { assessmentId: assessment.id });
    const publish = (subject: Subject) => publishing().publish(subject, publication(), 0);
    expect(await publish({ kind: 'round', id })).toMatchObject({ refused: 'not-closed' });
    expect(await publish({ kind: 'comparison', id: assessment.id })).toMatchObject({ refused: 'round-missing' });
    expect(await publish({ kind: 'round', id: 'none' })).toEqual({ refused: 'round-unknown' });
  });

  test('another edition rests on the same release, has the next number, and says why it exists', async () => {
    const first = await published(comparison);
    expect(await publishing().publish(comparison, publication(), 1)).toMatchObject({
      refused: 'edition-reason-missing',
    });
    const second = await published(comparison, 1, 'Poprawiono nazwę spotkania.');
    expect(second).toMatchObject({ number: 2, report: first.report, reason: 'Poprawiono nazwę spotkania.' });
    const [before, after] = await Promise.all([first, second].map((one) => publishing().open(one)));
    expect(after!.edition.pair).toEqual(before!.edition.pair);
    expect(after!.edition.publication.reason).toBe('Poprawiono nazwę spotkania.');
  });

  test('of two people who publish at once one wins; pressing twice publishes once', async () => {
    const [one, other] = await Promise.all([
      publishing().publish(comparison, publication(), 0),
      publishing().publish(comparison, publication({ decidedBy: 'Rada Gminy' }), 0),
    ]);
    const refused = [one, other].filter((result) => 'refused' in result);
    expect(refused).toEqual([{ refused: 'changed-meanwhile' }]);
    const editions = await publishing().ofSubject(comparison);
    expect(editions).toHaveLength(1);
    expect(await publishing().open(editions[0]!)).not.toBeNull();
    const { edition } = (await publishing().open(editions[0]!))!;
    const again = publication({ decidedBy: edition.publication.decidedBy });
    expect(await publishing().publish(comparison, again, 0)).toMatchObject({ id: editions[0]!.id });
    expect(await publishing().published()).toHaveLength(1);
  });

  test('a report keeps its address when the unit’s code is corrected, and two of one year have addresses of their own', async () => {
    const { units } = assessmentOver(data.store);
    await published(round);
    const [unit, other] = await units.all();
    allowed(await units.edit(unit!.id, { ...unit!, code: '309902' }, unit!.revision));
    expect(await published(round, 1, 'Poprawiono kod.')).toMatchObject({ unit: '309901', report: '2024', number: 2 });
    allowed(await units.edit(other!.id, { ...other!, code: '309901' }, other!.revision));
    expect(await published(otherRound)).toMatchObject({ unit: '309901', report: '2024.2' });
  });

  test.each([1, 2, 3])('stopped at write %i, it can be done again and is done once', async (stopAt) => {
    let writes = 0;
    const dying = interposed(data.store, ({ write, collection }) => {
      if (write && /edition|address/.test(collection) && ++writes === stopAt) throw new Error('stopped');
    });
    await expect(publishing(dying).publish(comparison, publication(), 0)).rejects.toThrow('stopped');
    const edition = await published(comparison);
    expect(await publishing().published()).toEqual([edition]);
    expect(await publishing().open(edition)).not.toBeNull();
  });
});

describe('withdrawing', () => {
  const why = 'Jednostka wykryła pomyłkę w karcie faktów.';

  test('removes document, figures and files, and keeps the reason and the name', async () => {
    const edition = await published(comparison);
    const gone = allowed(await publishing().withdraw(edition.id, why));
    expect(gone).toMatchObject({ state: 'withdrawn', card: null, withdrawnOn: '2026-03-16', withdrawnWhy: why });
    expect(gone.title).toEqual(edition.title);
    expect(await publishing().open(edition)).toBeNull();
    expect(await publishing().open(gone)).toBeNull();
    expect(await publishing().published()).toEqual([]);
    expect(removed).toEqual([edition.id]);
    const documents = data.store.collection(editionDocumentsSpec);
    expect(await documents.count({})).toBe(0);
  });

  test('needs a reason, and happens once', async () => {
    const edition = await published(comparison);
    expect(await publishing().withdraw(edition.id, ' ')).toEqual({ refused: 'withdrawal-reason-missing' });
    await publishing().withdraw(edition.id, why);
    expect(await publishing().withdraw(edition.id, why)).toEqual({ refused: 'edition-withdrawn' });
    expect(await publishing().withdraw('nonesuch', why)).toEqual({ refused: 'edition-unknown' });
  });

  test.each([2, 3])('stopped at write %i, nobody sees it, and the next start finishes', async (stopAt) => {
    const edition = await published(comparison);
    let writes = 0;
    const dying = interposed(data.store, ({ write }) => {
      if (write && ++writes === stopAt) throw new Error('stopped');
    });
    await expect(publishing(dying).withdraw(edition.id, why)).rejects.toThrow('stopped');
    expect(await publishing().published()).toEqual([]);
    const half = (await publishing().byId(edition.id))!;
    expect(half.state).toBe('withdrawing');
    expect(await publishing().open(half)).toBeNull();
    await publishing().resumeWithdrawing();
    expect(await publishing().byId(edition.id)).toMatchObject({ state: 'withdrawn', card: null });
  });

  test('leaves the numbers that follow: the next edition is the third', async () => {
    await published(comparison);
    const second = await published(comparison, 1, 'Nowa karta faktów.');
    await publishing().withdraw(second.id, why);
    expect(await published(comparison, 2, 'Poprawiono kartę faktów.')).toMatchObject({ number: 3 });
  });
});
