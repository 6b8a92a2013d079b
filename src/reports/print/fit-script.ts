/**
 * Runs in the page that is printed: makes every `.sheet` fit its page whatever texts it has. Letters get a little smaller
 * first, then the last entries of lists that may be cut go, always of the list that reaches lowest: `data-may-cut` says
 * how many stay, and an entry `data-rest` where the rest is. A text, since compilers add helpers to functions that a page
 * lacks.
 */
export const fitScript = `Promise.all([...document.fonts].map((font) => font.load())).then(() => {
  for (const sheet of document.querySelectorAll('.sheet')) {
    const overflows = () => sheet.scrollHeight > sheet.clientHeight;
    for (let size = 100; size >= 88 && overflows(); size -= 2) sheet.style.setProperty('--fit', String(size / 100));
    const restOf = (list) => list.querySelector('[data-rest]');
    const entriesOf = (list) => [...list.children].filter((item) => item !== restOf(list));
    const lowest = (list) => list.getBoundingClientRect().bottom;
    while (overflows()) {
      const [list] = [...sheet.querySelectorAll('[data-may-cut]')]
        .filter((one) => entriesOf(one).length > Number(one.dataset.mayCut))
        .sort((a, b) => lowest(b) - lowest(a));
      if (!list) break;
      entriesOf(list).at(-1).remove();
      if (restOf(list)) restOf(list).hidden = false;
    }
  }
  document.documentElement.dataset.ready = 'true';
});`;
