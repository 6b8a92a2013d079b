import { plausibleAnswers } from '../../../demo/answers';
import { createChance, type Chance } from '../../../demo/random';
import type { CheckedInstrument } from '../../../definitions/registry';
import type { ReportDocument } from '../../../reports/edition/edition';
import { reportDocument, type RoundSource } from '../../../reports/edition/report-document';
import { releasePair, releaseRound, type Respondent, type RoundToRelease } from '../../../scoring';

/**
 * The report's document of a made-up unit, the same for the same number: of one round or of two, with groups that are
 * hidden, merged, small and large, of known and unknown size, with agreed scores or without.
 */
export function documentOf(number: number, { instrument, hash }: CheckedInstrument): ReportDocument {
  const chance = createChance(9_000 + number);
  const round = (at: number): RoundToRelease => {
    const respondents = (instrument.groups ?? []).flatMap(({ code }) =>
      people(chance, instrument, code, 2 + chance.next() * 2),
    );
    const sizes = (instrument.groups ?? []).flatMap(({ code }) => {
      const answering = respondents.filter(({ group }) => group === code).length;
      return answering === 0 || chance.happens(0.3)
        ? []
        : [[code, answering + Math.floor(chance.next() * 20)] as const];
    });
    return {
      opened: { instrument, hash },
      input: {
        ...{ form: 'full', round: instrument.rounds?.[at] ?? null, facts: {}, outOfScope: [], k: 5 },
        ...{ respondents, groupSizes: Object.fromEntries(sizes) },
      },
    };
  };
  const first = round(0);
  const second = chance.happens(0.6) ? round(1) : null;
  const agreed = chance.happens(0.5)
    ? Object.fromEntries(
        (instrument.planes ?? []).flatMap(({ areas }) =>
          areas.map(({ code }) => [code, 1 + Math.floor(chance.next() * 9) / 2] as const),
        ),
      )
    : {};
  const source = (one: RoundToRelease, at: number): RoundSource => ({
    ...{ name: at === 0 ? 'baseline' : 'follow-up', assessedYear: 2024 + at, study: null },
    ...{ released: releaseRound(one), agreed, words: {}, meetings: [], facts: [], comments: null },
  });
  return reportDocument({
    ...{ unit: { name: 'Gmina Przykładowa' }, madeOn: '2026-11-23', instrument, hash },
    rounds: [source(first, 0), ...(second === null ? [] : [source(second, 1)])],
    pair: second === null ? null : releasePair(first, second, null),
  });
}

/** Now and then nobody, or fewer than k, or fewer than 2k. */
function people(
  chance: Chance,
  instrument: CheckedInstrument['instrument'],
  group: string,
  level: number,
): Respondent[] {
  const count = Math.floor(chance.next() * (chance.some(['0', '5', '10', '25', '25'], 1)[0] === '25' ? 25 : 10));
  return Array.from({ length: count }, (_, at) => ({
    id: `${group} ${at}`,
    group,
    answers: plausibleAnswers(instrument, group, (_area, side) => level + (side === 'ngo' ? -0.4 : 0.2), chance),
  }));
}
