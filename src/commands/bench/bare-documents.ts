/** Documents that mean nothing: what the store itself costs. */
export const bareDocumentsSpec = {
  name: 'bench-documents',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'content'],
    properties: { id: { type: 'string' }, content: { type: 'string' } },
  },
} as const;
