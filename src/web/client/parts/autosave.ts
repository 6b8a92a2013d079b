/** How long to wait after the last keystroke, and between tries while there is no connection; milliseconds. */
const pause = 800;
const retryAfter = [2_000, 5_000, 10_000, 20_000];

/**
 * Saves the page as it is filled in. Where the connection drops, everything stays in the page and is tried again; it is
 * kept nowhere else, since the computer may be shared.
 */
export function saveAsYouGo(form: HTMLFormElement): void {
  const address = form.dataset['save'];
  const status = form.querySelector<HTMLElement>('[data-save-status]');
  if (address === undefined || !status) return;
  let saved = contentOf(form);
  let waiting: number | undefined;
  let underWay: Promise<void> | null = null;
  let failures = 0;
  let ended = false;
  let leaving = false;

  const say = (message: string | undefined, problem = false): void => {
    if (status.textContent !== message) status.textContent = message ?? '';
    status.classList.toggle('lijw-status--problem', problem);
  };
  const later = (time: number): void => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(start, time);
  };
  const start = (): void => {
    window.clearTimeout(waiting);
    if (underWay || ended || leaving) return;
    const content = contentOf(form);
    if (content === saved) return;
    underWay = save(content).finally(() => {
      underWay = null;
      if (!ended && contentOf(form) !== saved) later(failures > 0 ? (retryAfter[failures - 1] ?? 20_000) : pause);
    });
  };
  const save = async (content: string): Promise<void> => {
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: content,
        redirect: 'error',
      });
      if (response.status === 409 || response.status === 410) {
        ended = true;
        say(form.dataset['ended'], true);
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      saved = content;
      failures = 0;
      say(form.dataset['saved']);
    } catch {
      failures = Math.min(failures + 1, retryAfter.length);
      say(form.dataset['offline'], true);
    }
  };

  form.addEventListener('input', () => later(pause));
  form.addEventListener('change', () => later(pause));
  window.addEventListener('online', start);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') start();
  });

  form.addEventListener('submit', (event) => {
    window.clearTimeout(waiting);
    if (!navigator.onLine) {
      // Sending the form now would replace the page, and all that is typed in it, by the browser's error page.
      event.preventDefault();
      failures = Math.max(failures, 1);
      say(form.dataset['offline'], true);
      status.scrollIntoView({ block: 'nearest' });
      later(retryAfter[0] ?? 2_000);
      return;
    }
    leaving = true;
    if (!underWay) return;
    // An older save must not arrive behind the page itself.
    event.preventDefault();
    const { submitter } = event;
    void underWay.then(() => form.requestSubmit(submitter));
  });
  window.addEventListener('pageshow', () => (leaving = false));
}

function contentOf(form: HTMLFormElement): string {
  const fields = [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : '']);
  return new URLSearchParams(fields).toString();
}
