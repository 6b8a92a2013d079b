import type { Area, Choice, Group, Plane, Scale, Text } from '../../../definitions/instrument';
import type { ReportInstrument } from '../edition';
import { code, fields, hash, listOf, mapOf, number, oneOf, optional, ref, text, type Schema } from './build';

/** The words of an instrument that a report prints, by name in `$defs`. */

/** What the types of question have in common, and what only some of them have. */
const question = (own: Readonly<Record<string, Schema>>, types: readonly string[]): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: ['type', 'code', 'text'],
  properties: {
    type: oneOf(types),
    code,
    text: ref('text'),
    area: code,
    choices: listOf(ref('choice')),
    ...own,
  },
});

const kinds = ['single-choice', 'multiple-choice', 'ranking', 'number', 'percent', 'money', 'date', 'yes-no'] as const;
const words = ['short-text', 'long-text'] as const;

export const instrumentDefinitions: Readonly<Record<string, Schema>> = {
  text: fields<Text>({ pl: text(), en: optional(text()) }, 'Words by language; Polish always.'),
  instrument: fields<ReportInstrument>({
    id: text(),
    version: text('Semantic version.'),
    hash,
    languages: listOf(oneOf(['pl', 'en'])),
    title: ref('text'),
    scale: fields<Scale>({ min: number(), max: number(), points: mapOf(ref('text')) }),
    groups: listOf(
      fields<Pick<Group, 'code' | 'name' | 'side'>>({
        code: text('As in the releases: a code of the instrument, or several merged.'),
        name: ref('text'),
        side: { anyOf: [oneOf(['administration', 'ngo']), { type: 'null' }] },
      }),
    ),
    planes: listOf(
      fields<Plane>({
        code,
        name: ref('text'),
        shortName: ref('text'),
        areas: listOf(fields<Omit<Area, 'description'>>({ code, name: ref('text'), shortName: ref('text') })),
      }),
    ),
    questions: listOf(ref('question'), 'Items of the areas, and the other questions that the report shows.'),
    facts: listOf(ref('fact')),
  }),
  question: question(
    {
      core: { type: 'boolean', description: 'Belongs to the short form.' },
      report: oneOf(['barriers', 'support', 'views', 'comments']),
      maxChoices: { type: 'integer' },
      places: { type: 'integer' },
      commentOn: code,
    },
    ['rating', ...kinds, ...words],
  ),
  fact: question({ unit: ref('text') }, [...kinds, ...words]),
  choice: fields<Choice>({
    code: text(),
    text: ref('text'),
    exclusive: optional({ type: 'boolean' }),
    other: optional({ type: 'boolean' }),
  }),
};
