/** A button that adds the words marked in a text as a line of a field; without JavaScript they are typed. */
export function hideSelection(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-hide-selection]')) {
    const text = document.getElementById(button.dataset['hideSelection'] ?? '');
    const field = document.getElementById(button.dataset['into'] ?? '');
    if (!text || !(field instanceof HTMLTextAreaElement)) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      const selection = document.getSelection();
      const words = selection?.toString().replace(/\s+/g, ' ').trim() ?? '';
      if (selection === null || words === '' || !text.contains(selection.anchorNode)) return;
      field.value = [field.value.trimEnd(), words].filter((line) => line !== '').join('\n');
      // As if typed: whoever listens to the field hears of it.
      field.dispatchEvent(new Event('input', { bubbles: true }));
      selection.removeAllRanges();
    });
  }
}
