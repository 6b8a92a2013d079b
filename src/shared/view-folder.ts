import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import handlebars from 'handlebars';

/** A compiled view: the page or part that it makes of a model. */
export type View = (model: object) => string;

type Helpers = Readonly<Record<string, (...all: never[]) => unknown>>;

const ending = '.hbs';

export interface ViewFolder {
  /** The view of a file. */
  at(path: string): View;
  /** The view of a page within a layout, which shows it by `{{> (lookup . "pageView") this}}`. */
  within(layout: string, path: string): View;
  /** A partial by itself, with the data of the render that it is part of. */
  partial(name: string, model: object, data: object): string;
}

/**
 * The views of a folder, each compiled when it is first asked for, and kept.
 *
 * A partial sees what it is given and nothing else: a page's `hint` must not turn up in every field. And a partial is
 * not indented: that would change what somebody typed into a text of several lines. Helpers are known when a view is
 * compiled, so that no page looks for them by name.
 *
 * @param partials which partials of `folder/partials`: those below this path; all where it is empty
 */
export function viewFolder(folder: string, partials: string, helpers: Helpers): ViewFolder {
  const options = {
    explicitPartialContext: true,
    preventIndent: true,
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
    knownHelpersOnly: true,
  };
  const own = handlebars.create();
  own.registerHelper(helpers as unknown as Record<string, Handlebars.HelperDelegate>);
  const compiled = (path: string): View => own.compile(readFileSync(path, 'utf8'), options);
  for (const file of readdirSync(join(folder, 'partials', partials), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith(ending)) continue;
    const name = join(partials, file.slice(0, -ending.length)).replaceAll('\\', '/');
    own.registerPartial(name, compiled(join(folder, 'partials', partials, file)));
  }
  const views = new Map<string, View>();
  return {
    at(path) {
      const view = views.get(path) ?? compiled(path);
      views.set(path, view);
      return view;
    },
    within(layout, path) {
      own.partials[path] ??= compiled(path);
      const outer = this.at(layout);
      // As one render: for each of its own the helpers would be made ready anew.
      return (model) => outer({ ...model, pageView: path });
    },
    partial: (name, model, data) => (own.partials[name] as handlebars.TemplateDelegate)(model, { data }),
  };
}
