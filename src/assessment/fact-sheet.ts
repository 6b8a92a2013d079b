import Type from 'typebox';
import type { FactValue, FactValues } from '../definitions/answers';
import { checkAnswer } from '../definitions/answer-check';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import { anyLine, inputReader, line, year, type InputOf } from '../shared/input';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { documentOf, revision, text } from '../storage/document-fields';
import type { OpeningRefusal } from './opening-conditions';
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
  /** Document or link; may be empty. */
  source: anyLine(500),
  /** Function or office of who entered it. */
  enteredBy: line(200),
});
export type FactInput = InputOf<typeof factInput>;

const read = inputReader(factInput, {
  value: 'fact-malformed',
  noData: { missing: 'reason-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
  year: 'year-malformed',
  source: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
  enteredBy: { missing: 'entered-by-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
});

export interface Fact extends Stored, FactInput {
  readonly roundId: string;
  /** Code of the instrument's fact field. */
  readonly code: string;
  readonly revision: number;
}

export type FactRefusal =
  | OpeningRefusal
  | Extract<ReturnType<typeof read>, Refusal>
  | Refusal<'round-unknown' | 'fact-unknown' | 'changed-meanwhile'>;

export const factsSpec: CollectionSpec<Fact> = {
  name: 'facts',
  schema: documentOf({
    roundId: text,
    code: text,
    ...factInput.properties,
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
      const fields = read({ ...input, noData: input.value === null ? (input.noData ?? '') : null });
      if (isRefusal(fields)) return fields;
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
