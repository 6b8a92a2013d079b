import type { CollectionSpec, Stored } from '../../../src/storage/port';

interface Submission extends Stored {
  readonly pass: string;
  readonly answers: Readonly<Record<string, string>>;
}

export const submissions: CollectionSpec<Submission> = {
  name: 'submissions',
  schema: {
    type: 'object',
    required: ['id', 'pass', 'answers'],
    properties: { id: { type: 'string' }, pass: { type: 'string' }, answers: { type: 'object' } },
  },
  unique: { pass: ['pass'] },
};

export const passes: CollectionSpec<Stored & { readonly used: number }> = {
  name: 'passes',
  schema: {
    type: 'object',
    required: ['id', 'used'],
    properties: { id: { type: 'string' }, used: { type: 'integer' } },
  },
};

export const drafts: CollectionSpec<Stored & { readonly text: string }> = {
  name: 'drafts',
  schema: {
    type: 'object',
    required: ['id', 'text'],
    properties: { id: { type: 'string' }, text: { type: 'string' } },
  },
};
