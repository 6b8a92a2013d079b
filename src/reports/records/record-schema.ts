import { fields, nullable, number, oneOf, people, text, type Schema } from '../edition/schema/build';
import type { Why } from '../figure-rows';
import type { ChangeRecord, FigureRecord } from './records';

/** JSON Schemas of the records: they describe the interface's answers and name the columns of the open data. */

/** Every reason that there is. */
const reasons = Object.keys({
  ...{ 'no-answers': true, 'out-of-scope': true, 'side-missing': true, 'area-missing': true, 'one-answer': true },
  ...{ 'no-spread': true, hidden: true, 'no-common-groups': true, 'not-in-common': true, 'not-in-version': true },
  ...{ 'not-agreed': true, 'zero-baseline': true, merged: true, apart: true },
} satisfies Record<Why, true>);

const holding = {
  level: oneOf(['index', 'plane', 'area']),
  place: text('Code of the area or plane; "index" for the index.'),
  holder: oneOf(
    ['survey', 'administration', 'ngo', 'group', 'agreed'],
    'survey: both sides jointly; administration, ngo: one side; group: one group; agreed: the working group.',
  ),
  group: nullable(text('Code of the group; merged ones are joined by "+".')),
  side: nullable(oneOf(['administration', 'ngo'], 'The side of the group; null where both sides sit in it.')),
};

const score = (description: string): Schema => nullable(number(description));

export const figureRecordSchema = fields<FigureRecord>({
  round: oneOf(['baseline', 'follow-up']),
  year: nullable({ type: 'integer', description: 'The year whose cooperation is assessed.' }),
  ...holding,
  mean: score('Points of the scale, two decimals; null says why in "reason".'),
  n: nullable(people('Respondents behind the mean of a group.')),
  sd: score('Standard deviation (n - 1) of a group of at least 2k respondents.'),
  low: score('Lower end of the 95 % interval.'),
  high: score('Upper end of the 95 % interval.'),
  reason: nullable(oneOf(reasons, 'Why there is no mean; "hidden": to protect anonymity.')),
  withheld: nullable(oneOf(['spread'], 'Fewer than 2k respondents: sd and interval are kept back.')),
});

export const changeRecordSchema = fields<ChangeRecord>({
  ...holding,
  baseline: score('Compared figure of the earlier round, over groups and areas that both rounds have.'),
  followUp: score('Compared figure of the later round.'),
  points: score('Later less earlier, of the two published figures.'),
  percent: nullable({ type: 'integer', description: 'Whole percent of the published earlier figure.' }),
  low: score('Lower end of the 95 % interval of the change.'),
  high: score('Upper end of the 95 % interval of the change.'),
  adjustedP: score('Two-sided p after Holm, 0..1.'),
  verdict: nullable(
    oneOf(['rose', 'fell', 'same', 'unknown'], 'What may be said of the change; null for agreed scores.'),
  ),
  reason: nullable(oneOf(reasons, 'Why there is no change.')),
});
