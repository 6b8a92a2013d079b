import { allKeys, forgetAll } from './meeting/kept-texts';
import { guideToErrors } from './parts/errors';

guideToErrors();

// A page that the browser has kept alive would show answers that were sent or removed meanwhile.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted && location.pathname.startsWith('/survey/')) location.reload();
});

// Who signs out leaves nothing of a meeting on this computer.
document.querySelector<HTMLFormElement>('form[action="/staff/sign-out"]')?.addEventListener('submit', (event) => {
  const { unsent } = (event.currentTarget as HTMLFormElement).dataset;
  if (allKeys().length > 0 && !window.confirm(unsent)) event.preventDefault();
  else forgetAll();
});
