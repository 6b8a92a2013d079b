import { followFlow } from '../../../definitions/flow';
import type { PageRules } from '../../../definitions/page-rules';
import { readAnswers } from '../../forms/read-answers';
import { rawFormOf } from './form-fields';

/** Shows and hides questions at once, by the server's own evaluator and reading of forms; its result alone counts. */
export function showWhatIsAsked(form: HTMLFormElement): void {
  const block = document.getElementById('page-rules');
  if (!block?.textContent) return;
  const { instrument, context, answers, questions } = JSON.parse(block.textContent) as PageRules;
  const here = instrument.questions.filter(({ code }) => questions.includes(code));
  const shown = form.elements.namedItem('shown');

  const update = (): void => {
    const read = readAnswers(instrument, here, rawFormOf(form)).answers;
    const given = Object.entries(read).filter(
      (entry): entry is [string, NonNullable<(typeof entry)[1]>] => entry[1] !== null,
    );
    const { visible } = followFlow(instrument, context, { ...answers, ...Object.fromEntries(given) });
    for (const question of form.querySelectorAll<HTMLElement>('[data-question]')) {
      question.hidden = !visible.has(question.dataset['question'] ?? '');
    }
    for (const section of form.querySelectorAll<HTMLElement>('[data-section]')) {
      section.hidden = section.querySelector('[data-question]:not([hidden])') === null;
    }
    if (shown instanceof HTMLInputElement) shown.value = questions.filter((code) => visible.has(code)).join(',');
  };
  form.addEventListener('change', update);
  form.addEventListener('input', update);
  // A browser that goes back may have filled the fields in again.
  update();
}
