import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers } from '../../src/definitions/answers';
import type { Instrument } from '../../src/definitions/instrument';
import { plausibleAnswers } from '../../src/demo/answers';
import { createChance } from '../../src/demo/random';
import type { ReportInput } from '../../src/reports/model';
import type { ReportDocument } from '../../src/reports/edition/edition';
import { reportDocument as buildDocument, type RoundSource } from '../../src/reports/edition/report-document';
import { reportInput as buildInput } from '../../src/reports/report-input';
import {
  releasePair,
  releaseRound,
  type AgreedScores,
  type Respondent,
  type RoundInput,
  type RoundToRelease,
} from '../../src/scoring';

export const lijw = JSON.parse(
  readFileSync(join(__dirname, '..', '..', 'survey-definitions', 'lijw-1.0.0.json'), 'utf8'),
) as Instrument;

export interface GivenRound extends Partial<RoundInput> {
  readonly respondents: readonly Respondent[];
  readonly agreed?: AgreedScores;
  readonly report?: Partial<RoundSource>;
}

/** A report's input made as the application makes it, from answers. */
export function reportInput(
  instrument: Instrument,
  given: readonly [GivenRound, ...GivenRound[]],
  overrides: Partial<ReportInput> = {},
): ReportInput {
  return { ...buildInput(reportDocument(instrument, given)), ...overrides };
}

/** A report's document made as the application makes it, from answers. */
export function reportDocument(instrument: Instrument, given: readonly [GivenRound, ...GivenRound[]]): ReportDocument {
  const { k = 5, form = 'full' } = given[0];
  const hash = 'c0ffee'.padEnd(64, '0');
  const inputs = given.map((input, at): RoundToRelease => ({
    opened: { instrument, hash },
    input: {
      ...{ round: instrument.rounds?.[at] ?? null, facts: {}, groupSizes: {}, outOfScope: [] },
      ...input,
      ...{ k, form },
    },
  }));
  const [first, second] = inputs;
  const rounds = inputs.map((one, at): RoundSource => {
    const { agreed = {}, report } = given[at]!;
    return {
      name: at === 0 ? 'baseline' : 'follow-up',
      assessedYear: 2024 + at,
      study: null,
      ...{ released: releaseRound(one), agreed, words: {}, meetings: [], facts: [] },
      comments: null,
      ...report,
    };
  });
  return buildDocument({
    unit: { name: 'Gmina Przykładowa' },
    madeOn: '2026-11-23',
    ...{ instrument, hash },
    rounds: rounds as [RoundSource, ...RoundSource[]],
    pair: first && second ? releasePair(first, second, null) : null,
  });
}

/** `{ ngo: 12 }` people of lijw with plausible answers, the same for the same seed. */
export function lijwPeople(seed: number, level: number, groups: Readonly<Record<string, number>>): Respondent[] {
  const chance = createChance(seed);
  return Object.entries(groups).flatMap(([group, count]) =>
    Array.from({ length: count }, (_one, at) => ({
      id: `${group}-${at}`,
      group,
      answers: plausibleAnswers(lijw, group, (_area, side) => level + (side === 'ngo' ? -0.4 : 0.2), chance),
    })),
  );
}

/** Answers as the commands read them. */
export function csvOf(instrument: Instrument, respondents: readonly Respondent[]): string {
  const codes = instrument.questions.map(({ code }) => code);
  const cell = (answers: Answers, code: string) => {
    const answer = answers[code];
    if (answer === undefined) return '';
    if (Array.isArray(answer)) return answer.join('|');
    if (typeof answer === 'object') return 'special' in answer && answer.special === 'hard-to-say' ? 'hs' : 'na';
    return String(answer);
  };
  const lines = respondents.map(({ id, group, answers }) => [id, group, ...codes.map((code) => cell(answers, code))]);
  return [['respondent', 'group', ...codes], ...lines].map((line) => line.join(',')).join('\n');
}
