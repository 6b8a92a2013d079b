/** The style sheets of the pages: `main.css` for all of them, `staff.css` beside it for those of the staff. */
import { join } from 'node:path';

/**
 * The theme compiled, without the rules of govuk-frontend that no page uses: its sheets bring each component with all
 * variants. Our own rules all stay.
 *
 * @returns {Promise<{ name: string, content: string }[]>}
 */
export async function styleSheets(root) {
  const sass = await import('sass');
  const { PurgeCSS } = await import('purgecss');
  const options = { loadPaths: [join(root, 'node_modules')], quietDeps: true, style: 'compressed' };
  const names = ['main', 'staff'];
  const used = await new PurgeCSS().purge({
    content: [join(root, 'views', '**', '*.hbs'), join(root, 'src', '**', '*.ts')],
    css: names.map((name) => ({ raw: sass.compile(join(root, 'src', 'web', 'theme', `${name}.scss`), options).css })),
    safelist: { standard: [/^(?!govuk-)/] },
  });
  return used.map(({ css }, at) => ({ name: `${names[at]}.css`, content: css }));
}
