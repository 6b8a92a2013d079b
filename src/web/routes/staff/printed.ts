import { Failure } from '../../../shared/errors';
import { file, page, type Outcome } from '../../outcome';
import type { Staff } from './signed-in';

/** A PDF made in this request and kept nowhere, or the page that says why there is none. */
export async function printedFile(
  { services, t }: Staff,
  { name, back }: { readonly name: string; readonly back: string },
  make: (print: (html: string) => Promise<Buffer>) => Promise<Buffer>,
): Promise<Outcome> {
  const link = { href: back, text: t('common:back') };
  const broken = (title: string, text: string) => page('errors/message', { title, text, link }, 503);
  if (!(await services.pdf.available()).ok) return broken(t('staff:printed.off'), t('staff:printed.offText'));
  try {
    return file(name, 'application/pdf', await make((html) => services.pdf.print(html)));
  } catch (error) {
    if (!(error instanceof Failure) || !error.code.startsWith('pdf-')) throw error;
    return broken(t('staff:printed.broken'), t('staff:printed.brokenText'));
  }
}
