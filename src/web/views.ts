import { join } from 'node:path';
import type { Express } from 'express';
import type { HelperOptions } from 'handlebars';
import { isAction, type Action } from '../accounts/rights';
import { viewHelpers } from '../locales/view-helpers';
import { chartSvg } from '../reports/draw/chart-svg';
import { projectRoot } from '../shared/project-root';
import { remembered } from '../shared/remember';
import { viewFolder, type ViewFolder } from '../shared/view-folder';
import { assetAddresses } from './assets';
import type { Staff } from './routes/staff/signed-in';

/** Ways of showing the parts of the layout that are the same for many pages. */
const mostSame = 200;

const folder = join(projectRoot, 'views');

/** For all applications of this process. */
let kept: ViewFolder | null = null;

/**
 * Handlebars over `views/`: layouts, partials (components and question types), pages in the folders of src/web/routes.
 *
 * @param keep whether each is read and compiled once; otherwise anew for every page, so that a change shows at once
 */
export function useViews(app: Express, keep: boolean): void {
  app.engine('hbs', (path, model, done) => {
    try {
      const views = keep ? (kept ??= pageViews()) : pageViews();
      done(null, views.within(join(folder, 'layouts', 'page.hbs'), path)(model));
    } catch (error) {
      done(error);
    }
  });
  app.set('view engine', 'hbs');
  app.set('views', folder);
  app.set('view cache', keep);
}

/** What the table of rights says of the person whose page it is (`staffModel`). */
function rightsOf(options: HelperOptions): Pick<Staff, 'may' | 'mayAny'> {
  const { rights } = (options.data as { readonly root: { readonly rights?: Pick<Staff, 'may' | 'mayAny'> } }).root;
  if (rights === undefined) throw new TypeError('Only pages of the staff know what somebody may do.');
  return rights;
}

function actionNamed(name: string): Action {
  if (!isAction(name)) throw new TypeError(`There is no action "${name}" in the table of rights.`);
  return name;
}

function pageViews(): ViewFolder {
  const asset = assetAddresses();
  const htmlOf = new WeakMap<object, string>();
  const same = remembered(
    (partial: string, model: object): string => views.partial(partial, model, { root: model }),
    (partial, model) => `${partial} ${JSON.stringify(model)}`,
    mostSame,
  );
  const views: ViewFolder = viewFolder(folder, '', {
    ...viewHelpers(),
    chartSvg,
    asset: (name: string) => asset(name),
    /** {{#if (may "rounds.open")}}: for the unit of the page's address, or {{#if (may "rounds.open" unitId)}}. */
    may: (action: string, ...rest: readonly unknown[]) => {
      const options = rest.at(-1) as HelperOptions;
      return rightsOf(options).may(actionNamed(action), ...(rest.slice(0, -1) as [unitId?: string]));
    },
    /** {{#if (mayAny "events.edit")}} */
    mayAny: (action: string, options: HelperOptions) => rightsOf(options).mayAny(actionNamed(action)),
    /**
     * {{{same "layout/footer" operator=operator}}}: a partial that is the same wherever its parameters are. It sees them
     * and the language alone, so that nothing of one person's page can be in another's.
     */
    same: (partial: string, { hash, data }: HelperOptions) => {
      const { language } = (data as { readonly root: { readonly language?: unknown } }).root;
      return same(partial, { ...(hash as object), language });
    },
    /** {{{keep "questions/question" this}}}: a partial whose HTML is kept as long as the object that it shows. */
    keep(partial: string, shown: object, options: HelperOptions): string {
      const html = htmlOf.get(shown) ?? views.partial(partial, shown, options.data as object);
      htmlOf.set(shown, html);
      return html;
    },
  });
  return views;
}
