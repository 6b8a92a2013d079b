import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import handlebars from 'handlebars';
import type { Language } from '../locales/translate';
import { viewHelpers } from '../locales/view-helpers';
import { fontFaces } from '../reports/print/font-faces';
import { projectRoot } from '../reports/print/project-root';

/** What is handed out on paper; each has a view and a style sheet in `views/handouts`. */
export type HandoutKind = 'paper' | 'cards' | 'poster';

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
  const { frame, views } = templates();
  return frame({
    ...{ language, kind, title },
    fontFaces: fontFaces(),
    css: [sheetOf('handouts'), sheetOf(kind), css].join('\n'),
    body: views[kind]({ language, ...model }),
  });
}

/** A text as CSS string inside a `<style>` element. */
export function cssText(text: string): string {
  return `"${text.replace(/["\\<>&\n\r]/g, (sign) => `\\${sign.codePointAt(0)?.toString(16) ?? ''} `)}"`;
}

const folder = join(projectRoot, 'views', 'handouts');
const sheetOf = (name: string): string => readFileSync(join(folder, `${name}.css`), 'utf8');

type Template = (model: object) => string;
let compiled: { readonly frame: Template; readonly views: Readonly<Record<HandoutKind, Template>> } | null = null;

function templates() {
  if (compiled) return compiled;
  const own = handlebars.create();
  own.registerHelper(viewHelpers() as Record<string, Handlebars.HelperDelegate>);
  const partials = join(projectRoot, 'views', 'partials', 'handouts');
  for (const file of readdirSync(partials)) {
    own.registerPartial(`handouts/${basename(file, '.hbs')}`, readFileSync(join(partials, file), 'utf8'));
  }
  // As in the web: a partial sees only what it is given, and what people typed is not indented.
  const options = { explicitPartialContext: true, preventIndent: true };
  const compile = (name: string): Template => own.compile(readFileSync(join(folder, `${name}.hbs`), 'utf8'), options);
  compiled = {
    frame: compile('frame'),
    views: { paper: compile('paper'), cards: compile('cards'), poster: compile('poster') },
  };
  return compiled;
}
