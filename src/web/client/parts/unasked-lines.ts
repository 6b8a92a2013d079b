import type { Answer } from '../../../definitions/answers';
import { followFlow } from '../../../definitions/flow';
import type { PageRules } from '../../../definitions/page-rules';
import { readKeys } from '../../forms/read-keys';
import { rawFormOf } from './form-fields';

/** What the lines of a typed form tell of each other. */
export interface Unasked {
  /** Whether the line of this field is not asked of whoever filled in the paper. */
  readonly isUnasked: (field: HTMLElement) => boolean;
  /** After something was typed: marks such lines, and takes them out of the way of the Tab key. */
  readonly look: () => void;
}

/** By the server's own evaluator and reading of keys; its result alone counts. */
export function skipUnasked(form: HTMLFormElement, fields: readonly HTMLElement[]): Unasked {
  const block = document.getElementById('page-rules');
  const rules = block?.textContent ? (JSON.parse(block.textContent) as PageRules) : null;
  const unasked = new Set<HTMLElement>();

  function look(): void {
    if (rules === null) return;
    const { instrument, context, questions } = rules;
    const here = instrument.questions.filter(({ code }) => questions.includes(code));
    const raw = rawFormOf(form);
    const answers: Record<string, Answer> = {};
    for (const question of here) {
      const read = readKeys(instrument, question, raw);
      if (!('answers' in read)) continue;
      for (const [code, answer] of Object.entries(read.answers)) if (answer !== null) answers[code] = answer;
    }
    const { visible } = followFlow(instrument, context, answers);
    for (const field of fields) {
      const code = field.closest<HTMLElement>('[data-code]')?.dataset['code'] ?? '';
      mark(field, questions.includes(code) && !visible.has(code));
    }
  }

  function mark(field: HTMLElement, skipped: boolean): void {
    if (unasked.has(field) === skipped) return;
    if (skipped) unasked.add(field);
    else unasked.delete(field);
    field.tabIndex = skipped ? -1 : 0;
    const status = document.getElementById(`${field.id}-status`);
    const words = form.dataset['skipped'] ?? '';
    // Said once, not again at the words of its other choice.
    if (status && field.dataset['words'] === undefined) status.textContent = skipped ? words : '';
    field.closest('[data-code]')?.classList.toggle('lijw-typing__line--skipped', skipped);
  }

  look();
  return { isUnasked: (field) => unasked.has(field), look };
}
