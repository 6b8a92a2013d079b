import type { ScoreField } from './score-field';

const setting = 'lijw-meeting-keys';

/** Arrows change the area, digits set the score, where the caret is in no field. They can be turned off. */
export function useKeys(score: ScoreField | null, pressed: () => void): void {
  const toggle = document.querySelector<HTMLButtonElement>('[data-keys]');
  let on = read() !== 'off';
  const show = (): void => {
    if (toggle) toggle.textContent = (on ? toggle.dataset['off'] : toggle.dataset['on']) ?? '';
  };
  show();
  toggle?.addEventListener('click', () => {
    on = !on;
    write(on ? 'on' : 'off');
    show();
  });
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (target instanceof HTMLElement && target.closest('input, textarea, select, summary')) return;
    const way = document.querySelector<HTMLAnchorElement>(`[data-way="${key}"]`);
    if (way) {
      event.preventDefault();
      way.click();
    } else if (/^[0-9]$/.test(key) && score) {
      score.pressDigit(key);
      pressed();
    }
  });
}

function read(): string | null {
  try {
    return localStorage.getItem(setting);
  } catch {
    return null;
  }
}

function write(value: string): void {
  try {
    localStorage.setItem(setting, value);
  } catch {
    // It holds for this page.
  }
}
