import { saveAsYouGo } from './parts/autosave';
import { choicesThatExclude, otherWords, takeBack } from './parts/choice-fields';
import { showWhatIsAsked } from './parts/conditions';
import { countCharacters } from './parts/length';

/** What JavaScript adds to a page of questions; the page is complete without it. */
const form = document.querySelector<HTMLFormElement>('#page-form');
if (form) {
  showWhatIsAsked(form);
  choicesThatExclude(form);
  otherWords(form);
  takeBack(form);
  countCharacters(form);
  saveAsYouGo(form);
}
