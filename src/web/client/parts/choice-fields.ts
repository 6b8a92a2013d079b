/** Ticking "none of these" unticks the others, and the other way round. */
export function choicesThatExclude(form: HTMLFormElement): void {
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'checkbox' || !target.checked) return;
    const boxes = form.querySelectorAll<HTMLInputElement>(`input[type="checkbox"][name="${CSS.escape(target.name)}"]`);
    const alone = target.dataset['exclusive'] !== undefined;
    for (const box of boxes) {
      if (box !== target && (alone || box.dataset['exclusive'] !== undefined)) box.checked = false;
    }
  });
}

/** The field of an "other" choice shows, and is sent, while that choice is taken. */
export function otherWords(form: HTMLFormElement): void {
  const openers = [...form.querySelectorAll<HTMLInputElement>('[data-opens]')];
  const update = (): void => {
    for (const opener of openers) {
      const field = document.getElementById(opener.dataset['opens'] ?? '');
      const part = field?.closest<HTMLElement>('.lijw-other');
      if (part) part.hidden = !opener.checked;
      if (field instanceof HTMLInputElement) field.disabled = !opener.checked;
    }
  };
  form.addEventListener('change', update);
  update();
}

/** „Usuń odpowiedź” shows once there is an answer to remove, and removes it. */
export function takeBack(form: HTMLFormElement): void {
  const update = (): void => {
    for (const clear of form.querySelectorAll<HTMLElement>('[data-clear]')) {
      const own = clear.querySelector<HTMLInputElement>('input');
      const question = clear.closest('[data-question]');
      if (!own || !question) continue;
      clear.hidden = ![...question.querySelectorAll<HTMLInputElement>('input[type="radio"]')].some(
        (radio) => radio !== own && radio.checked,
      );
    }
  };
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.closest('[data-clear]')) {
      // The focus must not stay on what disappears.
      const first = target.closest('[data-question]')?.querySelector<HTMLInputElement>('input[type="radio"]');
      target.checked = false;
      first?.focus();
    }
    update();
  });
  update();
}
