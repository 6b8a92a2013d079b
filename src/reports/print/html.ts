import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { viewHelpers } from '../../locales/view-helpers';
import { chartSvg } from '../draw/chart-svg';
import type { Language } from '../../locales/translate';
import type { Logo } from '../../shared/logo';
import type { ReportModel } from '../model';
import type { ProgrammeModel } from '../programme-report/model';
import { sectionsFor } from '../section';
import { fitScript } from './fit-script';
import { fontFaces } from './font-faces';
import { projectRoot } from '../../shared/project-root';
import { viewFolder, type View, type ViewFolder } from '../../shared/view-folder';
import { cssText } from './css-text';

export const reportKinds = ['summary', 'full'] as const;
/** `summary`: two pages; `full`: everything. */
export type ReportKind = (typeof reportKinds)[number];

/** Anchor and title of every entry of the contents, in order. */
export function contentsOf(model: ReportModel): readonly { readonly id: string; readonly title: string }[] {
  const sections = sectionsFor(model.sections, 'print');
  return [{ id: 'summary', title: model.summary.title }, ...sections.map(({ id, title }) => ({ id, title }))];
}

/**
 * The report as one page of HTML that carries all it needs.
 *
 * @param logos of the partners, for the cover
 */
export function reportHtml(model: ReportModel, kind: ReportKind, logos: readonly Logo[] = []): string {
  const { language } = model;
  const body = viewAt(kind)({
    language,
    print: true,
    logos,
    model: { ...model, sections: sectionsFor(model.sections, 'print') },
    two: model.rounds.length > 1,
    longUnit: model.unit.length > 40,
    contents: contentsOf(model),
  });
  return framed({
    ...{ language, kind, body },
    script: kind === 'summary' ? fitScript : null,
    title: kind === 'full' ? model.title : `${model.summaryHeading} – ${model.unit}`,
    running: model.unit,
    foot: `${model.made} · ${model.version}`,
  });
}

/** The report of a programme as one page of HTML that carries all it needs. */
export function programmeHtml(model: ProgrammeModel): string {
  const { language, title, name, made } = model;
  const body = viewAt('programme')({ language, print: true, model });
  return framed({ language, kind: 'programme', body, script: null, title, running: name, foot: made });
}

/** @param running text at the head of every page, `foot` at its foot */
function framed(given: {
  readonly language: Language;
  readonly kind: string;
  readonly body: string;
  readonly script: string | null;
  readonly title: string;
  readonly running: string;
  readonly foot: string;
}): string {
  const { running, foot, ...others } = given;
  return viewAt('frame')({
    ...others,
    css: readFileSync(join(folder, 'print.css'), 'utf8'),
    fontFaces: fontFaces(),
    runningLeft: cssText(running),
    runningRight: cssText('LIJW'),
    footLeft: cssText(foot),
  });
}

const folder = join(projectRoot, 'views', 'report');

let compiled: ViewFolder | null = null;

function viewAt(name: string): View {
  compiled ??= viewFolder(join(projectRoot, 'views'), 'report', { ...viewHelpers(), chartSvg });
  return compiled.at(join(folder, `${name}.hbs`));
}
