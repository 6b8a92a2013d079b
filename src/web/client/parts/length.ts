/** Says how many characters are left, in words that the server has put into the page. */
export function countCharacters(form: HTMLFormElement): void {
  for (const line of form.querySelectorAll<HTMLElement>('[data-length-of]')) {
    const field = document.getElementById(line.dataset['lengthOf'] ?? '');
    if (!(field instanceof HTMLTextAreaElement)) continue;
    const most = Number(field.dataset['maxLength']);
    const sentences = JSON.parse(line.dataset['sentences'] ?? '{}') as Record<string, string>;
    const rules = new Intl.PluralRules(document.documentElement.lang);
    const update = (): void => {
      const left = most - Array.from(field.value.trim()).length;
      const kind = left < 0 ? 'over' : 'left';
      const sentence = sentences[`${kind}_${rules.select(Math.abs(left))}`] ?? sentences[`${kind}_other`] ?? '';
      line.textContent = sentence.replace('{{count}}', String(Math.abs(left)));
      line.classList.toggle('lijw-length--over', left < 0);
    };
    field.addEventListener('input', update);
    if (field.value !== '') update();
  }
}
