import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { hashOf } from '../definitions/hash';
import type { Language } from '../locales/translate';
import { codebook, editionCsv, editionXlsx } from '../reports/files';
import { reportKinds } from '../reports/print/html';
import type { EditionFiles } from './edition-files';
import type { Editions, OpenedEdition } from './editions';
import type { FileAnswer, Jobs } from './jobs/jobs';
import type { Maker } from './jobs/worker';

export const editionsArchive = 'editions-archive';
/** Archives hold files of several editions, so withdrawing any removes them all; they are soon made again. */
export const archiveGroup = 'archives';
/** Most editions in one archive. */
export const mostInArchive = 200;

interface ArchiveRequest {
  readonly editions: readonly string[];
  readonly language: Language;
}

/** The job of an archive of these editions, whatever order they are named in. */
export function archiveKey({ editions, language }: ArchiveRequest): string {
  return `${language}-${hashOf(editions.toSorted())}`;
}

const idOf = (key: string): string => `archive/${key}`;

/** An archive of PDFs, figures and documents, or how far it is. */
export function requestArchive(jobs: Jobs, input: ArchiveRequest): Promise<FileAnswer> {
  return jobs.request({
    id: idOf(archiveKey(input)),
    ...{ kind: editionsArchive, group: archiveGroup, rank: 0, input },
  });
}

/** null where nobody has asked for it, or it was removed. */
export function archiveOf(jobs: Jobs, key: string): Promise<FileAnswer | null> {
  return jobs.answerOf(idOf(key));
}

/** Waits for the PDFs of its editions, which are jobs of their own; what cannot be made is named in it and left out. */
export function editionsArchiveMaker(deps: {
  readonly editions: Pick<Editions, 'byId' | 'open'>;
  readonly editionFiles: Pick<EditionFiles, 'requestFile'>;
}): Maker {
  return {
    timeLimit: 30 * 60_000,
    keepDays: 7,
    async make(given, { progress, signal }) {
      const { editions: ids, language } = given as ArchiveRequest;
      const opened: OpenedEdition[] = [];
      for (const id of ids) {
        const about = await deps.editions.byId(id);
        const one = about === null ? null : await deps.editions.open(about);
        if (one !== null) opened.push(one);
      }
      if (opened.length === 0) return { outcome: 'gone' };
      const files: { readonly name: string; readonly answer: FileAnswer; readonly day: string }[] = [];
      for (const one of opened) {
        for (const kind of reportKinds) {
          const answer = await deps.editionFiles.requestFile(one.about.id, language, kind);
          files.push({ name: `${folderOf(one)}/${kind}.pdf`, answer, day: one.about.publishedOn });
        }
      }
      const settled = files.filter(({ answer: { state } }) => state === 'ready' || state === 'failed');
      await progress(settled.length, files.length);
      if (settled.length < files.length) return { outcome: 'not-yet' };
      const reports: ReportFiles[] = [];
      for (const one of opened) {
        reports.push(await dataOf(one, language));
        await progress(settled.length, files.length);
      }
      return { outcome: 'made', type: 'application/zip', content: archive(reports, files, signal) };
    },
  };
}

function folderOf({ about: { unit, report, number } }: OpenedEdition): string {
  return `${unit}-${report}-${number}`;
}

/** What is made of an edition's document at once. */
interface ReportFiles {
  readonly folder: string;
  readonly day: string;
  readonly data: readonly (readonly [name: string, bytes: Buffer])[];
}

async function dataOf(one: OpenedEdition, language: Language): Promise<ReportFiles> {
  const { edition, text, about } = one;
  return {
    folder: folderOf(one),
    day: about.publishedOn,
    data: [
      ['report.xlsx', await editionXlsx(edition, language)],
      ['figures.csv', Buffer.from(editionCsv(edition, language))],
      ['codes.csv', Buffer.from(codebook(edition, language))],
      ['edition.json', Buffer.from(text)],
    ],
  };
}

/** The same editions make the same bytes: every file has the day on which it was published. */
function archive(
  reports: readonly ReportFiles[],
  files: readonly { readonly name: string; readonly answer: FileAnswer; readonly day: string }[],
  signal: AbortSignal,
): AsyncIterable<Buffer> {
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  zip.on('error', (error: Error) => output.destroy(error));
  signal.addEventListener('abort', () => output.destroy(signal.reason as Error), { once: true });
  const dated = (day: string) => ({ mtime: new Date(`${day}T12:00:00Z`), forceDosTimestamp: true });
  for (const { folder, day, data } of reports) {
    for (const [name, bytes] of data) zip.addBuffer(bytes, `${folder}/${name}`, dated(day));
  }
  const missing = files.filter(({ answer }) => answer.state !== 'ready');
  for (const { name, answer, day } of files) {
    if (answer.state !== 'ready') continue;
    // PDFs are compressed already; each is read when its turn comes, so that no archive lies in memory.
    zip.addReadStreamLazy(name, { ...dated(day), compress: false }, (give) =>
      give(null, Readable.from(answer.bytes())),
    );
  }
  if (missing.length > 0) {
    const lines = missing.map(({ name }) => `${name}\r\n`).join('');
    zip.addBuffer(Buffer.from(lines), 'missing.txt', dated(files[0]?.day ?? '2000-01-01'));
  }
  zip.end();
  return output;
}
