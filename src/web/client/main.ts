import { guideToErrors } from './parts/errors';

guideToErrors();

// A page that the browser has kept alive would show answers that were sent or removed meanwhile.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted && location.pathname.startsWith('/survey/')) location.reload();
});
