import { areasOf, type Group, type Instrument } from '../definitions/instrument';
import {
  agreedScores,
  compareAgreed,
  mergedCode,
  type AgreedScores,
  type ReleasedPair,
  type ReleasedRound,
} from '../scoring';
import type { AgreedReport, ReportFact, ReportInput, ReportRound } from './input';

/**
 * What a report is made from, wherever it was read: from the store by `assessment-report.ts`, from CSV files by the
 * command `report`. Everything that is the same for both is decided here, so that the same data make the same report.
 */
export interface ReportSource extends Pick<ReportInput, 'unit' | 'madeOn' | 'hash'> {
  readonly instrument: Instrument;
  /** One round, or the earlier and the later. */
  readonly rounds: readonly [RoundSource, ...RoundSource[]];
  /** null with one round. */
  readonly pair: ReleasedPair | null;
}

export interface RoundSource extends Pick<ReportRound, 'name' | 'assessedYear' | 'study'> {
  /** All figures of the round that may be published. */
  readonly released: ReleasedRound;
  /** What the working group set; no keys where it has set nothing. */
  readonly agreed: AgreedScores;
  /** Reasons and dissent by area code; empty words are left out. */
  readonly words: AgreedReport['words'];
  readonly meetings: AgreedReport['meetings'];
  readonly facts: readonly ReportFact[];
}

/** The one builder of a report's input. Pure. */
export function reportInput(source: ReportSource): ReportInput {
  const { unit, madeOn, hash, rounds, pair } = source;
  const instrument = { ...source.instrument, groups: publishedGroups(source) };
  const reported = rounds.map((round) => reportRound(source.instrument, round));
  const [first, second] = rounds;
  return {
    ...{ unit, madeOn, instrument, hash, form: (pair ?? (second ?? first).released).form },
    // What one round hides must stay hidden beside the other.
    k: Math.max(...rounds.map(({ released }) => released.k)),
    rounds: reported,
    change: pair?.change ?? null,
    // With nothing agreed in one of the rounds there is no change to speak of.
    agreedChange:
      second !== undefined && reported.every(({ agreed }) => agreed !== null)
        ? compareAgreed(instrument, first.agreed, second.agreed)
        : null,
  };
}

/** Named field by field: the same data make the same bytes, whatever order a source names them in. */
function reportRound(instrument: Instrument, round: RoundSource): ReportRound {
  const { name, assessedYear, study, agreed, meetings, facts } = round;
  const { scorecard, groups, outOfScope, questions, items, practicallySame } = round.released;
  const areas = areasOf(instrument).map(({ code }) => code);
  const factCodes = (instrument.facts ?? []).map(({ code }) => code);
  const words = Object.entries(round.words).filter(([, { reasons, dissent }]) => reasons !== '' || dissent !== '');
  return {
    ...{ name, assessedYear, study, scorecard },
    respondents: numbersOf(groups.map(({ code, respondents }) => [code, respondents || null])),
    hiddenGroups: groups.filter(({ hidden }) => hidden !== undefined).map(({ code }) => code),
    groupSizes: numbersOf(groups.map(({ code, size }) => [code, size])),
    outOfScope: areas.filter((code) => outOfScope.includes(code)),
    agreed: Object.values(agreed).every((score) => score === null)
      ? null
      : { scores: agreedScores(instrument, agreed), words: inOrder(Object.fromEntries(words), areas), meetings },
    facts: facts.toSorted((a, b) => factCodes.indexOf(a.code) - factCodes.indexOf(b.code)),
    ...{ items, practicallySame },
    counts: questions,
  };
}

/** The groups that the figures know, after merging, in the instrument's order. */
function publishedGroups({ instrument, rounds, pair }: ReportSource): readonly Group[] {
  const known = new Map(
    [...rounds.flatMap(({ released }) => released.groups), ...(pair?.groups ?? [])].map((group) => [group.code, group]),
  );
  const order = (instrument.groups ?? []).map(({ code }) => code);
  const first = ({ parts }: { readonly parts: readonly string[] }) =>
    Math.min(...parts.map((part) => order.indexOf(part)));
  return [...known.values()]
    .toSorted((a, b) => first(a) - first(b) || a.parts.length - b.parts.length)
    .map(({ code, parts, side }): Group => {
      const own = instrument.groups?.find((group) => group.code === code);
      const entry = instrument.mergePlan?.find(({ groups }) => mergedCode(groups) === code);
      return own ?? { code, name: entry?.name ?? { pl: parts.join(', ') }, side };
    });
}

function numbersOf(list: readonly (readonly [code: string, value: number | null])[]): Readonly<Record<string, number>> {
  return Object.fromEntries(list.flatMap(([code, value]) => (value === null ? [] : [[code, value] as const])));
}

/** The order in which answers lie in a store is none: a report keeps the instrument's. */
function inOrder<Value>(values: Readonly<Record<string, Value>>, codes: readonly string[]): Record<string, Value> {
  return Object.fromEntries(
    codes.flatMap((code) => {
      const value = Object.hasOwn(values, code) ? values[code] : undefined;
      return value === undefined ? [] : [[code, value] as const];
    }),
  );
}
