import Type from 'typebox';
import type { Clock } from '../shared/clock';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { inputReader, words, type InputOf } from '../shared/input';
import { documentOf, listOf, objectOf, revision, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/** What staff write down about a unit for each other. Never what respondents said, or who of them answered. */
export const noteInput = Type.Object({ text: words(4000) });
export type NoteInput = InputOf<typeof noteInput>;

const read = inputReader(noteInput, {
  text: { missing: 'note-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
});
type InputRefusal = Extract<ReturnType<typeof read>, Refusal>;

/** One wording of a note. */
export interface NoteVersion {
  readonly text: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

export interface Note extends Stored {
  readonly unitId: string;
  /** As the accounts name them; only they change the note. */
  readonly author: string;
  /** ISO 8601 in UTC, when it was first written. */
  readonly writtenAt: string;
  /** All wordings, the first one first; the last one stands. */
  readonly versions: readonly NoteVersion[];
  readonly revision: number;
}

/** Wordings that a note may have. */
const mostVersions = 50;

export const notesSpec: CollectionSpec<Note> = {
  name: 'unit-notes',
  schema: documentOf({
    ...{ unitId: text, author: text, writtenAt: text },
    versions: listOf(objectOf({ text, at: text }), mostVersions),
    revision,
  }),
  indexes: [['unitId', 'writtenAt']],
};

/** What a note says now. */
export const wordsOf = ({ versions }: Note): string => versions.at(-1)?.text ?? '';

export interface Notes {
  /** The newest first. */
  ofUnit(unitId: string): Promise<Note[]>;
  get(id: string): Promise<Note | null>;
  add(unitId: string, author: string, input: NoteInput): Promise<Note | InputRefusal>;
  /** Keeps the wording before. Only the author changes a note. */
  edit(
    id: string,
    author: string,
    input: NoteInput,
    seen: number,
  ): Promise<Note | InputRefusal | Refusal<'note-not-yours' | 'note-changed-often' | 'changed-meanwhile'>>;
  /** With all its wordings. Only the author removes a note; one that is gone already is gone. */
  remove(id: string, author: string): Promise<null | Refusal<'note-not-yours'>>;
}

export function createNotes({ store, clock, ids }: { store: Store; clock: Clock; ids: Ids }): Notes {
  const notes = store.collection(notesSpec);
  return {
    ofUnit: (unitId) => notes.find({ unitId }, { sort: [['writtenAt', 'descending']] }),
    get: (id) => notes.get(id),
    async add(unitId, author, input) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      const at = clock().toISOString();
      const versions = [{ text: fields.text, at }];
      const note: Note = { id: ids.uuid(), unitId, author, writtenAt: at, versions, revision: 1 };
      await notes.insert(note);
      return note;
    },
    async edit(id, author, input, seen) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      const now = await notes.get(id);
      if (now === null) return refuse('changed-meanwhile');
      if (now.author !== author) return refuse('note-not-yours');
      if (now.versions.length >= mostVersions) return refuse('note-changed-often', { most: mostVersions });
      if (wordsOf(now) === fields.text && now.revision === seen) return now;
      const at = clock().toISOString();
      const changed = await notes.update(id, (one) =>
        one.revision === seen && one.author === author
          ? { ...one, versions: [...one.versions, { text: fields.text, at }], revision: seen + 1 }
          : null,
      );
      return changed ?? refuse('changed-meanwhile');
    },
    async remove(id, author) {
      const removed = await notes.remove({ id, author });
      return removed === 0 && (await notes.get(id)) !== null ? refuse('note-not-yours') : null;
    },
  };
}
