import Type from 'typebox';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import { anyLine, anyWords, inputReader, type InputOf } from '../shared/input';
import { documentOf, objectOf, revision } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import type { Units } from './units';

/** What a unit adds to the information that respondents read before they answer; each may be left empty. */
export const clauseInput = Type.Object({
  /** Who is responsible for the survey and its data; the unit's name where it is ''. */
  controller: anyLine(200),
  /** Address, telephone or e-mail of the controller. */
  contact: anyLine(300),
  /** Contact of the data protection officer. */
  dpo: anyLine(300),
  /** What else the unit has to say, in Polish; '' in English shows the Polish words. */
  more: anyWords(2000),
  moreEn: anyWords(2000),
});
export type ClauseInput = InputOf<typeof clauseInput>;

/** The clause of one unit; its id is the unit's. */
export interface Clause extends Stored, ClauseInput {
  /** Grows by one with every change: the second number of the version. */
  readonly revision: number;
}

/**
 * The standard words of the clause, by number: `locales/*` /clause.json. A used wording never changes; other words get
 * the next number and stand beside it.
 */
export const currentWording = 1;

/** The clause as a round has told it to its respondents: frozen when it opens, since it is what they agree to. */
export interface FrozenClause extends ClauseInput {
  readonly wording: number;
  /** 0 where the unit has added nothing. */
  readonly revision: number;
}

/** For a field of a stored document. */
export const frozenClauseSchema = objectOf({
  ...clauseInput.properties,
  wording: revision,
  revision: { type: 'integer', minimum: 0 },
});

export const clausesSpec: CollectionSpec<Clause> = {
  name: 'clauses',
  schema: documentOf({ ...clauseInput.properties, revision }),
};

const hidden = { tooLong: 'text-too-long', malformed: 'hidden-characters' } as const;
const read = inputReader(clauseInput, {
  ...{ controller: hidden, contact: hidden, dpo: hidden, more: hidden, moreEn: hidden },
});
type ClauseRefusal = Extract<ReturnType<typeof read>, Refusal>;

export interface Clauses {
  /** null: the unit has added nothing yet. */
  ofUnit(unitId: string): Promise<Clause | null>;
  /** @param seen the revision that the caller saw, 0 for none; another one by now is `changed-meanwhile` */
  edit(
    unitId: string,
    input: ClauseInput,
    seen: number,
  ): Promise<Clause | ClauseRefusal | Refusal<'unit-unknown' | 'changed-meanwhile'>>;
  /** What a round that opened now would tell. */
  inForce(unitId: string): Promise<FrozenClause>;
}

export function createClauses({ store, units }: { store: Store; units: Units }): Clauses {
  const clauses = store.collection(clausesSpec);
  return {
    ofUnit: (unitId) => clauses.get(unitId),

    async edit(unitId, input, seen) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      if (!(await units.get(unitId))) return refuse('unit-unknown');
      if (seen > 0) return (await updateSeen<Clause>(clauses, unitId, seen, fields)) ?? refuse('changed-meanwhile');
      const clause: Clause = { id: unitId, ...fields, revision: 1 };
      return (await clauses.insert(clause)).inserted ? clause : refuse('changed-meanwhile');
    },

    async inForce(unitId) {
      const unit = await units.get(unitId);
      if (!unit) throw new Failure('unit-missing', `There is no unit ${unitId} to make a clause for.`);
      const {
        controller = '',
        contact = '',
        dpo = '',
        more = '',
        moreEn = '',
        revision: now = 0,
      } = (await clauses.get(unitId)) ?? {};
      const words = { controller: controller === '' ? unit.name : controller, contact, dpo, more, moreEn };
      return { ...words, wording: currentWording, revision: now };
    },
  };
}
