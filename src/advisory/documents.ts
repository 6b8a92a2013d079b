import { refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { documentOf, shortText, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/** 2 MB: a programme's text, not its scanned annexes. */
export const largestDocument = 2_000_000;

/** What may be attached, each known by its first bytes besides its name. */
const types = {
  pdf: { type: 'application/pdf', begins: '%PDF-' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', begins: 'PK\u0003\u0004' },
  odt: { type: 'application/vnd.oasis.opendocument.text', begins: 'PK\u0003\u0004' },
} as const;
export const documentEndings = Object.keys(types);

export interface AttachedDocument extends Stored {
  readonly name: string;
  readonly type: string;
  /** The content in base64. */
  readonly content: string;
}

export const attachedDocumentsSpec: CollectionSpec<AttachedDocument> = {
  name: 'attached-documents',
  schema: documentOf({ name: shortText, type: text, content: text }),
};

export interface AttachedDocuments {
  add(
    name: string,
    content: Buffer,
  ): Promise<AttachedDocument | Refusal<'document-too-large' | 'document-type' | 'document-empty'>>;
  get(id: string): Promise<AttachedDocument | null>;
  remove(id: string): Promise<void>;
}

export function createAttachedDocuments({ store, ids }: { store: Store; ids: Ids }): AttachedDocuments {
  const documents = store.collection(attachedDocumentsSpec);
  return {
    get: (id) => documents.get(id),
    async remove(id) {
      await documents.remove({ id });
    },
    async add(name, content) {
      if (content.length === 0) return refuse('document-empty');
      if (content.length > largestDocument) return refuse('document-too-large', { megabytes: 2 });
      // Browsers of old sent whole paths.
      const own = name.split(/[\\/]/).at(-1)?.trim().slice(-200) ?? '';
      const ending = own.split('.').at(-1)?.toLowerCase() ?? '';
      const known = Object.hasOwn(types, ending) ? types[ending as keyof typeof types] : undefined;
      if (!known || content.subarray(0, known.begins.length).toString('latin1') !== known.begins) {
        return refuse('document-type');
      }
      const document = { id: ids.uuid(), name: own, type: known.type, content: content.toString('base64') };
      await documents.insert(document);
      return document;
    },
  };
}
