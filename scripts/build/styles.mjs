/** The style sheet of the pages. */
import { join } from 'node:path';

/**
 * The theme compiled, without the rules of govuk-frontend that no page uses: its sheets bring each component with all
 * variants. Our own rules all stay.
 *
 * @returns {Promise<string>} CSS
 */
export async function styleSheet(root) {
  const sass = await import('sass');
  const { PurgeCSS } = await import('purgecss');
  const options = { loadPaths: [join(root, 'node_modules')], quietDeps: true, style: 'compressed' };
  const { css } = sass.compile(join(root, 'src', 'web', 'theme', 'main.scss'), options);
  const [used] = await new PurgeCSS().purge({
    content: [join(root, 'views', '**', '*.hbs'), join(root, 'src', '**', '*.ts')],
    css: [{ raw: css }],
    safelist: { standard: [/^(?!govuk-)/] },
  });
  return used.css;
}
