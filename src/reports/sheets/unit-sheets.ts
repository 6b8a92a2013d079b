import { inLanguage, type FactField } from '../../definitions/instrument';
import { agreedHolder, areaPlace, areas, indexPlace, shortName, type Context } from '../context';
import { groupingOf, rowOf } from '../figure-rows';
import { factWords } from '../sections/facts';
import { respondentsShown } from '../sections/participation';
import { column, plain, valueOr, type Sheet, type SheetValue } from './sheet';

/** Who took part: people who answered, of how many. */
export function peopleSheet(context: Context): Sheet {
  const { w, input, rounds } = context;
  return {
    name: w.say('sheets.people'),
    columns: [
      column(w.say('sheets.round'), 26),
      column(w.say('column.group'), 40),
      column(w.say('column.side'), 16),
      column(w.say('column.answers'), 14, 0),
      column(w.say('column.size'), 14, 0),
      column(w.say('column.rate'), 10, 'percent'),
    ],
    rows: rounds.flatMap((words) =>
      input.instrument.groups
        .filter(({ code }) => groupingOf(words.round, code) === null || words.round.hiddenGroups.includes(code))
        .map(({ code, name, side }): SheetValue[] => {
          const n = respondentsShown(context, words, code);
          const size = words.round.groupSizes[code] ?? null;
          return [
            ...[plain(words.name), plain(w.text(name))],
            w.say(side === null ? 'side.none' : `side.${side}.name`),
            valueOr(context, n, 'hidden'),
            size ?? { absent: 'missing', text: w.say('why.unknown') },
            n === null || !size ? null : Math.round((100 * n) / size),
          ];
        }),
    ),
  };
}

/** What the unit told of itself; null where it told nothing. */
export function factsSheet(context: Context): Sheet | null {
  const { w, input, rounds } = context;
  const rows = rounds.flatMap(({ name, round }) =>
    input.instrument.facts.flatMap((field): SheetValue[][] => {
      const fact = round.facts.find(({ code }) => code === field.code);
      if (fact === undefined) return [];
      const area = field.area === undefined ? w.say('facts.general') : shortName(context, areaPlace(field.area));
      const value =
        typeof fact.value === 'number'
          ? fact.value
          : fact.value === null
            ? null
            : factWords(context, field, fact.value);
      return [
        [
          ...[plain(name), field.code, plain(area), plain(w.text(field.text))],
          value === null
            ? { absent: 'missing', text: w.say('facts.noData') }
            : typeof value === 'string'
              ? plain(value)
              : value,
          typeof value === 'number' ? unitOf(context, field) : null,
          ...[fact.noData, fact.year, fact.source === '' ? null : fact.source],
        ],
      ];
    }),
  );
  if (rows.length === 0) return null;
  return {
    name: w.say('sheets.facts'),
    columns: [
      column(w.say('sheets.round'), 26),
      column(w.say('csv.code'), 10),
      column(w.say('column.area'), 30),
      column(w.say('column.fact'), 70),
      column(w.say('sheets.value'), 18),
      column(w.say('sheets.unit'), 10),
      column(w.say('sheets.noData'), 30),
      column(w.say('sheets.year'), 8, 0),
      column(w.say('column.source'), 40),
    ],
    rows,
  };
}

function unitOf({ w }: Context, field: FactField): string | null {
  if (field.type === 'money') return w.say('sheets.money');
  if (field.type === 'percent') return '%';
  return field.type === 'number' && field.unit !== undefined ? inLanguage(field.unit, w.language) : null;
}

/** What the working group set, with its reasons; null where it has set nothing. */
export function agreedSheet(context: Context): Sheet | null {
  const { w, input, rounds } = context;
  if (rounds.every(({ round }) => round.agreed === null)) return null;
  return {
    name: w.say('sheets.agreed'),
    columns: [
      column(w.say('sheets.round'), 26),
      column(w.say('csv.code'), 8),
      column(w.say('column.area'), 30),
      column(w.say('column.score'), 14, 2),
      column(w.say('sheets.reasons'), 80),
      column(w.say('sheets.dissent'), 60),
      column(w.say('sheets.strengths'), 60),
      column(w.say('sheets.barriers'), 60),
    ],
    rows: rounds.flatMap(({ name, round: { agreed } }, at) =>
      agreed === null
        ? []
        : [indexPlace, ...areas(context).map(({ code }) => areaPlace(code))].map((place): SheetValue[] => {
            const figure = rowOf(input, place, agreedHolder).figures[at];
            const { reasons = '', dissent = '', strengths = '', barriers = '' } = agreed.words[place.code] ?? {};
            return [
              ...[plain(name), place.code, plain(shortName(context, place))],
              valueOr(context, figure?.mean, figure?.why ?? 'not-agreed'),
              ...[reasons, dissent, strengths, barriers].map((text) => (text === '' ? null : text)),
            ];
          }),
    ),
  };
}
