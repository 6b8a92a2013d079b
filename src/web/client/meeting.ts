import { runAreaForm } from './meeting/area-form';
import { useKeys } from './meeting/keys';
import { sendOtherAreas } from './meeting/other-areas';

/** What JavaScript adds to the pages of a meeting; they are complete without it. */
const form = document.querySelector<HTMLFormElement>('#area-form');
for (const plain of document.querySelectorAll<HTMLElement>('[data-plain]')) plain.hidden = true;
for (const scripted of document.querySelectorAll<HTMLElement>('[data-scripted]')) scripted.hidden = false;

if (form) {
  const { score, isAway } = runAreaForm(form);
  useKeys(score, () => form.dispatchEvent(new Event('input')));
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-way], .lijw-strip a')) {
    link.addEventListener('click', (event) => {
      // The browser's error page would take the place of the meeting; the text is kept, but nobody could go on.
      if (isAway()) event.preventDefault();
    });
  }
} else {
  const { keptAs } = document.querySelector<HTMLElement>('[data-kept-as]')?.dataset ?? {};
  if (keptAs !== undefined) void sendOtherAreas(keptAs, null);
}
