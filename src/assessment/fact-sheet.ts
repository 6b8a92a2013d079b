import Type from 'typebox';
import type { FactValue, FactValues } from '../definitions/answers';
import { checkAnswer } from '../definitions/answer-check';
import { doubtAbout } from '../definitions/plausible-fact';
import type { Clock } from '../shared/clock';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import { anyLine, inputReader, line, year, type InputOf } from '../shared/input';
import { isWebLink, longestLink } from '../shared/web-link';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { documentOf, nullable, revision, shortText, text } from '../storage/document-fields';
import type { OpeningRefusal } from './opening-conditions';
import type { Round } from './round';
import type { Rounds } from './rounds';

/** What the unit's coordinator enters about one field of a round's fact sheet. */
export const factInput = Type.Object({
  /** null: there is no data, for the reason in `noData`. Whether it fits its field is checked by the instrument. */
  value: Type.Unsafe<FactValue | null>({
    anyOf: [{ type: ['number', 'string', 'boolean', 'null'] }, { type: 'array', items: { type: 'string' } }],
  }),
  /** Why there is no value; null where there is one. */
  noData: Type.Union([line(500), Type.Null()]),
  /** The year the value describes. */
  year,
  /** Document that it was taken from; may be empty. */
  source: anyLine(500),
  /** Address of the document (`isWebLink`); may be empty. */
  link: anyLine(longestLink),
  /** Why a value that can hardly be right is right (`doubtAbout`); may be empty where there is no doubt. */
  explanation: anyLine(500),
});
export type FactInput = InputOf<typeof factInput>;

const textRefusals = { tooLong: 'text-too-long', malformed: 'hidden-characters' } as const;
const read = inputReader(factInput, {
  value: 'fact-malformed',
  noData: { missing: 'reason-missing', ...textRefusals },
  year: 'year-malformed',
  source: textRefusals,
  link: textRefusals,
  explanation: textRefusals,
});

export interface Fact extends Stored, FactInput {
  readonly roundId: string;
  /** Code of the instrument's fact field. */
  readonly code: string;
  /** User name of who entered it; a function or an office where somebody typed that before names were taken over. */
  readonly enteredBy: string;
  /** ISO 8601 in UTC; null of facts from before it was kept. */
  readonly enteredAt: string | null;
  readonly revision: number;
}

export type FactRefusal =
  | OpeningRefusal
  | Extract<ReturnType<typeof read>, Refusal>
  | Refusal<'round-unknown' | 'fact-unknown' | 'fact-doubtful' | 'link-malformed' | 'changed-meanwhile'>;

/** Facts that were entered earlier lack what is asked only now. */
type StoredFact = Omit<Fact, Late> & Partial<Pick<Fact, Late>>;
type Late = 'link' | 'explanation' | 'enteredAt';

export const factsSpec: CollectionSpec<StoredFact> = {
  name: 'facts',
  schema: documentOf(
    {
      roundId: text,
      code: text,
      ...factInput.properties,
      enteredBy: shortText,
      enteredAt: nullable(text),
      revision,
    },
    ['link', 'explanation', 'enteredAt'],
  ),
  unique: { 'one-value-of-a-fact': ['roundId', 'code'] },
};

const whole = (fact: StoredFact): Fact => ({ link: '', explanation: '', enteredAt: null, ...fact });

export interface FactSheet {
  /**
   * Sets or replaces a fact; `revision` as in `AgreedScores.set`, `by` is the user name of who enters it. May begin
   * before the round opens. A value that can hardly be right needs an explanation: `fact-doubtful`.
   */
  set(roundId: string, code: string, input: FactInput, revision: number, by: string): Promise<Fact | FactRefusal>;
  /** In no particular order: the instrument's `facts` give it. */
  ofRound(roundId: string): Promise<Fact[]>;
  /** Those of the round before this one, by code; none where it is the first. */
  ofRoundBefore(round: Round): Promise<ReadonlyMap<string, Fact>>;
  /** The values alone, for rules. */
  valuesOf(roundId: string): Promise<FactValues>;
  /** Those of these codes: a page of a respondent need not read the whole sheet. */
  valuesAt(roundId: string, codes: readonly string[]): Promise<FactValues>;
}

export function createFactSheet({ store, clock, rounds }: { store: Store; clock: Clock; rounds: Rounds }): FactSheet {
  const facts = store.collection(factsSpec);

  async function valueBefore(round: Round, code: string): Promise<FactValue | null> {
    const before = await rounds.baselineOf(round);
    return before === null ? null : ((await facts.get(idOf(before.id, code)))?.value ?? null);
  }

  return {
    async set(roundId, code, input, seen, by) {
      const round = await rounds.get(roundId);
      if (!round) return refuse('round-unknown');
      const known = await rounds.expectedInstrument(round);
      if (isRefusal(known)) return known;
      const field = known.instrument.facts?.find((one) => one.code === code);
      if (!field) return refuse('fact-unknown', { fact: code });
      if (input.value !== null) {
        const fault = checkAnswer(known.instrument, field, input.value);
        if (fault) return refuse('fact-malformed', { fact: code, fault });
      }
      const fields = read({ ...input, noData: input.value === null ? (input.noData ?? '') : null });
      if (isRefusal(fields)) return fields;
      if (fields.link !== '' && !isWebLink(fields.link)) return refuse('link-malformed', { field: 'link' });
      if (fields.explanation === '' && doubtAbout(field, fields.value, await valueBefore(round, code)) !== null) {
        return refuse('fact-doubtful', { field: 'explanation', fact: code });
      }
      const id = idOf(roundId, code);
      const entered = { ...fields, enteredBy: by, enteredAt: clock().toISOString() };
      if (seen === 0) {
        const fact: Fact = { id, roundId, code, ...entered, revision: 1 };
        return (await facts.insert(fact)).inserted ? fact : refuse('changed-meanwhile');
      }
      const changed = await updateSeen(facts, id, seen, entered);
      return changed === null ? refuse('changed-meanwhile') : whole(changed);
    },

    ofRound: async (roundId) => (await facts.find({ roundId })).map(whole),

    async ofRoundBefore(round) {
      const before = await rounds.baselineOf(round);
      const found = before === null ? [] : await facts.find({ roundId: before.id });
      return new Map(found.map((fact) => [fact.code, whole(fact)]));
    },

    valuesOf: async (roundId) => valuesIn(await facts.find({ roundId })),
    valuesAt: async (roundId, codes) =>
      codes.length === 0 ? {} : valuesIn(await facts.find({ id: { $in: codes.map((code) => idOf(roundId, code)) } })),
  };
}

function idOf(roundId: string, code: string): string {
  return `${roundId}:${code}`;
}

function valuesIn(facts: readonly StoredFact[]): FactValues {
  return Object.fromEntries(facts.flatMap(({ code, value }) => (value === null ? [] : [[code, value] as const])));
}
