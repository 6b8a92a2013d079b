import { inLanguage, itemsOf } from '../../definitions/instrument';
import {
  changeCells,
  holderName,
  longName,
  scoreCell,
  shortName,
  standingOf,
  whyWords,
  type Context,
} from '../context';
import { overviewSections } from './annex-overview';
import { testsSections } from './tests';
import { placesOf, rowsOf, scoreAt, type Figure, type FigureRow, type Holder, type Place } from '../figure-rows';
import { part, type Section } from '../section';
import { absentCell, numberCell, type Cell, type Table } from '../table';

/** Every figure of the report, and the version of the instrument they come from. */
export function annexSections(context: Context): readonly Section[] {
  return [figuresSection(context), ...overviewSections(context), ...testsSections(context), instrumentSection(context)];
}

function figuresSection(context: Context): Section {
  const { w, input, two } = context;
  return {
    id: 'annex-figures',
    only: 'page',
    title: w.say('annex.title'),
    lead: [w.say('annex.lead'), w.say('annex.columns'), ...(two ? [w.say('annex.change')] : [])],
    parts: placesOf(input.instrument).map((place) => part({ table: placeTable(context, place) })),
  };
}

/** All holders of one area, plane or the index, or those that are asked for. */
export function placeTable(context: Context, place: Place, isAsked: (holder: Holder) => boolean = () => true): Table {
  const { w, input, rounds, two } = context;
  // A group that nobody was in says nothing, in any round.
  const rows = rowsOf(input, place).filter(
    ({ holder }) =>
      isAsked(holder) &&
      (holder.kind !== 'group' ||
        rounds.some(
          ({ round }) => (round.respondents[holder.code] ?? 0) > 0 || round.hiddenGroups.includes(holder.code),
        )),
  );
  const own = ['mean', 'n', 'sd', 'interval'].map((column) => ({ text: w.say(`column.${column}`), numeric: true }));
  const level = w.say(`annex.${place.level}`, { code: place.code, name: longName(context, place) });
  const notes = [...rows.flatMap((row) => rowNotes(context, row)), ...alphaNotes(context, place)];
  return {
    caption: level,
    spans: [
      { text: '', columns: 1 },
      ...rounds.map(({ name }) => ({ text: name, columns: own.length })),
      ...(two ? [{ text: w.say('column.compared'), columns: 3 }] : []),
    ],
    columns: [
      { text: w.say('column.holder'), numeric: false },
      ...rounds.flatMap(() => own),
      ...(two
        ? ['fromTo', 'points', 'percent'].map((column) => ({ text: w.say(`column.${column}`), numeric: true }))
        : []),
    ],
    rows: rows.map((row) => ({
      heading: holderName(context, row.holder),
      ...(row.holder.kind === 'survey' || row.holder.kind === 'agreed' ? { kind: 'total' as const } : {}),
      ...(row.holder.kind === 'group' && row.holder.side !== null ? { kind: 'part' as const } : {}),
      cells: [
        ...row.figures.flatMap((figure) => figureCells(context, row, figure)),
        ...(two ? comparedCells(context, row) : []),
      ],
    })),
    notes: [...new Set(notes)],
  };
}

function figureCells(context: Context, { holder }: FigureRow, figure: Figure): readonly Cell[] {
  const { w } = context;
  const mean = scoreCell(context, figure.mean, figure.why);
  const empty: Cell = { text: '', value: null, numeric: true };
  if (holder.kind !== 'group') {
    const interval: Cell = figure.interval === null ? empty : { ...empty, text: w.interval(figure.interval) };
    return [mean, empty, empty, interval];
  }
  // One cell says why; the others only that there is nothing.
  if (figure.mean === null) {
    const dash = absentCell('–', figure.why === 'hidden');
    return [mean, figure.n === 0 ? numberCell('0', 0) : dash, dash, dash];
  }
  const reason = () => absentCell(figure.why === null ? '–' : w.say(`whyShort.${figure.why}`), false);
  return [
    mean,
    figure.n === null ? absentCell('–', false) : numberCell(w.count(figure.n), figure.n),
    figure.sd === null ? reason() : numberCell(w.score(figure.sd), figure.sd),
    figure.interval === null ? reason() : { text: w.interval(figure.interval), value: null, numeric: true },
  ];
}

function comparedCells(context: Context, row: FigureRow): readonly Cell[] {
  const { w } = context;
  const standing = standingOf(row);
  if (!standing.compared || standing.before === null || standing.now === null) {
    const dash = absentCell('–', false);
    const why = row.change?.why ?? null;
    return [why === 'hidden' ? absentCell(whyWords(context, why), true) : dash, dash, dash];
  }
  const pair = w.say('change.pair', { before: w.score(standing.before), now: w.score(standing.now) });
  return [{ text: pair, value: null, numeric: true }, ...changeCells(context, standing)];
}

function rowNotes(context: Context, { holder, figures }: FigureRow): string[] {
  const { w, rounds } = context;
  return figures.flatMap(({ without, missingAreas }, at) => {
    const round = rounds[at]?.inside;
    const names = (codes: readonly string[]) =>
      w.list(codes.map((code) => shortName(context, { level: 'area', code })));
    const groups = without.map((code) => holderName(context, groupHolder(context, code)));
    return [
      ...(groups.length > 0
        ? [w.say('annex.without', { holder: holderName(context, holder), round, groups: w.list(groups) })]
        : []),
      ...(missingAreas.length > 0
        ? [w.say('annex.missingAreas', { holder: holderName(context, holder), round, areas: names(missingAreas) })]
        : []),
    ];
  });
}

function alphaNotes({ w, rounds }: Context, place: Place): string[] {
  return rounds.flatMap(({ round, name }) => {
    const alpha = scoreAt(round, place)?.alpha ?? null;
    return alpha === null ? [] : [w.say('annex.alpha', { round: name, alpha: w.score(alpha) })];
  });
}

function groupHolder({ input }: Context, code: string) {
  const group = input.instrument.groups.find((one) => one.code === code);
  return { kind: 'group' as const, code, name: group?.name ?? { pl: code }, side: group?.side ?? null };
}

/** Items that only one of two versions has, or that mean something else in each; by their codes. */
function fates({ input }: Context) {
  const { items } = input.common?.versions ?? {};
  return (['changed', 'dropped', 'new'] as const).flatMap((fate) =>
    items === undefined || items[fate].length === 0 ? [] : [{ key: `items.${fate}`, codes: items[fate] }],
  );
}

function instrumentSection(context: Context): Section {
  const { w, input, scale } = context;
  const { instrument, form } = input;
  const items = itemsOf(instrument).filter((item) => form === 'full' || item.core === true);
  const points = Object.entries(instrument.scale.points).map(
    ([point, words]) => `${point} – ${inLanguage(words, w.language)}`,
  );
  const term = (key: string, meaning: string) => ({ term: w.say(`instrument.${key}`), meaning });
  return {
    id: 'annex-instrument',
    title: w.say('instrument.heading'),
    lead: [],
    parts: [
      part({
        terms: [
          term('name', w.text(instrument.title)),
          term('version', `${instrument.id} ${instrument.version}`),
          term('hash', instrument.hash),
          ...fates(context).map(({ key, codes }) => term(key, codes.join(', '))),
          term('form', w.say(`instrument.${form}`, { count: items.length })),
          term('scale', w.say('instrument.scaleWords', { ...scale, points: points.join(', ') })),
          term('anonymity', w.say(input.k > 1 ? 'instrument.k' : 'instrument.noK', { k: w.count(input.k) })),
          ...collectedTerms(context),
          term('made', w.date(input.madeOn)),
        ],
      }),
    ],
  };
}

/** How answers came in, what cannot be excluded by it, and what respondents were told; round by round. */
function collectedTerms({ input, rounds, w }: Context): { readonly term: string; readonly meaning: string }[] {
  return rounds.flatMap(({ name }, at) => {
    const { ways = [], clause, paper } = input.rounds[at]?.study ?? {};
    const said = ways.map((way) => w.say(`collected.${way}`));
    if (paper)
      said.push(
        paper.answers === null ? w.say('collected.fewOnPaper') : w.say('collected.onPaper', { count: paper.answers }),
      );
    if (paper?.blank) said.push(w.say('collected.blank'));
    if (clause !== undefined) said.push(w.say('collected.clause', { version: clause }));
    const term = w.say(rounds.length > 1 ? 'collected.termOf' : 'collected.term', { round: name });
    return said.length === 0 ? [] : [{ term, meaning: said.join(' ') }];
  });
}
