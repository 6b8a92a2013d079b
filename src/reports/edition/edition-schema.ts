import { hidingReasons, type PublishedComment, type PublishedComments } from '../../assessment/published-comments';
import { ways } from '../../assessment/round';
import { recommendationStates } from '../../assessment/recommendations/recommendation';
import { fates } from '../../assessment/recommendations/reviews';
import type {
  FactsConfirmed,
  Reopening,
  ReportFact,
  ReportRecommendation,
  ReportStudy,
  ReviewedRecommendation,
} from '../input';
import {
  editionSchemaVersion,
  type DocumentAgreed,
  type DocumentRound,
  type Edition,
  type EditionUnit,
  type Installation,
  type Publication,
} from './edition';
import {
  code,
  day,
  exactly,
  fields,
  listOf,
  mapOf,
  nullable,
  number,
  oneOf,
  optional,
  people,
  ref,
  text,
  type Schema,
} from './schema/build';
import { figureDefinitions } from './schema/figures-schema';
import { instrumentDefinitions } from './schema/instrument-schema';
import { releasedDefinitions } from './schema/released-schema';

const agreed = fields<DocumentAgreed>({
  scores: mapOf(nullable(number('In half points of the scale; null: out of scope.')), 'By code of the area.'),
  words: mapOf(
    fields<DocumentAgreed['words'][string]>({
      reasons: text(),
      dissent: text(),
      strengths: optional(text()),
      barriers: optional(text()),
    }),
    'By code of the area.',
  ),
  meetings: listOf(
    fields<DocumentAgreed['meetings'][number]>({
      date: day(),
      present: listOf(
        fields<DocumentAgreed['meetings'][number]['present'][number]>({
          role: text('A function or an organisation, no name of a person.'),
          count: people(),
        }),
      ),
    }),
  ),
  approvedOn: optional(nullable(day('Day on which the working group approved the scores; null: it has not.'))),
  reopened: optional(
    listOf(
      fields<Reopening>({
        approvedOn: day(),
        on: day('Day on which the approval was taken back.'),
        why: text('No name of a person.'),
      }),
    ),
  ),
});

const fact = fields<ReportFact>({
  code,
  value: {
    anyOf: [{ type: ['number', 'string', 'boolean', 'null'] }, { type: 'array', items: { type: 'string' } }],
  },
  noData: nullable(text('Why there is no value.')),
  year: nullable({ type: 'integer' }),
  source: text(),
});

const comments = fields<PublishedComments>({
  state: oneOf(
    ['none', 'review', 'published'],
    'none: nothing that may be published was written; review: it has not been read yet.',
  ),
  fewest: people('Fewest people of a group who must have answered.'),
  keptBack: listOf(code, 'Published groups with fewer: nobody reads their comments.'),
  list: listOf(
    fields<PublishedComment>({ question: code, group: code, text: text('[…] stands where words were hidden.') }),
    'In a random order.',
  ),
  hidden: listOf(
    fields<PublishedComments['hidden'][number]>({ reason: oneOf([...hidingReasons]), count: people() }),
    'Comments hidden whole, by reason.',
  ),
});

const study = fields<ReportStudy>(
  {
    from: day(),
    to: day(),
    resumed: optional({ type: 'integer', minimum: 1, description: 'How often closing was taken back.' }),
    codes: optional(
      fields<NonNullable<ReportStudy['codes']>>(
        { issued: people(), used: people() },
        'Codes for one answer each, of groups whose respondents are published: cards, invitations, paper forms.',
      ),
    ),
    paper: optional(
      fields<NonNullable<ReportStudy['paper']>>(
        {
          answers: nullable(people('null where fewer than k came so.')),
          blank: { type: 'boolean', description: 'Some came on forms without a code for one answer.' },
        },
        'Answers on paper; absent where there were none.',
      ),
    ),
    ways: optional(listOf(oneOf([...ways]), 'Ways in of the groups asked.')),
    clause: optional(text('Version of the information that respondents read.')),
  },
  'How answers were collected.',
);

/** The parts that both have: what, who, by when. */
const recommended = {
  area: nullable(text('Code of the area; null: the whole cooperation.')),
  what: text('What is to be done.'),
  who: text('A function, an office or an organisation, no name of a person; empty: not settled.'),
  due: nullable({
    type: 'string',
    pattern: '^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$',
    description: 'Day, or month by whose end it is due; null: not settled.',
  }),
};

const recommendation = fields<ReportRecommendation>({
  ...recommended,
  priority: { type: 'boolean', description: 'Stands in the summary.' },
  state: oneOf([...recommendationStates], 'What was reported of it by the day of the report.'),
  remark: text('What was done, what is missing, or why not.'),
});

const reviewed = fields<ReviewedRecommendation>({
  ...recommended,
  fate: nullable(oneOf([...fates], 'What the follow-up says of it; null: not reviewed yet.')),
  why: text('What was done; what is missing and why.'),
  evidence: text('Address of what shows it; empty: none was given.'),
});

const round = fields<DocumentRound>({
  name: oneOf(['baseline', 'follow-up']),
  assessedYear: nullable({ type: 'integer', description: 'The year whose cooperation is assessed.' }),
  study: nullable(study),
  released: ref('releasedRound'),
  agreed: nullable(agreed),
  facts: listOf(fact),
  factsConfirmed: optional(
    fields<FactsConfirmed>(
      {
        parts: people('Parts of the fact sheet that stand as the facilitator confirmed them.'),
        of: people('Parts of the fact sheet.'),
        on: nullable(day('Day of the last confirmation.')),
      },
      'Absent where nobody was asked.',
    ),
  ),
  comments: optional(comments),
  recommendations: optional(listOf(recommendation, 'What the working group recommends, in its order.')),
  reviewed: optional(
    listOf(reviewed, 'Of a follow-up: the recommendations of the baseline, and what has become of them.'),
  ),
});

export const unitSchema = fields<EditionUnit>({
  name: text(),
  code: text('TERC code of the place: four digits of a powiat or a city, six of a gmina; or one of one’s own.'),
  kind: oneOf(['urban-gmina', 'rural-gmina', 'urban-rural-gmina', 'powiat', 'city-with-county-rights']),
  powiat: text('Empty where it is not known.'),
  subregion: text('Empty where it is not known.'),
});

const publication = fields<Publication>({
  number: { type: 'integer', minimum: 1, description: 'Number of the edition of this report.' },
  reason: nullable(text('Why there is another edition; null for the first.')),
  decidedBy: text('Office or body of the unit that decided to publish.'),
  decidedOn: day(),
  path: text('Path of the edition’s page on the installation.'),
});

const installation = fields<Installation>({
  publisher: nullable(fields<NonNullable<Installation['publisher']>>({ name: text(), email: text() })),
  address: nullable(text('Public address of the installation.')),
  licence: nullable(
    fields<NonNullable<Installation['licence']>>({ name: text(), url: nullable(text()) }, 'Terms of reuse.'),
  ),
});

/** JSON Schema (2020-12) of an edition. It names every field: an edition holds nothing else. */
export const editionSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `edition-${editionSchemaVersion}.schema.json`,
  title: 'Edition of a LIJW report',
  description:
    'One published report of one unit: one round, or the comparison of two. Figures are rounded as published; ' +
    'a figure that is null says why. The content hash is the SHA-256 of the document as canonical JSON: UTF-8, keys ' +
    'of every object sorted, no white space.',
  ...fields<Edition>({
    schemaVersion: exactly(editionSchemaVersion),
    unit: unitSchema,
    madeOn: day('Day of publishing.'),
    publication,
    installation,
    instrument: ref('instrument'),
    rounds: { type: 'array', items: round, minItems: 1, maxItems: 2 },
    pair: nullable(ref('releasedPair')),
  }),
  $defs: { ...instrumentDefinitions, ...releasedDefinitions, ...figureDefinitions },
};
