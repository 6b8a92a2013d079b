import { createHash } from 'node:crypto';
import type { AttachedFile, AttachedFiles } from '../files/attached-files';
import type { Clock } from '../shared/clock';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import { documentOf, listOf, objectOf, shortText, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import type { Fact, FactSheet } from './fact-sheet';
import { factParts, type FactPart } from './fact-parts';
import type { OpeningRefusal } from './opening-conditions';
import type { Round } from './round';
import type { Rounds } from './rounds';

/** A facilitator's word that the facts of one part of the sheet are right, as they were then. */
export interface FactConfirmation extends Stored {
  readonly roundId: string;
  /** `FactPart.code`. */
  readonly part: string;
  /** User name. */
  readonly by: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** What was confirmed: the mark holds only as long as it is all still so, so no change has to take it off. */
  readonly facts: readonly { readonly code: string; readonly seen: string }[];
}

export const factConfirmationsSpec: CollectionSpec<FactConfirmation> = {
  name: 'fact-confirmations',
  schema: documentOf({
    roundId: text,
    part: shortText,
    by: shortText,
    at: text,
    facts: listOf(objectOf({ code: text, seen: text }), 1000),
  }),
  unique: { 'one-word-on-a-part': ['roundId', 'part'] },
};

export type PartState = 'incomplete' | 'complete' | 'confirmed' | 'changed';

/** How far one part of a round's fact sheet is. */
export interface PartStatus extends FactPart {
  readonly state: PartState;
  /** Fields with a value, or with the reason for having none. */
  readonly filled: number;
  /** Of everything in the part as it is now; a confirmation names what was seen by it. */
  readonly mark: string;
  /** Who confirmed it last, also where it changed since; null where nobody has. */
  readonly confirmed: Pick<FactConfirmation, 'by' | 'at'> | null;
  /** Codes of facts that changed since, in the instrument's order. */
  readonly changed: readonly string[];
}

export interface FactConfirmations {
  /** Every part of the round's sheet, in the instrument's order. */
  ofRound(round: Round): Promise<readonly PartStatus[] | OpeningRefusal>;
  /** Confirms parts as they were seen: all of these or, where one is not complete or has changed, none. */
  confirm(
    round: Round,
    seen: readonly Pick<PartStatus, 'code' | 'mark'>[],
    by: string,
  ): Promise<null | OpeningRefusal | Refusal<'facts-incomplete' | 'facts-changed'>>;
  /** Takes the word back. */
  withdraw(roundId: string, part: string): Promise<void>;
}

/** What files of a fact belong to. */
export function fileOwnerOfFact(roundId: string, code: string): string {
  return `fact/${roundId}/${code}`;
}

export function createFactConfirmations(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly rounds: Pick<Rounds, 'expectedInstrument'>;
  readonly factSheet: Pick<FactSheet, 'ofRound'>;
  readonly files: Pick<AttachedFiles, 'ofOwners'>;
}): FactConfirmations {
  const confirmations = deps.store.collection(factConfirmationsSpec);

  async function partsOf(round: Round): Promise<readonly SeenPart[] | OpeningRefusal> {
    const known = await deps.rounds.expectedInstrument(round);
    if (isRefusal(known)) return known;
    const parts = factParts(known.instrument);
    const owners = parts.flatMap(({ fields }) => fields.map(({ code }) => fileOwnerOfFact(round.id, code)));
    const [facts, files, given] = await Promise.all([
      deps.factSheet.ofRound(round.id),
      deps.files.ofOwners(owners),
      confirmations.find({ roundId: round.id }),
    ]);
    const byCode = new Map(facts.map((fact) => [fact.code, fact]));
    return parts.map((part) => {
      const seen = part.fields.map(({ code }) => ({
        code,
        seen: seenMark(byCode.get(code), files.get(fileOwnerOfFact(round.id, code)) ?? []),
      }));
      const confirmed = given.find((one) => one.part === part.code) ?? null;
      const then = new Map(confirmed?.facts.map((one) => [one.code, one.seen]));
      const changed = confirmed === null ? [] : seen.filter((one) => then.get(one.code) !== one.seen);
      const filled = part.fields.filter(({ code }) => byCode.has(code)).length;
      const state = stateOf(filled === part.fields.length, confirmed !== null, changed.length > 0);
      return { ...part, state, filled, mark: hashOf(seen), confirmed, changed: changed.map(({ code }) => code), seen };
    });
  }

  return {
    ofRound: partsOf,

    async confirm(round, seen, by) {
      const now = await partsOf(round);
      if (isRefusal(now)) return now;
      const chosen = seen.map(({ code, mark }) => ({ mark, part: now.find((one) => one.code === code) }));
      for (const { mark, part } of chosen) {
        if (part === undefined || part.filled < part.fields.length) return refuse('facts-incomplete');
        if (part.mark !== mark) return refuse('facts-changed');
      }
      for (const { part } of chosen) {
        if (part === undefined) continue;
        const word: FactConfirmation = {
          ...{ id: `${round.id}:${part.code}`, roundId: round.id, part: part.code, by },
          ...{ at: deps.clock().toISOString(), facts: part.seen },
        };
        // Of two at a time either stands: both say what they saw.
        if (!(await confirmations.insert(word)).inserted) await confirmations.update(word.id, () => word);
      }
      return null;
    },

    async withdraw(roundId, part) {
      await confirmations.remove({ roundId, part });
    },
  };
}

/** A part with what confirming it would keep. */
type SeenPart = PartStatus & { readonly seen: FactConfirmation['facts'] };

function stateOf(complete: boolean, confirmed: boolean, changed: boolean): PartState {
  if (confirmed) return changed ? 'changed' : 'confirmed';
  return complete ? 'complete' : 'incomplete';
}

/** A fact as it is now, with its files: any change makes another mark. */
function seenMark(fact: Fact | undefined, files: readonly AttachedFile[]): string {
  return `${fact?.revision ?? 0}/${files.map(({ id }) => id).join(',')}`;
}

function hashOf(seen: FactConfirmation['facts']): string {
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, 16);
}
