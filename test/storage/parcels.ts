import { documentOf, revision, text } from '../../src/storage/document-fields';
import type { CollectionSpec, Stored } from '../../src/storage/port';

export interface Parcel extends Stored {
  readonly label: string;
  readonly weight: number;
  readonly sealed: boolean;
  readonly shelf?: string | null;
  readonly place: string;
  readonly price?: number;
  readonly tags: readonly string[];
  readonly answers: Readonly<Record<string, unknown>>;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly sender?: { readonly town?: string; readonly house?: number };
  readonly stops?: readonly { readonly town: string; readonly day?: string }[];
}

export const parcels: CollectionSpec<Parcel> = {
  name: 'parcels',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'label', 'weight', 'sealed', 'place', 'tags', 'answers'],
    properties: {
      id: { type: 'string', minLength: 1 },
      label: { type: 'string' },
      weight: { type: 'integer', minimum: 0 },
      sealed: { type: 'boolean' },
      shelf: { type: ['string', 'null'] },
      place: { type: 'string' },
      price: { type: 'number' },
      tags: { type: 'array', items: { type: 'string' } },
      answers: { type: 'object', additionalProperties: true },
      extra: { type: 'object' },
      sender: {
        type: 'object',
        additionalProperties: false,
        properties: { town: { type: 'string' }, house: { type: 'integer' } },
      },
      stops: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['town'],
          properties: { town: { type: 'string' }, day: { $ref: '#/$defs/day' } },
        },
      },
    },
    $defs: { day: { type: 'string', format: 'date' } },
  },
  unique: { label: ['label'], 'weight-place': ['weight', 'place'] },
  indexes: [['weight'], ['sealed', 'weight']],
};

export function parcel(id: string, more: Partial<Parcel> = {}): Parcel {
  return { id, label: `label ${id}`, place: `place ${id}`, weight: 1, sealed: false, tags: [], answers: {}, ...more };
}

export interface Note extends Stored {
  readonly title: string;
  readonly revision: number;
}

export const notesSpec: CollectionSpec<Note> = {
  name: 'notes',
  schema: documentOf({ title: text, revision }),
};

/** Kept in parts, as what arrives in an open round is. */
export const slipsSpec: CollectionSpec<Stored & { readonly text: string; readonly kind: string }> = {
  name: 'slips',
  schema: documentOf({ text, kind: text }),
  unique: { text: ['text'] },
  indexes: [['kind']],
  inParts: true,
};
