import { itemsOf, sides } from '../../definitions/instrument';
import type { AreaItems, ItemHolder } from '../../scoring';
import { divergingChart } from '../charts/diverging';
import { areaPlace, areas, groupNames, longName, type Context } from '../context';
import { printedAnswers } from './answers-print';
import { part, type Part, type Section } from '../section';
import { numberCell, textCell, type Row } from '../table';

/** How people answered each item of the latest round, an area a part; says where that is kept back. */
export function answersSection(context: Context): Section | null {
  const { w, latest, rounds, two } = context;
  const parts = areas(context).flatMap(({ code }): Part[] => {
    const items = latest.items[code];
    return items === undefined ? [] : [areaPart(context, code, items)];
  });
  return parts.length === 0
    ? null
    : {
        id: 'annex-answers',
        title: w.say('answers.title'),
        lead: [...(two ? [`${rounds.at(-1)?.name ?? ''}.`] : []), w.say('answers.lead')],
        parts: [...parts.map((one) => ({ ...one, only: 'page' as const })), printedAnswers(context)],
      };
}

/** One area's answers as they are given; null where the area was not asked. */
export function areaAnswers(context: Context, area: string): Part | null {
  const items = context.latest.items[area];
  return items === undefined ? null : areaPart(context, area, items);
}

interface ItemRow {
  readonly number: number;
  readonly code: string;
  readonly words: string;
  readonly holder: ItemHolder;
}

function areaPart(context: Context, area: string, { holders, withheld, without }: AreaItems): Part {
  const { w, input, scale } = context;
  const title = longName(context, areaPlace(area));
  if (holders.length === 0) {
    return part({ title, paragraphs: [w.say(`answers.${withheld ?? 'too-few'}`, { count: 2 * input.k })] });
  }
  const items = itemsOf(input.instrument).filter((item) => item.area === area);
  const rows = items.flatMap((item, at) =>
    holders
      .filter(({ ratings }) => Object.hasOwn(ratings, item.code))
      .map((holder): ItemRow => ({ number: at + 1, code: item.code, words: w.text(item.text), holder })),
  );
  const points = Array.from({ length: scale.max - scale.min + 1 }, (_one, step) => scale.min + step);
  const countOf = ({ holder, code }: ItemRow, point: number) => holder.ratings[code]?.[String(point)] ?? 0;
  const unratedOf = ({ holder, code }: ItemRow) =>
    holder.unrated[code] ?? { hardToSay: 0, notApplicable: 0, unanswered: 0 };
  const share = (row: ItemRow, of: readonly number[]) =>
    w.share(
      of.reduce((sum, point) => sum + countOf(row, point), 0),
      row.holder.n,
    );
  const name = (row: ItemRow) => holderName(context, row.holder);
  const alt = w.say('answers.alt', {
    area: title,
    parts: rows
      .map((row) =>
        w.say('answers.altItem', {
          number: w.count(row.number),
          holder: name(row),
          high: share(row, points.slice(-2)),
          low: share(row, points.slice(0, 2)),
        }),
      )
      .join('; '),
  });
  return part({
    title,
    chart: divergingChart({
      id: `chart-answers-${area}`,
      alt,
      rows: rows.map((row) => ({
        name: w.say('answers.row', { number: w.count(row.number), holder: name(row) }),
        shares: points.map((point) => (100 * countOf(row, point)) / row.holder.n),
        end: w.say('answers.special', {
          hard: w.count(unratedOf(row).hardToSay),
          na: w.count(unratedOf(row).notApplicable),
        }),
      })),
      names: points.map((point) => `${point} – ${w.text(input.instrument.scale.points[String(point)] ?? { pl: '' })}`),
      heading: w.say('answers.specials'),
    }),
    table: {
      caption: w.say('answers.table', { area: title }),
      columns: [
        { text: w.say('column.item'), numeric: false },
        { text: w.say('column.holder'), numeric: false },
        ...points.map((point) => ({ text: String(point), numeric: true })),
        ...['hardToSay', 'notApplicable', 'unanswered', 'n'].map((column) => ({
          text: w.say(`column.${column}`),
          numeric: true,
        })),
      ],
      rows: rows.map((row): Row => {
        const unrated = unratedOf(row);
        return {
          heading: `${row.number}. ${row.words}`,
          cells: [
            textCell(name(row)),
            ...points.map((point) => numberCell(w.count(countOf(row, point)), countOf(row, point))),
            ...[unrated.hardToSay, unrated.notApplicable, unrated.unanswered, row.holder.n].map((count) =>
              numberCell(w.count(count), count),
            ),
          ],
        };
      }),
      // Nobody should take the sides' rows, or everyone's, for all of their groups.
      notes: without.length === 0 ? [] : [w.say('answers.without', { groups: groupNames(context, without) })],
    },
    reading: w.say('answers.reading'),
  });
}

function holderName({ w }: Context, { holder }: ItemHolder): string {
  return sides.some((side) => side === holder) ? w.say(`side.${holder}.name`) : w.say('questions.everyone');
}
