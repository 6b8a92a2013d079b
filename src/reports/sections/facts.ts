import { areasOf, type FactField } from '../../definitions/instrument';
import { formatMoney, formatNumber, formatPercent } from '../../locales/formats';
import type { FactValue } from '../../definitions/answers';
import { areaPlace, longName, type Context, type RoundWords } from '../context';
import type { ReportFact } from '../input';
import { part, type Section } from '../section';
import { absentCell, textCell, type Cell, type Row } from '../table';

/** What the unit entered about itself, by area; left out where it entered nothing. */
export function factsSection(context: Context): Section | null {
  const { w, rounds, input } = context;
  const fields = input.instrument.facts;
  const given = rounds.map(({ round }) => new Map(round.facts.map((fact) => [fact.code, fact])));
  const told = fields.filter(({ code }) => given.some((facts) => facts.has(code)));
  if (told.length === 0) return null;
  const latest = ({ code }: FactField) => given.map((facts) => facts.get(code)).findLast((fact) => fact !== undefined);
  // Most values come from a few documents: each is named once, below the table.
  const sources: string[] = [];
  const sourceNumber = (field: FactField): string => {
    const source = sourceWords(context, latest(field));
    if (source === '') return '';
    if (!sources.includes(source)) sources.push(source);
    return `[${sources.indexOf(source) + 1}]`;
  };
  const row = (field: FactField): Row => ({
    heading: w.text(field.text),
    kind: 'part',
    cells: [...given.map((facts) => factCell(context, field, facts.get(field.code))), textCell(sourceNumber(field))],
  });
  const places = [null, ...areasOf(input.instrument).map(({ code }) => code)];
  const rows = places.flatMap((area): Row[] => {
    const own = told.filter((field) => (field.area ?? null) === area);
    if (own.length === 0) return [];
    const heading = area === null ? w.say('facts.general') : longName(context, areaPlace(area));
    return [{ heading, kind: 'total', cells: [] }, ...own.map(row)];
  });
  const changed = told.filter(({ code }) => {
    const values = given.map((facts) => JSON.stringify(facts.get(code)?.value ?? null));
    return new Set(values).size > 1;
  }).length;
  const known = told.filter(({ code }) => given.some((facts) => (facts.get(code)?.value ?? null) !== null)).length;
  const finding = w.say('facts.finding', { count: fields.length, given: w.count(known) });
  const changes = given.length > 1 ? ` ${w.say('facts.changed', { count: changed })}` : '';
  const withSource = sources.length > 0;
  const cut = (one: Row): Row => (withSource ? one : { ...one, cells: one.cells.slice(0, -1) });
  return {
    id: 'facts',
    title: w.say('facts.title'),
    lead: rounds.flatMap((words) => confirmedWords(context, words)),
    parts: [
      part({
        finding: `${finding}${changes}`,
        table: {
          caption: w.say('facts.caption'),
          columns: [
            { text: w.say('column.fact'), numeric: false },
            ...rounds.map(({ short }) => ({ text: short, numeric: true })),
            ...(withSource ? [{ text: w.say('column.source'), numeric: false }] : []),
          ],
          rows: rows.map(cut),
          notes: withSource ? [w.say('facts.sources'), ...sources.map((source, at) => `[${at + 1}] ${source}`)] : [],
        },
        reading: w.say('facts.reading'),
      }),
    ],
  };
}

/** Whether somebody beside the unit has looked at what it entered; nothing where it entered nothing. */
function confirmedWords({ w }: Context, { name, round: { facts, factsConfirmed } }: RoundWords): string[] {
  if (factsConfirmed === undefined || facts.length === 0) return [];
  const { parts, of, on } = factsConfirmed;
  const say = (key: string) =>
    w.say(`facts.${key}`, { round: name, confirmed: w.count(parts), count: of, day: on === null ? '' : w.date(on) });
  return [say(parts === 0 ? 'notConfirmed' : parts < of ? 'partlyConfirmed' : 'confirmed')];
}

function factCell({ w }: Context, field: FactField, fact: ReportFact | undefined): Cell {
  if (fact === undefined) return absentCell('–', false);
  if (fact.value === null) {
    return absentCell(w.say(fact.noData ? 'facts.noDataWhy' : 'facts.noData', { why: fact.noData }), false);
  }
  const value = typeof fact.value === 'number' ? fact.value : null;
  return { text: factWords({ w }, field, fact.value), value, numeric: true };
}

/** A fact's value in words, with its unit. */
export function factWords({ w }: Pick<Context, 'w'>, field: FactField, value: FactValue): string {
  if (typeof value === 'boolean') return w.say(value ? 'facts.yes' : 'facts.no');
  if (typeof value === 'number') {
    if (field.type === 'money') return formatMoney(value, w.language);
    if (field.type === 'percent') return formatPercent(value, w.language, Number.isInteger(value) ? 0 : 1);
    const unit = field.type === 'number' && field.unit ? `\u00a0${w.text(field.unit)}` : '';
    return `${formatNumber(value, w.language)}${unit}`;
  }
  const choices = 'choices' in field ? field.choices : [];
  const choice = (code: string) => {
    const found = choices.find((one) => one.code === code);
    return found === undefined ? code : w.text(found.text);
  };
  if (typeof value !== 'string') return w.list(value.map(choice));
  return field.type === 'date' ? w.date(value) : choice(value);
}

function sourceWords({ w }: Context, fact: ReportFact | undefined): string {
  if (fact === undefined || fact.source === '') return '';
  return fact.year === null ? fact.source : w.say('facts.source', { source: fact.source, year: String(fact.year) });
}
