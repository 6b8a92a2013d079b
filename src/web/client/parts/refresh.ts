/** How often what is under way is looked at again, in milliseconds. */
const every = 5000;

/** Keeps what is marked with `data-refresh="yes"` up to date, for as long as the server marks it. */
export function refreshWhatRuns(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-refresh="yes"]')) void later(box);
}

async function later(box: HTMLElement): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, every));
  // What somebody has in hand is not taken away from them.
  const busy = document.hidden || box.contains(document.activeElement);
  const now = busy ? box : await newest(box);
  if (now.dataset['refresh'] === 'yes') void later(now);
  else if (now !== box) location.reload();
}

/** The same part of the page as it is now, put in the place of the old one. */
async function newest(box: HTMLElement): Promise<HTMLElement> {
  try {
    const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!response.ok) return box;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.getElementById(box.id);
    if (fresh === null) return box;
    box.replaceWith(fresh);
    return fresh;
  } catch {
    return box;
  }
}
