import type { FactValue, FactValues } from '../definitions/answers';
import { checkAnswer } from '../definitions/answer-check';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { documentOf, nullable, revision, text } from '../storage/document-fields';
import { isYear } from './input-checks';
import type { OpeningRefusal } from './opening-conditions';
import type { Rounds } from './rounds';

/** One field of a round's fact sheet, as the unit's coordinator entered it. */
export interface Fact extends Stored {
  readonly roundId: string;
  /** Code of the instrument's fact field. */
  readonly code: string;
  /** null: there is no data, for the reason in `noData`. */
  readonly value: FactValue | null;
  /** 1..500 characters where there is no value, else null. */
  readonly noData: string | null;
  /** The year the value describes. */
  readonly year: number;
  /** Document or link; at most 500 characters, may be empty. */
  readonly source: string;
  /** Function or office of who entered it, 1..200 characters. */
  readonly enteredBy: string;
  readonly revision: number;
}

export type FactInput = Pick<Fact, 'value' | 'noData' | 'year' | 'source' | 'enteredBy'>;
export type FactRefusal =
  | OpeningRefusal
  | Refusal<
      | 'round-unknown'
      | 'fact-unknown'
      | 'fact-malformed'
      | 'reason-missing'
      | 'year-malformed'
      | 'entered-by-missing'
      | 'text-too-long'
      | 'changed-meanwhile'
    >;

const longest = { noData: 500, source: 500, enteredBy: 200 } as const;

export const factsSpec: CollectionSpec<Fact> = {
  name: 'facts',
  schema: documentOf({
    roundId: text,
    code: text,
    value: nullable({ anyOf: [{ type: ['number', 'string', 'boolean'] }, { type: 'array', items: text }] }),
    noData: nullable({ type: 'string', minLength: 1, maxLength: longest.noData }),
    year: { type: 'integer', minimum: 1990, maximum: 2100 },
    source: { type: 'string', maxLength: longest.source },
    enteredBy: { type: 'string', minLength: 1, maxLength: longest.enteredBy },
    revision,
  }),
  unique: { 'one-value-of-a-fact': ['roundId', 'code'] },
};

export interface FactSheet {
  /** Sets or replaces a fact; `revision` as in `AgreedScores.set`. May begin before the round opens. */
  set(roundId: string, code: string, input: FactInput, revision: number): Promise<Fact | FactRefusal>;
  /** In no particular order: the instrument's `facts` give it. */
  ofRound(roundId: string): Promise<Fact[]>;
  /** The values alone, for rules. */
  valuesOf(roundId: string): Promise<FactValues>;
}

export function createFactSheet({ store, rounds }: { store: Store; rounds: Rounds }): FactSheet {
  const facts = store.collection(factsSpec);
  return {
    async set(roundId, code, input, seen) {
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
      const fields = fieldsOf(input);
      const refusal = refusalOf(fields);
      if (refusal) return refusal;
      const id = `${roundId}:${code}`;
      if (seen === 0) {
        const fact: Fact = { id, roundId, code, ...fields, revision: 1 };
        return (await facts.insert(fact)).inserted ? fact : refuse('changed-meanwhile');
      }
      const changed = await updateSeen(facts, id, seen, fields);
      return changed ?? refuse('changed-meanwhile');
    },

    ofRound: (roundId) => facts.find({ roundId }),

    async valuesOf(roundId) {
      const found = await facts.find({ roundId });
      return Object.fromEntries(found.flatMap(({ code, value }) => (value === null ? [] : [[code, value] as const])));
    },
  };
}

function fieldsOf({ value, noData, year, source, enteredBy }: FactInput): FactInput {
  return {
    value,
    noData: value === null ? (noData ?? '').trim() : null,
    year,
    source: source.trim(),
    enteredBy: enteredBy.trim(),
  };
}

function refusalOf(input: FactInput): FactRefusal | null {
  if (input.noData === '') return refuse('reason-missing');
  if (!isYear(input.year)) return refuse('year-malformed');
  if (input.enteredBy === '') return refuse('entered-by-missing');
  for (const field of ['noData', 'source', 'enteredBy'] as const) {
    if ((input[field]?.length ?? 0) > longest[field])
      return refuse('text-too-long', { field, longest: longest[field] });
  }
  return null;
}
