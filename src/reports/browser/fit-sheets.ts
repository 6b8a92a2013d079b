/**
 * Makes every `.sheet` of a print fit its page whatever texts it has: letters a little smaller first, then the last
 * entries of lists that may be cut (`data-may-cut`), which say themselves where the rest is.
 */
export function fitSheets(): void {
  for (const sheet of document.querySelectorAll<HTMLElement>('.sheet')) {
    const overflows = () => sheet.scrollHeight > sheet.clientHeight;
    for (let size = 100; size >= 88 && overflows(); size -= 2) sheet.style.setProperty('--fit', `${size / 100}`);
    const list = sheet.querySelector<HTMLElement>('[data-may-cut]');
    const rest = list?.querySelector<HTMLElement>('[data-rest]');
    while (overflows() && list && rest) {
      const last = [...list.children].filter((item) => item !== rest).at(-1);
      if (!last) break;
      last.remove();
      rest.hidden = false;
    }
  }
}
