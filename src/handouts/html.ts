import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../locales/translate';
import { viewHelpers } from '../locales/view-helpers';
import { fontFaces } from '../reports/print/font-faces';
import { projectRoot } from '../shared/project-root';
import { viewFolder, type View, type ViewFolder } from '../shared/view-folder';

/** What is handed out on paper; each has a view and a style sheet in `views/handouts`. */
export type HandoutKind = 'paper' | 'cards' | 'poster' | 'minutes';

export interface Handout {
  readonly kind: HandoutKind;
  readonly language: Language;
  /** Becomes the document's title. */
  readonly title: string;
  /** What the view reads. */
  readonly model: object;
  /** Further rules of this one document, such as the running lines of its pages. */
  readonly css?: string;
}

/** A handout as one page of HTML that carries all it needs, for the printer. */
export function handoutHtml({ kind, language, title, model, css = '' }: Handout): string {
  return viewAt('frame')({
    ...{ language, kind, title },
    fontFaces: fontFaces(),
    css: [sheetOf('handouts'), sheetOf(kind), css].join('\n'),
    body: viewAt(kind)({ language, ...model }),
  });
}

const folder = join(projectRoot, 'views', 'handouts');
const sheetOf = (name: string): string => readFileSync(join(folder, `${name}.css`), 'utf8');

let compiled: ViewFolder | null = null;

function viewAt(name: string): View {
  compiled ??= viewFolder(join(projectRoot, 'views'), 'handouts', viewHelpers());
  return compiled.at(join(folder, `${name}.hbs`));
}
