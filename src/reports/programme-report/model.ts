import { inLanguage, type Text } from '../../definitions/instrument';
import { formatDate, formatNumber } from '../../locales/formats';
import { translator, type Language, type Translate } from '../../locales/translate';
import { typeset } from '../../locales/typography';
import type { Programme } from '../../programme/document/programme';
import { countedIn, type ActivityProgress, type CountedRecommendations } from '../../programme/progress';
import { dotLook } from '../charts/chart';
import { progressChart } from '../charts/progress';
import { dotChart } from '../charts/rows';
import { part, type Section } from '../section';
import { absentCell, numberCell, textCell, type Cell, type Table } from '../table';
import { fewestUnits, spreadOf, spreadRounds, type PublishedScores, type SpreadRound, type SpreadRow } from './spread';

/** What the report of a programme is made from. */
export interface ProgrammeInput {
  readonly programme: Programme;
  /** `YYYY-MM-DD`. */
  readonly madeOn: string;
  /** All activities, in the order of the programme. */
  readonly progress: readonly ActivityProgress[];
  readonly recommendations: CountedRecommendations;
  /** One for each unit and round, from published editions only. */
  readonly published: readonly PublishedScores[];
  /** Units whose published reports have other areas, so that they cannot stand beside the rest. */
  readonly otherUnits: number;
  readonly areas: readonly { readonly code: string; readonly name: Text }[];
  readonly scale: { readonly min: number; readonly max: number };
}

/** The report in one language: plain JSON that page and print read. No unit is named in it. */
export interface ProgrammeModel {
  readonly language: Language;
  readonly title: string;
  readonly name: string;
  /** „Raport z 23 listopada 2026”. */
  readonly made: string;
  readonly dates: string;
  readonly sections: readonly Section[];
}

interface Words {
  readonly language: Language;
  readonly say: Translate;
  readonly text: (words: Text) => string;
}

export function programmeModel(input: ProgrammeInput, language: Language): ProgrammeModel {
  const t = translator(language);
  const words: Words = {
    language,
    say: (key, parameters) => typeset(t(`programme:report.${key}`, parameters), language),
    text: (one) => typeset(inLanguage(one, language), language),
  };
  const { programme, madeOn } = input;
  const name = words.text(programme.name);
  const day = (date: string): string => formatDate(date, language);
  return {
    language,
    title: words.say('title', { name }).replaceAll('\u00a0', ' '),
    name,
    made: words.say('made', { date: day(madeOn) }),
    dates: t('programme:start.dates', { from: day(programme.startsOn), to: day(programme.endsOn) }),
    sections: [doneSection(input, words), spreadSection(input, words)],
  };
}

/** What was done, against what was promised. */
function doneSection({ programme, progress, recommendations }: ProgrammeInput, words: Words): Section {
  const { language, say, text } = words;
  const t = translator(language);
  const numbered = progress.filter(({ target }) => target !== null);
  const places = programme.subregions;
  const table: Table = {
    caption: t('programme:progress.table'),
    columns: [
      { text: t('programme:progress.activity'), numeric: false },
      { text: t('programme:progress.target'), numeric: true },
      { text: t('programme:progress.done'), numeric: true },
      ...places.map(({ name }) => ({ text: text(name), numeric: true })),
      { text: say('state'), numeric: false },
    ],
    rows: progress.map(({ activity, target, counted, state }) => ({
      heading: text(activity.name),
      cells: [
        target === null ? { ...textCell(t('programme:progress.noTarget')), numeric: true } : count(target, language),
        count(counted.length, language),
        ...places.map(({ code }) => count(countedIn(counted, code).length, language)),
        textCell(t(`programme:progress.states.${state}`)),
      ],
    })),
    notes: [say('doneNote')],
  };
  return {
    id: 'done',
    title: say('done'),
    lead: [],
    parts: [
      part({
        finding: t('programme:progress.finding', {
          reached: numbered.filter(({ state }) => state === 'reached').length,
          count: numbered.length,
        }),
        chart: progressChart(numbered, language),
        table,
      }),
      part({ title: say('recommendations'), finding: recommendationsFinding(recommendations, language) }),
    ],
  };
}

/** „W jednostkach, które zamknęły obie rundy (2): 9 rekomendacji, z nich wykonano 5 …” */
export function recommendationsFinding(counted: CountedRecommendations, language: Language): string {
  const t = translator(language);
  const { units, all, done, partly, notDone, open } = counted;
  const say = (key: string, parameters: Readonly<Record<string, unknown>>): string =>
    typeset(t(`programme:recommendations.${key}`, parameters), language);
  if (units === 0) return say('noUnits', {});
  const number = (value: number): string => formatNumber(value, language, 0);
  return [
    say('units', { count: units }),
    say('fates', { count: all, done: number(done), partly: number(partly), notDone: number(notDone) }),
    ...(open === 0 ? [] : [say('open', { count: open })]),
  ].join(' ');
}

/** How the scores of the units' published reports lie, without any unit's own. */
function spreadSection(input: ProgrammeInput, words: Words): Section {
  const { say, language } = words;
  const { published, otherUnits } = input;
  const units = (round: SpreadRound): number => published.filter((one) => one.round === round).length;
  const told = spreadRounds.map((round) => say(`units.${round}`, { count: units(round) })).join(' ');
  const others = otherUnits === 0 ? [] : [say('otherUnits', { count: otherUnits })];
  const shown = spreadRounds.filter((round) => units(round) >= fewestUnits);
  const base = { id: 'spread', title: say('spread') };
  if (shown.length === 0) {
    return { ...base, lead: [told, say('tooFew', { count: fewestUnits })], parts: [part({ paragraphs: others })] };
  }
  const rows = spreadOf(published, input.areas);
  const index = rows[0]?.rounds;
  const findings = shown.flatMap((round) => {
    const figures = index?.[round].figures;
    return figures == null
      ? []
      : [say(`indexFinding.${round}`, { median: score(figures.median, language), ...range(figures, language) })];
  });
  return {
    ...base,
    lead: [told, ...others],
    parts: [
      part({
        finding: findings.join(' '),
        chart: spreadChart(rows, shown, input, words),
        table: spreadTable(rows, words),
        reading: say('reading', { fewest: fewestUnits }),
      }),
    ],
  };
}

function spreadChart(
  rows: readonly SpreadRow[],
  shown: readonly SpreadRound[],
  { scale }: ProgrammeInput,
  words: Words,
) {
  const { say, language } = words;
  const names = rows.map((row) => nameOf(row, words));
  const figuresOf = (row: SpreadRow, round: SpreadRound) => row.rounds[round].figures;
  return dotChart({
    id: 'spread-chart',
    alt: rows
      .map((row, at) => {
        const medians = shown.map((round) => {
          const figures = figuresOf(row, round);
          return `${say(`round.${round}`)} ${figures === null ? say('few') : score(figures.median, language)}`;
        });
        return `${names[at] ?? ''}: ${medians.join(', ')}`;
      })
      .join('; '),
    scale,
    rows: names,
    rowHeight: 23,
    // The units of the two rounds may be others.
    connect: false,
    series: shown.map((round) => ({
      name: say(`round.${round}`),
      look: dotLook('survey', round === 'baseline' ? 'before' : 'now'),
      values: rows.map((row) => figuresOf(row, round)?.median ?? null),
      labels: rows.map((row) => {
        const figures = figuresOf(row, round);
        return figures === null ? null : score(figures.median, language);
      }),
      absent: rows.map((row) => (figuresOf(row, round) === null ? say('few') : null)),
      intervals: rows.map((row) => {
        const figures = figuresOf(row, round);
        return figures === null ? null : ([figures.low, figures.high] as const);
      }),
    })),
  });
}

function spreadTable(rows: readonly SpreadRow[], words: Words): Table {
  const { say, language } = words;
  const columns = (['unitsColumn', 'median', 'middleHalf'] as const).map((key) => ({ text: say(key), numeric: true }));
  return {
    caption: say('spreadTable'),
    spans: [{ text: '', columns: 1 }, ...spreadRounds.map((round) => ({ text: say(`round.${round}`), columns: 3 }))],
    columns: [{ text: say('area'), numeric: false }, ...spreadRounds.flatMap(() => columns)],
    rows: rows.map((row) => ({
      heading: nameOf(row, words),
      ...(row.code === 'index' ? { kind: 'total' as const } : {}),
      cells: spreadRounds.flatMap((round): Cell[] => {
        const { units, figures } = row.rounds[round];
        if (figures === null) return [count(units, language), absentCell(say('few'), false), absentCell('–', false)];
        const { low, high } = range(figures, language);
        return [
          count(units, language),
          numberCell(score(figures.median, language), figures.median),
          { ...textCell(`${low}–${high}`), numeric: true },
        ];
      }),
    })),
    notes: [],
  };
}

function nameOf({ name }: SpreadRow, { say, text }: Words): string {
  return name === null ? say('index') : text(name);
}

function range({ low, high }: { readonly low: number; readonly high: number }, language: Language) {
  return { low: score(low, language), high: score(high, language) };
}

function score(value: number, language: Language): string {
  return formatNumber(value, language, 1);
}

function count(value: number, language: Language): Cell {
  return numberCell(formatNumber(value, language, 0), value);
}
