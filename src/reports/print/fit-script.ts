/**
 * Runs in the page that is printed: makes every `.sheet` fit its page whatever texts it has. Letters get a little smaller
 * first, then the last entries of lists that may be cut (`data-may-cut`) go, which say themselves where the rest is. A
 * text, since compilers add helpers to functions that a page lacks.
 */
export const fitScript = `Promise.all([...document.fonts].map((font) => font.load())).then(() => {
  for (const sheet of document.querySelectorAll('.sheet')) {
    const overflows = () => sheet.scrollHeight > sheet.clientHeight;
    for (let size = 100; size >= 88 && overflows(); size -= 2) sheet.style.setProperty('--fit', String(size / 100));
    const list = sheet.querySelector('[data-may-cut]');
    const rest = list && list.querySelector('[data-rest]');
    while (overflows() && rest) {
      const last = [...list.children].filter((item) => item !== rest).at(-1);
      if (!last) break;
      last.remove();
      rest.hidden = false;
    }
  }
  document.documentElement.dataset.ready = 'true';
});`;
