import { recommendationRecordSchema } from '../../reports/records/recommendation-records';
import { changeRecordSchema, figureRecordSchema } from '../../reports/records/record-schema';
import { nullable, text, type Schema } from '../../reports/edition/schema/build';

/** The tables of the open data and their columns, in order: names and meanings are those of the records. */

export const tableNames = ['reports', 'figures', 'changes', 'recommendations'] as const;
export type TableName = (typeof tableNames)[number];

export interface Column {
  readonly name: string;
  readonly schema: Schema;
}

const report: readonly Column[] = [
  { name: 'unitCode', schema: text('TERC code of the unit: four digits of a powiat or a city, six of a gmina.') },
  { name: 'report', schema: text('Assessed year or years; with the unit it names the report.') },
  { name: 'edition', schema: { type: 'integer', description: 'Number of the edition of the report.' } },
];

const whole = (description: string): Schema => ({ type: 'integer', description });

export const columns: Readonly<Record<TableName, readonly Column[]>> = {
  reports: [
    ...report,
    { name: 'unitName', schema: text('Name of the unit.') },
    {
      name: 'unitKind',
      schema: text('urban-gmina, rural-gmina, urban-rural-gmina, powiat or city-with-county-rights.'),
    },
    { name: 'powiat', schema: nullable(text('The powiat that the unit lies in, where it is told.')) },
    { name: 'subregion', schema: nullable(text('The subregion of the programme, where it is told.')) },
    { name: 'publishedOn', schema: text('Day on which the edition was published, YYYY-MM-DD.') },
    { name: 'kind', schema: text('round: one round; comparison: two rounds and what changed.') },
    { name: 'instrument', schema: text('Id and version of the questionnaire.') },
    { name: 'form', schema: text('full or core.') },
    { name: 'k', schema: whole('Fewest people behind any figure of a group.') },
    { name: 'scaleMin', schema: whole('Lowest point of the scale.') },
    { name: 'scaleMax', schema: whole('Highest point of the scale.') },
    { name: 'hash', schema: text('SHA-256 of the edition as JSON.') },
    { name: 'path', schema: text('Path of the edition on the installation.') },
    { name: 'reason', schema: nullable(text('Why there is this edition; empty for a first one.')) },
  ],
  figures: [...report, ...columnsOf(figureRecordSchema)],
  changes: [...report, ...columnsOf(changeRecordSchema)],
  recommendations: [...report, ...columnsOf(recommendationRecordSchema)],
};

function columnsOf(record: Schema): readonly Column[] {
  const properties = record['properties'] as Readonly<Record<string, Schema>>;
  return Object.entries(properties).map(([name, schema]) => ({ name, schema }));
}

/** Type of a column as Frictionless Table Schema names it. */
export function typeOf({ schema }: Column): 'string' | 'integer' | 'number' {
  const [first] = (schema['anyOf'] as readonly Schema[] | undefined) ?? [schema];
  const type = first?.['type'];
  return type === 'integer' || type === 'number' ? type : 'string';
}
