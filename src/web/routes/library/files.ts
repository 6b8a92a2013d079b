import type { Request } from 'express';
import { codebook, editionCsv, editionXlsx } from '../../../reports/files';
import type { ReportKind } from '../../../reports/print/html';
import { reportInput } from '../../../reports/report-input';
import { translator, type Language } from '../../../locales/translate';
import { editionPath, type OpenedEdition } from '../../../publishing/services';
import { fileName, xlsxType } from '../../file-name';
import { languageOf } from '../../language';
import { file, redirect, validated, type Outcome } from '../../outcome';
import type { Services } from '../../services';
import { fileOrWait } from '../../waiting-file';
import { titleOf } from './card-view';

export interface Download {
  readonly href: string;
  readonly text: string;
  /** For a link that stands among those of other reports: what is behind it. */
  readonly kind: string;
}

type FileMaker = (request: Request, services: Services, opened: OpenedEdition) => Outcome | Promise<Outcome>;

/** Files of an edition by the last part of their address. */
export const editionFiles: Readonly<Record<string, FileMaker>> = {
  'summary.pdf': pdfFile('summary'),
  'full.pdf': pdfFile('full'),
  'report.xlsx': workbookFile,
  'figures.csv': figuresFile,
  'codes.csv': codesFile,
  'edition.json': documentFile,
};

/** What can be downloaded of an edition; PDFs only where they can be made. */
export function downloadsOf(path: string, language: Language, pdf: boolean): readonly Download[] {
  const t = translator(language);
  return Object.keys(editionFiles)
    .filter((name) => pdf || !name.endsWith('.pdf'))
    .map((name) => {
      const key = name.replace('.', '-');
      return { href: `${path}/${name}`, text: t(`library:files.${key}`), kind: t(`library:filesShort.${key}`) };
    });
}

function pdfFile(kind: ReportKind): FileMaker {
  return async (request, services, { about, edition }) => {
    const language = languageOf(request);
    const t = translator(language);
    const path = editionPath(about);
    // Whoever has kept the address of a PDF is told on the page why there is none.
    if (!(await services.pdf.available()).ok) return redirect(path);
    return fileOrWait(request, await services.editionFiles.requestFile(about.id, language, kind), {
      title: t(`library:files.${kind}-pdf`),
      name: fileName(reportInput(edition), t(`staff:results.file.${kind}`), 'pdf'),
      path: `${path}/${kind}.pdf`,
      back: { href: path, text: titleOf(about, language) },
    });
  };
}

function figuresFile(request: Request, _services: Services, { about, edition }: OpenedEdition): Outcome {
  const language = languageOf(request);
  const t = translator(language);
  const input = reportInput(edition);
  const name = fileName(input, t(`staff:results.file.${input.rounds.length > 1 ? 'comparison' : 'figures'}`), 'csv');
  return validated(file(name, 'text/csv; charset=utf-8', editionCsv(edition, language)), `${about.hash}-${language}`);
}

async function workbookFile(
  request: Request,
  _services: Services,
  { about, edition }: OpenedEdition,
): Promise<Outcome> {
  const language = languageOf(request);
  const name = fileName(reportInput(edition), translator(language)('staff:results.file.workbook'), 'xlsx');
  return validated(file(name, xlsxType, await editionXlsx(edition, language)), `${about.hash}-${language}`);
}

function codesFile(request: Request, _services: Services, { about, edition }: OpenedEdition): Outcome {
  const language = languageOf(request);
  const name = fileName(reportInput(edition), translator(language)('staff:results.file.codes'), 'csv');
  return validated(file(name, 'text/csv; charset=utf-8', codebook(edition, language)), `${about.hash}-${language}`);
}

/** The document itself: its SHA-256 is the content hash. */
function documentFile(_request: Request, _services: Services, { about, edition, text }: OpenedEdition): Outcome {
  const name = fileName(reportInput(edition), `${about.report} edition ${about.number}`, 'json');
  return validated(file(name, 'application/json; charset=utf-8', text), about.hash);
}
