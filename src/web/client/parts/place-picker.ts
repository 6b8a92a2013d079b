/**
 * Makes long lists of places searchable: typing a few letters, with or without Polish marks, narrows the list. The list
 * that was there without JavaScript stays the field of the form and keeps the choice (WAI-ARIA combobox with a listbox).
 */
export function searchablePlaces(root: ParentNode = document): void {
  for (const list of root.querySelectorAll<HTMLSelectElement>('select[data-place-picker]')) searchable(list);
}

interface Choice {
  readonly option: HTMLOptionElement;
  readonly item: HTMLLIElement;
  /** What is compared with what is typed. */
  readonly words: string;
}

function searchable(list: HTMLSelectElement): void {
  const { id } = list;
  const input = document.createElement('input');
  const items = document.createElement('ul');
  const status = document.createElement('div');
  const box = document.createElement('div');
  list.id = `${id}-choices`;
  list.hidden = true;
  Object.assign(input, { id, type: 'text', autocomplete: 'off', spellcheck: false, placeholder: list.dataset['how'] });
  input.className = list.className.replace('govuk-select', 'govuk-input').replace('govuk-select--error', '');
  const description = list.getAttribute('aria-describedby');
  set(input, {
    ...{ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': `${id}-items` },
    ...(description === null ? {} : { 'aria-describedby': description }),
    ...(list.hasAttribute('aria-invalid') ? { 'aria-invalid': 'true' } : {}),
  });
  items.id = `${id}-items`;
  items.className = 'lijw-places__list';
  items.hidden = true;
  set(items, {
    role: 'listbox',
    'aria-label': document.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent ?? '',
  });
  status.className = 'lijw-places__status';
  set(status, { role: 'status' });
  box.className = 'lijw-places';
  box.append(input, items, status);
  list.after(box);

  const choices = [...list.options].flatMap((option, index): Choice[] =>
    option.value === '' ? [] : [{ option, item: itemOf(option, `${id}-item-${index}`), words: foldedWords(option) }],
  );
  const [selected] = list.selectedOptions;
  if (selected && selected.value !== '') input.value = selected.label;
  let active: Choice | null = null;

  const shown = (): Choice[] => choices.filter(({ item }) => item.isConnected);

  function open(typed: string): void {
    const wanted = folded(typed).split(' ');
    const fitting = choices.filter(({ words }) => wanted.every((part) => words.includes(` ${part}`)));
    items.replaceChildren(...fitting.map(({ item }) => item));
    items.hidden = fitting.length === 0;
    set(input, { 'aria-expanded': String(fitting.length > 0) });
    point(null);
    const found = (list.dataset['found'] ?? '').replace('{count}', String(fitting.length));
    status.classList.toggle('govuk-visually-hidden', fitting.length > 0);
    status.textContent = fitting.length === 0 ? (list.dataset['none'] ?? '') : found;
  }

  function close(): void {
    items.hidden = true;
    items.replaceChildren();
    set(input, { 'aria-expanded': 'false' });
    point(null);
  }

  function point(choice: Choice | null): void {
    active?.item.setAttribute('aria-selected', 'false');
    active = choice;
    if (choice === null) {
      input.removeAttribute('aria-activedescendant');
      return;
    }
    choice.item.setAttribute('aria-selected', 'true');
    input.setAttribute('aria-activedescendant', choice.item.id);
    choice.item.scrollIntoView({ block: 'nearest' });
  }

  function choose({ option }: Choice): void {
    list.value = option.value;
    input.value = option.label;
    status.textContent = '';
    close();
    list.dispatchEvent(new Event('change', { bubbles: true }));
  }

  input.addEventListener('input', () => {
    // What was chosen before is not what is typed now.
    list.value = '';
    open(input.value);
  });
  input.addEventListener('click', () => {
    if (items.hidden) open(list.value === '' ? input.value : '');
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (items.hidden) open(list.value === '' ? input.value : '');
      const all = shown();
      const at = active === null ? -1 : all.indexOf(active);
      const next = event.key === 'ArrowDown' ? at + 1 : at <= 0 ? all.length - 1 : at - 1;
      point(all[next % Math.max(all.length, 1)] ?? null);
    } else if (event.key === 'Enter' && !items.hidden) {
      const only = shown().length === 1 ? shown()[0] : undefined;
      const choice = active ?? only;
      event.preventDefault();
      if (choice) choose(choice);
    } else if (event.key === 'Escape' && !items.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener('blur', () => {
    const typed = folded(input.value);
    const same = choices.filter(({ option }) => folded(option.label) === typed);
    const [only] = same;
    if (list.value === '' && same.length === 1 && only) choose(only);
    else close();
  });
  items.addEventListener('mousedown', (event) => {
    // The field keeps the focus, otherwise the list would be gone before the click.
    event.preventDefault();
  });
  items.addEventListener('click', ({ target }) => {
    const item = target instanceof Element ? target.closest('li') : null;
    const choice = choices.find((one) => one.item === item);
    if (choice) choose(choice);
  });
}

function itemOf(option: HTMLOptionElement, id: string): HTMLLIElement {
  const item = document.createElement('li');
  item.id = id;
  item.className = 'lijw-places__item';
  item.append(option.label);
  set(item, { role: 'option', 'aria-selected': 'false' });
  const group = groupOf(option);
  if (group !== '' && group !== option.label) {
    const note = document.createElement('span');
    note.className = 'lijw-places__group';
    note.textContent = group;
    item.append(' ', note);
  }
  return item;
}

function groupOf({ parentElement }: HTMLOptionElement): string {
  return parentElement instanceof HTMLOptGroupElement ? parentElement.label : '';
}

/** Every word begins after a space, so that letters in the middle of a word do not count. */
function foldedWords(option: HTMLOptionElement): string {
  return ` ${folded(`${option.label} ${groupOf(option)}`)}`;
}

/** Without capitals and marks: „Łęka Mała” is „leka mala”. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function set(element: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
