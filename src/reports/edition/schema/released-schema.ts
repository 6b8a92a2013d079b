import type {
  HolderCounts,
  QuestionCounts,
  ReleasedGroup,
  ReleasedInstrument,
  ReleasedPair,
  ReleasedRound,
} from '../../../scoring';
import type { Fates } from '../../../definitions/instrument';
import {
  code,
  codes,
  exactly,
  fields,
  hash,
  listOf,
  mapOf,
  nullable,
  number,
  oneOf,
  optional,
  people,
  ref,
  text,
  yes,
  type Schema,
} from './build';
import { countsHolder } from './figures-schema';

/** What was released of one round and of two (`scoring/released.ts`), by its name in `$defs`. */

const form = oneOf(['full', 'core']);
const side = nullable(oneOf(['administration', 'ngo'], 'null: both sides sit in it.'));
const k = { type: 'integer', minimum: 1, description: 'Fewest people behind any figure.' };
const practicallySame = number('Half-width in points within which a difference counts as practically none.');
const notes = listOf(ref('note'), 'What was merged, hidden, withheld or borrowed.');
const asked = fields<ReleasedPair['baseline']>({ instrument: ref('releasedInstrument'), form });
const fates = fields<Fates>({ kept: codes, changed: codes, dropped: codes, new: codes });

export const releasedDefinitions: Readonly<Record<string, Schema>> = {
  releasedRound: fields<ReleasedRound>({
    kind: exactly('round'),
    instrument: ref('releasedInstrument'),
    form,
    round: nullable(text('The instrument’s name of the round.')),
    k,
    practicallySame,
    outOfScope: codes,
    groups: listOf(ref('releasedGroup'), 'After merging, in the instrument’s order.'),
    respondents: people('People who answered, over the groups that are not hidden.'),
    scorecard: ref('scorecard'),
    items: mapOf(ref('areaItems'), 'By code of the area.'),
    questions: listOf(ref('questionCounts')),
    notes,
  }),
  releasedPair: fields<ReleasedPair>({
    kind: exactly('pair'),
    baseline: asked,
    followUp: asked,
    form,
    k,
    practicallySame,
    groups: listOf(fields<ReleasedPair['groups'][number]>({ code: text(), parts: codes, side })),
    comparedItems: mapOf(codes, 'By code of the area.'),
    versions: nullable(fields<NonNullable<ReleasedPair['versions']>>({ items: fates, areas: fates })),
    change: ref('change'),
    notes,
  }),
  releasedInstrument: fields<ReleasedInstrument>({ id: text(), version: text(), hash }),
  releasedGroup: fields<ReleasedGroup>({
    code: text('A code of the instrument, or several merged, joined by "+".'),
    parts: codes,
    side,
    respondents: nullable(people('0 or at least k; null where hidden.')),
    size: nullable(people('Known number of people; null where unknown.')),
    rate: nullable(people('Whole percent of `size` who answered.')),
    hidden: optional(exactly('k')),
    moreAnswersThanPeople: optional(yes),
  }),
  questionCounts: fields<QuestionCounts>({
    question: code,
    holders: listOf(
      fields<HolderCounts>({ holder: countsHolder, answered: people('At least 2k.'), chosen: mapOf(people()) }),
    ),
    why: nullable(oneOf(['hidden', 'no-answers'])),
    without: codes,
  }),
  note: {
    type: 'object',
    required: ['note'],
    additionalProperties: false,
    properties: {
      note: oneOf([
        ...(['merged', 'left-out', 'size-unknown', 'hidden', 'spread-withheld', 'spread-borrowed'] as const),
        ...(['items-withheld', 'items-classes'] as const),
      ]),
      group: text(),
      parts: codes,
      places: codes,
      area: text(),
    },
  },
};
