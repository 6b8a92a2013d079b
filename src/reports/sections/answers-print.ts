import { itemsOf, sides } from '../../definitions/instrument';
import type { AreaItems, CountsHolder, ItemHolder } from '../../scoring';
import { areaPlace, areas, groupNames, longName, shortName, type Context } from '../context';
import { part, type Part } from '../section';
import { absentCell, numberCell, type Cell, type Row, type Table } from '../table';

/**
 * How people answered each item of the latest round, for paper: a line an item instead of a picture, the areas whose
 * answers are kept back named in a sentence.
 */
export function printedAnswers(context: Context): Part {
  const { w, latest } = context;
  const asked = areas(context).flatMap(({ code }) => {
    const items = latest.items[code];
    return items === undefined ? [] : [{ code, items }];
  });
  const kept = (['too-few', 'classes'] as const).flatMap((why) => {
    const alike = asked.filter(({ items }) => items.withheld === why);
    const names = w.list(alike.map(({ code }) => shortName(context, areaPlace(code))));
    return alike.length === 0 ? [] : [w.say(`answers.kept.${why}`, { areas: names, count: 2 * context.input.k })];
  });
  const shown = asked.filter(({ items }) => items.holders.length > 0);
  return part({
    paragraphs: kept,
    table: shown.length === 0 ? null : answersTable(context, shown),
    only: 'print',
  });
}

interface AskedArea {
  readonly code: string;
  readonly items: AreaItems;
}

/** Columns of the points for each holder that any area has: both sides, or everyone. */
function answersTable(context: Context, asked: readonly AskedArea[]): Table {
  const { w, input, scale } = context;
  const points = Array.from({ length: scale.max - scale.min + 1 }, (_one, step) => scale.min + step);
  const held = ([...sides, 'everyone'] as const).filter((holder) =>
    asked.some(({ items }) => holderIn(items, holder) !== undefined),
  );
  const areaRows = ({ code, items }: AskedArea): readonly Row[] => {
    const own = itemsOf(input.instrument).filter((item) => item.area === code);
    return [
      {
        heading: w.say('answers.people', {
          area: longName(context, areaPlace(code)),
          people: items.holders
            .map(({ holder, n }) => w.say('answers.holder', { holder: nameOf(context, holder), n: w.count(n) }))
            .join(', '),
        }),
        kind: 'total',
        cells: [],
      },
      ...own.flatMap((item, at): Row[] => {
        if (items.holders.every(({ ratings }) => !Object.hasOwn(ratings, item.code))) return [];
        return [
          {
            heading: `${at + 1}. ${w.text(item.text)}`,
            kind: 'part',
            cells: held.flatMap((holder) => {
              const ratings = holderIn(items, holder)?.ratings[item.code];
              return points.map((point): Cell => {
                if (ratings === undefined) return absentCell('–', false);
                const count = ratings[String(point)] ?? 0;
                return numberCell(w.count(count), count);
              });
            }),
          },
        ];
      }),
    ];
  };
  const without = new Map<string, string[]>();
  for (const { code, items } of asked) {
    if (items.without.length === 0) continue;
    const groups = groupNames(context, items.without);
    without.set(groups, [...(without.get(groups) ?? []), shortName(context, areaPlace(code))]);
  }
  return {
    caption: w.say('answers.printed'),
    spans: [
      { text: '', columns: 1 },
      ...held.map((holder) => ({ text: nameOf(context, holder), columns: points.length })),
    ],
    columns: [
      { text: w.say('column.item'), numeric: false },
      ...held.flatMap(() => points.map((point) => ({ text: String(point), numeric: true }))),
    ],
    rows: asked.flatMap(areaRows),
    // Nobody should take the sides' columns, or everyone's, for all of their groups.
    notes: [...without].map(([groups, names]) => w.say('answers.withoutAreas', { areas: w.list(names), groups })),
  };
}

function holderIn({ holders }: AreaItems, holder: CountsHolder): ItemHolder | undefined {
  return holders.find((one) => one.holder === holder);
}

function nameOf({ w }: Context, holder: CountsHolder): string {
  return holder === 'everyone' ? w.say('questions.everyone') : w.say(`side.${holder}.name`);
}
