import type { Answers, FactValues } from '../definitions/answers';
import { areasOf, usualThresholds, type FormName, type Instrument, type Thresholds } from '../definitions/instrument';
import type { Problem } from '../shared/errors';

/** One respondent of a round, as counted: no name, no time. */
export interface Respondent {
  /** Unique in the round; never appears in a result. */
  readonly id: string;
  /** Code of a group of the instrument, or of a merged group that the round asked as one. */
  readonly group: string;
  readonly answers: Answers;
}

/** Everything one round is scored from. */
export interface RoundInput {
  readonly form: FormName;
  /** What `{"round":true}` is in rules, one of `instrument.rounds`; null = unknown. */
  readonly round: string | null;
  readonly respondents: readonly Respondent[];
  readonly facts: FactValues;
  /** Known number of people per group code, whole and at least 1; a group may be left out (unknown). */
  readonly groupSizes: Readonly<Record<string, number>>;
  /** Codes of merged groups that were asked as one, so that nobody is known by part; none where left out. */
  readonly askedMerged?: readonly string[];
  /** Codes of areas the unit does not work on. */
  readonly outOfScope: readonly string[];
  /** Figures with fewer answers are hidden; whole, at least 1; 1 hides nothing. */
  readonly k: number;
  /** Frozen with the round; the instrument's where left out. `k` stands above. */
  readonly thresholds?: Thresholds;
}

/** The thresholds that hold for a round: its own, else the instrument's, else the usual ones. */
export function thresholdsOf(
  instrument: Instrument,
  { k, thresholds }: Pick<RoundInput, 'k' | 'thresholds'>,
): Required<Thresholds> {
  return { ...usualThresholds, ...(thresholds ?? instrument.thresholds), k };
}

/** Everything that makes a round impossible to score; each problem says what to mend. */
export function checkRoundInput(instrument: Instrument, input: RoundInput): Problem[] {
  if (instrument.kind !== 'assessment') {
    return [
      {
        code: 'not-an-assessment',
        message: `The instrument ${instrument.id} only asks questions (kind "form") and has no scores.`,
      },
    ];
  }
  const groups = (instrument.groups ?? []).map((group) => group.code);
  const areas = areasOf(instrument).map((area) => area.code);
  const problems: Problem[] = [];
  const say = (code: string, message: string) => problems.push({ code, message });

  if (!Number.isInteger(input.k) || input.k < 1) {
    say('bad-k', `k is ${input.k}; it must be a whole number of at least 1.`);
  }
  if (instrument.forms[input.form] === undefined) {
    say('no-such-form', `The instrument ${instrument.id} has no form "${input.form}".`);
  }
  for (const area of input.outOfScope) {
    if (!areas.includes(area)) {
      say('unknown-area', `There is no area "${area}" to leave out of scope; the areas are ${areas.join(', ')}.`);
    }
  }
  const answering = new Map<string, number>();
  for (const { group } of input.respondents) answering.set(group, (answering.get(group) ?? 0) + 1);
  for (const group of answering.keys()) {
    if (!groups.includes(group) && !(input.askedMerged ?? []).includes(group)) {
      say('unknown-group', `Respondents are in the group "${group}"; the groups are ${groups.join(', ')}.`);
    }
  }
  for (const [group, size] of Object.entries(input.groupSizes)) {
    const n = answering.get(group) ?? 0;
    if (!groups.includes(group)) {
      say('unknown-group', `A size is given for the group "${group}"; the groups are ${groups.join(', ')}.`);
    } else if (!Number.isInteger(size) || size < 1) {
      say('bad-group-size', `The size of the group "${group}" is ${size}; it must be a whole number of at least 1.`);
    } else if (n > size) {
      say(
        'more-answers-than-people',
        `The group "${group}" has ${n} respondents and a known size of ${size}: correct the size, or find out who ` +
          `answered twice or in the wrong group.`,
      );
    }
  }
  return problems;
}
