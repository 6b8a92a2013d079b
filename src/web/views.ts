import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Express } from 'express';
import handlebars from 'handlebars';
import { viewHelpers } from '../locales/view-helpers';
import { chartSvg } from '../reports/draw/chart-svg';
import { assetAddresses, projectRoot } from './assets';

type View = (model: object) => string;

const folder = join(projectRoot, 'views');
const ending = '.hbs';

/**
 * Handlebars over `views/`: layouts, partials (components and question types), pages in the folders of src/web/routes.
 * In production each is read and compiled once, otherwise anew for every page, so that a change shows at once.
 */
export function useViews(app: Express, production: boolean): void {
  const once = production ? pageViews() : null;
  app.engine('hbs', (path, model, done) => {
    try {
      const { layout, view } = once ?? pageViews();
      done(null, layout({ ...model, body: view(path)(model) }));
    } catch (error) {
      done(error);
    }
  });
  app.set('view engine', 'hbs');
  app.set('views', folder);
  app.set('view cache', production);
}

function pageViews(): { readonly layout: View; readonly view: (path: string) => View } {
  const asset = assetAddresses();
  const own = handlebars.create();
  const htmlOf = new WeakMap<object, string>();
  const helpers = {
    ...viewHelpers(),
    chartSvg,
    asset: (name: string) => asset(name),
    /** {{{keep "questions/question" this}}}: a partial whose HTML is kept as long as the object that it shows. */
    keep(partial: string, shown: object, options: handlebars.HelperOptions): string {
      const data = options.data as object;
      const html = htmlOf.get(shown) ?? (own.partials[partial] as handlebars.TemplateDelegate)(shown, { data });
      htmlOf.set(shown, html);
      return html;
    },
  };
  // A partial sees what it is given and nothing else: a page's `hint` must not turn up in every field. And a partial is
  // not indented: that would change what somebody typed into a text of several lines. Helpers are known when a view is
  // compiled, so that no page looks for them by name.
  const options = {
    explicitPartialContext: true,
    preventIndent: true,
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
    knownHelpersOnly: true,
  };
  own.registerHelper(helpers);
  const compiled = (path: string): View => own.compile(readFileSync(path, 'utf8'), options);
  const partials = join(folder, 'partials');
  for (const file of readdirSync(partials, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith(ending)) {
      own.registerPartial(file.slice(0, -ending.length).replaceAll('\\', '/'), compiled(join(partials, file)));
    }
  }
  const views = new Map<string, View>();
  const view = (path: string): View => {
    const kept = views.get(path) ?? compiled(path);
    views.set(path, kept);
    return kept;
  };
  return { layout: compiled(join(folder, 'layouts', `page${ending}`)), view };
}
