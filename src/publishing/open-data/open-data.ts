import { createHash } from 'node:crypto';
import { hashOf } from '../../definitions/hash';
import type { Installation } from '../../reports/edition/edition';
import { recommendationRecords } from '../../reports/records/recommendation-records';
import { changeRecords, figureRecords } from '../../reports/records/records';
import { reportInput } from '../../reports/report-input';
import type { Editions, OpenedEdition } from '../editions';
import { editionPath } from '../edition';
import { currentOf, type Shelved } from '../library';
import { csvOf, type Row } from './csv';
import { columns, type TableName } from './tables';

/** All published figures of the installation, as they are now. */
export interface OpenData {
  /** Names this state: it changes with every edition and every withdrawal. */
  readonly version: string;
  /** The day of the newest edition, `YYYY-MM-DD`; null where nothing is published. */
  readonly newest: string | null;
  readonly reports: number;
  readonly tables: Readonly<Record<TableName, string>>;
  readonly installation: Installation;
}

/**
 * The open data over the current editions of all reports. A round that stands in two reports (alone, and compared) is
 * taken once, from the edition that was published last, so that nobody counts it twice.
 */
export function createOpenData({
  editions,
  installation,
}: {
  readonly editions: Editions;
  readonly installation: Installation;
}) {
  let kept: { readonly version: string; readonly made: Promise<OpenData> } | null = null;

  async function make(version: string, shelved: readonly Shelved[]): Promise<OpenData> {
    const rows: Record<TableName, Row[]> = { reports: [], figures: [], changes: [], recommendations: [] };
    const seen = new Set<string>();
    const latestFirst = shelved.toSorted((a, b) => (a.publishedOn < b.publishedOn ? 1 : -1));
    for (const about of latestFirst) {
      // One at a time: requests of others come between.
      const opened = await editions.open(about);
      if (opened === null) continue;
      addTo(rows, opened, seen);
    }
    const order = (row: Row) => [row['unitCode'], row['report']].join(' ');
    const sorted = (table: TableName) =>
      rows[table].sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
    return {
      version,
      newest: latestFirst[0]?.publishedOn ?? null,
      reports: rows.reports.length,
      tables: {
        reports: csvOf(columns.reports, sorted('reports')),
        figures: csvOf(columns.figures, sorted('figures')),
        changes: csvOf(columns.changes, sorted('changes')),
        recommendations: csvOf(columns.recommendations, sorted('recommendations')),
      },
      installation,
    };
  }

  return {
    async current(): Promise<OpenData> {
      const shelved = currentOf(await editions.published());
      const version = createHash('sha256')
        .update(shelved.map(({ id, hash }) => `${id} ${hash}`).join('\n'))
        .digest('hex');
      // What was withdrawn is in no version that is still asked for. All who ask meanwhile wait for one making.
      if (kept?.version !== version) {
        const making = { version, made: make(version, shelved) };
        kept = making;
        making.made.catch(() => {
          if (kept === making) kept = null;
        });
      }
      return kept.made;
    },
  };
}

export type OpenDataService = ReturnType<typeof createOpenData>;

function addTo(rows: Record<TableName, Row[]>, { about, edition }: OpenedEdition, seen: Set<string>): void {
  const { unit, instrument, publication } = edition;
  const input = reportInput(edition);
  const report = { unitCode: unit.code, report: about.report, edition: about.number };
  rows.reports.push({
    ...report,
    ...{ unitName: unit.name, unitKind: unit.kind, powiat: unit.powiat || null, subregion: unit.subregion || null },
    ...{ publishedOn: edition.madeOn, kind: about.title.kind, instrument: `${instrument.id} ${instrument.version}` },
    ...{ form: input.form, k: input.k, scaleMin: instrument.scale.min, scaleMax: instrument.scale.max },
    ...{ hash: about.hash, path: editionPath(about), reason: publication.reason },
  });
  const taken = edition.rounds.filter((round) => {
    const key = `${unit.code} ${round.name} ${hashOf(round.released)}`;
    return !seen.has(key) && seen.add(key);
  });
  const names = taken.map(({ name }) => name);
  const figures = figureRecords(input).filter(({ round }) => names.includes(round));
  rows.figures.push(...figures.map((figure) => ({ ...report, ...figure })));
  // Those of a round that this report does not have are told by its follow-up alone.
  const told = edition.rounds.map(({ name }) => name);
  const recommended = recommendationRecords(input).filter(
    ({ round }) => names.includes(round) || !told.includes(round),
  );
  rows.recommendations.push(...recommended.map((one) => ({ ...report, ...one })));
  rows.changes.push(...changeRecords(input).map((change) => ({ ...report, ...change })));
}
