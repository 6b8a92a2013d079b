import { join } from 'node:path';
import type { Express } from 'express';
import { engine } from 'express-handlebars';
import { viewHelpers } from '../locales/view-helpers';
import { chartSvg } from '../reports/draw/chart-svg';
import { assetAddresses, projectRoot } from './assets';

/** Handlebars over `views/`: layouts, partials (components and question types), pages in the folders of src/web/routes. */
export function useViews(app: Express, production: boolean): void {
  const views = join(projectRoot, 'views');
  const asset = assetAddresses();
  const render = engine({
    extname: '.hbs',
    defaultLayout: 'page',
    layoutsDir: join(views, 'layouts'),
    partialsDir: join(views, 'partials'),
    helpers: { ...viewHelpers(), chartSvg, asset: (name: string) => asset(name) },
    // A partial sees what it is given and nothing else: a page's `hint` must not turn up in every field. And
    // a partial is not indented: that would change what somebody typed into a text of several lines.
    compilerOptions: { explicitPartialContext: true, preventIndent: true },
  });
  app.engine('hbs', (path, options, done) => void render(path, options, done));
  app.set('view engine', 'hbs');
  app.set('views', views);
  app.set('view cache', production);
}
