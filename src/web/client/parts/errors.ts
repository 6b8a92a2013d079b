/**
 * Brings keyboard and reader to what has to be mended or was left out: the summary takes the focus, and its links put
 * it into the field with the whole question in view.
 */
export function guideToErrors(): void {
  const summary = document.querySelector<HTMLElement>('[data-error-summary], [data-notice]');
  summary?.focus();
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-error-summary] a, [data-notice] a')) {
    link.addEventListener('click', (event) => {
      if (focusField(link.hash)) event.preventDefault();
    });
  }
  // „Zmień” on the check page leads to a field as well; without this the focus would stay at the top.
  if (!summary && location.hash) focusField(location.hash);
}

function focusField(hash: string): boolean {
  const field = document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!(
    field instanceof HTMLInputElement ||
    field instanceof HTMLSelectElement ||
    field instanceof HTMLTextAreaElement
  )) {
    return false;
  }
  const group = field.closest('fieldset') ?? field;
  const label = group === field ? document.querySelector(`label[for="${CSS.escape(field.id)}"]`) : group;
  (label ?? field).scrollIntoView();
  field.focus({ preventScroll: true });
  return true;
}
