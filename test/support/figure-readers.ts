import { parse } from 'csv-parse/sync';
import type { Edition } from '../../src/reports/edition/edition';
import type { FigureRecord } from '../../src/reports/records/records';
import type { Text } from '../../src/definitions/instrument';

/**
 * The means of an edition as somebody finds them in each of its forms, by `round place holder` (`survey`, `agreed`, `side ngo`, `group ngo`): null where the form says
 * that there is none. Readers know the forms only, and nothing of how they are made.
 */
export type Means = Readonly<Record<string, number | null>>;

const keyOf = (round: string, place: string, holder: string) => `${round} ${place} ${holder}`;
const round2 = (value: number) => Math.round(value * 100 + 1e-7) / 100;

/** Straight from the document: released figures, and agreed scores with their means. */
export function meansOfDocument({ instrument, rounds }: Edition): Means {
  const means: Record<string, number | null> = {};
  for (const { name, released, agreed } of rounds) {
    const { scorecard, groups, outOfScope } = released;
    const places = [
      ['index', scorecard.index] as const,
      ...Object.entries({ ...scorecard.planes, ...scorecard.areas }),
    ];
    const answering = groups.filter(({ hidden, respondents }) => hidden !== undefined || (respondents ?? 0) > 0);
    for (const [place, score] of places) {
      means[keyOf(name, place, 'survey')] = score.survey;
      for (const side of ['administration', 'ngo'] as const)
        means[keyOf(name, place, `side ${side}`)] = score.sides[side].mean;
      for (const { code } of answering) {
        const figure = score.groups[code];
        if (figure !== undefined) means[keyOf(name, place, `group ${code}`)] = 'hidden' in figure ? null : figure.mean;
      }
    }
    if (agreed === null) continue;
    const inScope = (codes: readonly string[]) =>
      codes.filter((code) => !outOfScope.includes(code) && agreed.scores[code] !== null);
    const mean = (codes: readonly string[], whole: boolean) => {
      const set = inScope(codes).flatMap((code) => agreed.scores[code] ?? []);
      const known = set.length > 0 && (!whole || set.length === inScope(codes).length);
      return known ? round2(set.reduce((sum, one) => sum + one, 0) / set.length) : null;
    };
    for (const plane of instrument.planes) {
      const codes = plane.areas.map(({ code }) => code);
      means[keyOf(name, plane.code, 'agreed')] = mean(codes, false);
      for (const code of codes) means[keyOf(name, code, 'agreed')] = agreed.scores[code] ?? null;
    }
    const all = instrument.planes.flatMap(({ areas }) => areas.map(({ code }) => code));
    means[keyOf(name, 'index', 'agreed')] = mean(all, true);
  }
  return means;
}

/** From the records of the interface, or of the open data as numbers. */
export function meansOfRecords(
  records: readonly Pick<FigureRecord, 'round' | 'place' | 'holder' | 'group' | 'mean'>[],
): Means {
  return Object.fromEntries(
    records.map(({ round, place, holder, group, mean }) => [keyOf(round, place, holderIn(holder, group ?? '')), mean]),
  );
}

function holderIn(holder: string, group: string): string {
  if (holder === 'group') return `group ${group}`;
  return ['administration', 'ngo'].includes(holder) ? `side ${holder}` : holder;
}

export function meansOfOpenData(csv: string): Means {
  const rows = parse<Record<string, string>>(csv, { columns: true });
  return Object.fromEntries(
    rows.map(({ round = '', place = '', holder = '', group = '', mean = '' }) => [
      keyOf(round, place, holderIn(holder, group)),
      mean === '' ? null : Number(mean),
    ]),
  );
}

/** Names of holders in Polish, as every form for people has them. */
function holdersOf({ instrument }: Edition): ReadonlyMap<string, string> {
  return new Map([
    ...instrument.groups.map(({ code, name }) => [plain(name), `group ${code}`] as const),
    ...([
      ['Ankieta łącznie', 'survey'],
      ['Ocena uzgodniona', 'agreed'],
    ] as const),
    ...([
      ['Administracja', 'side administration'],
      ['Organizacje', 'side ngo'],
    ] as const),
  ]);
}

/** From the table for Polish spreadsheets: rows of cells, the first one their headings. */
export function meansOfSheet(edition: Edition, rows: readonly (readonly unknown[])[]): Means {
  const [header = [], ...lines] = rows.map((row) =>
    row.map((cell) => (cell === null || cell === undefined ? '' : cell)),
  );
  const at = (name: string) => header.findIndex((heading) => words(heading).toLowerCase() === name);
  const columns = header.flatMap((heading, column) => (/^(.*: )?średnia$/i.test(words(heading)) ? [column] : []));
  const names = holdersOf(edition);
  const means: Record<string, number | null> = {};
  for (const line of lines) {
    const name = words(line[at('oceniający')]);
    const holder = names.get(name);
    if (holder === undefined) throw new Error(`Who is „${name}”?`);
    columns.forEach((column, index) => {
      const value = line[column];
      const mean =
        typeof value === 'number'
          ? value
          : /^\d+,?\d*$/.test(words(value))
            ? Number(words(value).replace(',', '.'))
            : null;
      means[keyOf(edition.rounds[index]!.name, words(line[at('kod')]), holder)] = mean;
    });
  }
  return means;
}

export function rowsOfPolishCsv(csv: string): string[][] {
  return parse(csv, { delimiter: ';', bom: true });
}

/** From the page: the tables of the annex, a table a place and a line a holder. */
export function meansOfPage(edition: Edition, html: string): Means {
  const annex = html.slice(html.indexOf('id="annex-figures"'));
  const names = holdersOf(edition);
  const means: Record<string, number | null> = {};
  for (const { code, caption } of placesOf(edition)) {
    const table = new RegExp(`<caption>${escaped(caption)}</caption>([\\s\\S]*?)</table>`).exec(annex)?.[1];
    if (table === undefined) throw new Error(`The annex has no table „${caption}”.`);
    for (const [, heading = '', cells = ''] of table.matchAll(/<th scope="row">([^<]*)<\/th>([\s\S]*?)<\/tr>/g)) {
      const holder = names.get(words(heading));
      if (holder === undefined) throw new Error(`Who is „${heading}”?`);
      const texts = [...cells.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text = '']) => words(text));
      edition.rounds.forEach(({ name }, index) => {
        means[keyOf(name, code, holder)] = numberIn(texts[4 * index] ?? '');
      });
    }
  }
  return means;
}

/** From the text of the full PDF: the tables of means, a table a round, a line a place and a column a holder. */
export function meansOfPdf(edition: Edition, text: string): Means {
  const means: Record<string, number | null> = {};
  const places = placesOf(edition);
  let rest = text.slice(text.lastIndexOf('Załącznik: oceny i zmiany w skrócie'));
  edition.rounds.forEach(({ name }, index) => {
    // Below the headings of the columns.
    rest = rest.slice(rest.indexOf(' Indeks ') + 1);
    places.forEach(({ code, short }, at) => {
      if (!rest.startsWith(short)) throw new Error(`Instead of „${short}” the PDF has „${rest.slice(0, 60)}”.`);
      const next = places[at + 1]?.short;
      const line = rest.slice(short.length, next === undefined ? undefined : rest.indexOf(` ${next} `));
      const cells = [
        ...line.matchAll(/(\d,\d\d)(?: \(\d+\))?|ukryto|brak [a-z ]+?(?= \d|$)|poza zakresem|nie ustalono|–/g),
      ];
      holdersShown(edition, index).forEach((holder, column) => {
        const mean = cells[column]?.[1];
        means[keyOf(name, code, holder)] = mean === undefined ? null : Number(mean.replace(',', '.'));
      });
      rest = next === undefined ? line : rest.slice(rest.indexOf(` ${next} `) + 1);
    });
  });
  return means;
}

function holdersShown({ instrument, rounds }: Edition, index: number): readonly string[] {
  const { released, agreed } = rounds[index]!;
  const groups = (side: string | null) =>
    instrument.groups.flatMap((group) => {
      const here = released.groups.find(({ code }) => code === group.code);
      const shown = here !== undefined && (here.hidden !== undefined || (here.respondents ?? 0) > 0);
      return group.side === side && shown ? [`group ${group.code}`] : [];
    });
  return [
    ...['survey', 'side administration', ...groups('administration')],
    ...['side ngo', ...groups('ngo'), ...groups(null)],
    ...(agreed === null ? [] : ['agreed']),
  ];
}

function placesOf({ instrument }: Edition) {
  const named = ({ code, name, shortName }: { code: string; name: Text; shortName: Text }) => ({
    ...{ code, caption: `${code}. ${plain(name)}`, short: `${code} ${plain(shortName)}` },
  });
  return [
    { code: 'index', caption: 'Indeks', short: 'Indeks' },
    ...instrument.planes.flatMap((plane) => [named(plane), ...plane.areas.map(named)]),
  ];
}

function numberIn(text: string): number | null {
  return /^\d+,\d+$/.test(text) ? Number(text.replace(',', '.')) : null;
}

const plain = ({ pl }: Text): string => words(pl);

function words(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&#x27;', "'")
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[\\s\\u00a0]+');
}
