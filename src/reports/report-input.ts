import { areasOf, type FormName, type Instrument } from '../definitions/instrument';
import { agreedScores, compareAgreed, type AgreedScores } from '../scoring/agreed';
import type { Change } from '../scoring/comparison';
import type { AgreedReport, ReportFact, ReportInput, ReportRound } from './input';

/**
 * What a report is made from, wherever it was read: from the store by `assessment-report.ts`, from CSV files by the
 * command `report`. Everything that is the same for both is decided here, so that the same data make the same report.
 */
export interface ReportSource extends Pick<ReportInput, 'unit' | 'madeOn' | 'hash'> {
  readonly instrument: Instrument;
  readonly form: FormName;
  /** One round, or the earlier and the later. */
  readonly rounds: readonly [RoundSource, ...RoundSource[]];
  /** null with one round. */
  readonly change: Change | null;
}

export interface RoundSource extends Omit<ReportRound, 'agreed' | 'facts'> {
  /** Figures with fewer answers are hidden. */
  readonly k: number;
  /** What the working group set; no keys where it has set nothing. */
  readonly agreed: AgreedScores;
  /** Reasons and dissent by area code; empty words are left out. */
  readonly words: AgreedReport['words'];
  readonly meetings: AgreedReport['meetings'];
  readonly facts: readonly ReportFact[];
}

/** The one builder of a report's input. Pure. */
export function reportInput(source: ReportSource): ReportInput {
  const { unit, madeOn, instrument, hash, form, rounds, change } = source;
  const reported = rounds.map((round) => reportRound(instrument, round));
  const [first, second] = rounds;
  return {
    ...{ unit, madeOn, instrument, hash, form },
    // What one round hides must stay hidden beside the other.
    k: Math.max(...rounds.map(({ k }) => k)),
    rounds: reported,
    change,
    // With nothing agreed in one of the rounds there is no change to speak of.
    agreedChange:
      second !== undefined && reported.every(({ agreed }) => agreed !== null)
        ? compareAgreed(instrument, first.agreed, second.agreed)
        : null,
  };
}

/** Named field by field: the same data make the same bytes, whatever order a source names them in. */
function reportRound(instrument: Instrument, round: RoundSource): ReportRound {
  const { name, assessedYear, study, scorecard, agreed, meetings, facts, counts } = round;
  const groups = (instrument.groups ?? []).map(({ code }) => code);
  const areas = areasOf(instrument).map(({ code }) => code);
  const factCodes = (instrument.facts ?? []).map(({ code }) => code);
  const words = Object.entries(round.words).filter(([, { reasons, dissent }]) => reasons !== '' || dissent !== '');
  return {
    ...{ name, assessedYear, study, scorecard },
    respondents: inOrder(round.respondents, groups),
    groupSizes: inOrder(round.groupSizes, groups),
    outOfScope: areas.filter((code) => round.outOfScope.includes(code)),
    agreed: Object.values(agreed).every((score) => score === null)
      ? null
      : { scores: agreedScores(instrument, agreed), words: inOrder(Object.fromEntries(words), areas), meetings },
    facts: facts.toSorted((a, b) => factCodes.indexOf(a.code) - factCodes.indexOf(b.code)),
    counts,
  };
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
