import type { KeptField } from './kept-texts';

/** The buttons of the score: pressed at once, sent like a text, and asked about where somebody else was quicker. */
export class ScoreField {
  readonly name = 'score';
  private base: string;
  private wanted: string | null = null;
  private theirs: string | null = null;
  private sent: readonly string[] = [];
  private readonly buttons: readonly HTMLButtonElement[];
  private readonly conflict: HTMLElement | null;

  constructor(
    private readonly box: HTMLElement,
    private readonly askedWords: string,
  ) {
    this.base = box.querySelector<HTMLInputElement>('[name="score.seen"]')?.value ?? '';
    this.buttons = [...box.querySelectorAll<HTMLButtonElement>('[aria-pressed]')];
    this.conflict = box.querySelector('[data-conflict-of]');
    if (this.conflict && !this.conflict.hidden) {
      this.theirs = box.querySelector<HTMLInputElement>('[name="score.theirs"]')?.value ?? '';
      this.wanted = box.querySelector<HTMLInputElement>('[name="score.mine"]')?.value ?? '';
    }
  }

  get isUnsent(): boolean {
    return this.wanted !== null && this.wanted !== this.base;
  }

  get isContested(): boolean {
    return this.theirs !== null;
  }

  get mine(): string {
    return this.wanted ?? this.base;
  }

  toSend(): { readonly seen: string; readonly mine: string } | null {
    return this.isUnsent && !this.isContested ? { seen: this.base, mine: this.mine } : null;
  }

  toKeep(): KeptField | null {
    return this.isUnsent ? { seen: this.base, mine: this.mine, sent: this.sent } : null;
  }

  wasSent(mine: string): void {
    this.sent = [...this.sent, mine];
  }

  wasSaved(mine: string, now: string): void {
    this.base = mine;
    this.sent = [];
    this.takeOver(now);
  }

  wasRefused(): void {
    this.wanted = null;
    this.sent = [];
    this.show();
  }

  takeOver(now: string): void {
    if (this.wanted === now || this.wanted === null || this.wanted === this.base) {
      this.wanted = null;
      this.theirs = null;
    } else if (now !== this.base && !this.sent.includes(now)) {
      this.contest(now);
      return;
    }
    this.base = now;
    this.show();
  }

  adopt({ seen, mine, sent }: KeptField): void {
    const now = this.base;
    this.base = sent.includes(now) ? now : seen;
    this.wanted = mine;
    this.sent = sent;
    this.takeOver(now);
  }

  contest(theirs: string): void {
    this.theirs = theirs;
    this.show();
  }

  decide(choice: string): void {
    if (this.theirs === null) return;
    this.base = this.theirs;
    if (choice === 'theirs') this.wanted = null;
    this.theirs = null;
    this.sent = [];
    this.show();
  }

  press(value: string): void {
    this.wanted = value === 'unset' ? '' : value;
    this.show();
  }

  /** A digit sets whole points; the same one again adds half a point. */
  pressDigit(digit: string): void {
    const half = `${digit}.5`;
    const wanted = this.mine === digit && this.buttons.some(({ value }) => value === half) ? half : digit;
    if (this.buttons.some(({ value }) => value === wanted)) this.press(wanted);
  }

  private show(): void {
    for (const button of this.buttons) button.setAttribute('aria-pressed', String(button.value === this.mine));
    const back = this.box.querySelector<HTMLButtonElement>('[data-take-back]');
    if (back) back.hidden = this.mine === '';
    if (!this.conflict) return;
    this.conflict.hidden = this.theirs === null;
    const asked = this.conflict.querySelector('[data-asked]');
    const name = this.buttons.find(({ value }) => value === this.theirs)?.textContent ?? '–';
    if (asked && this.theirs !== null) asked.textContent = this.askedWords.replace('{score}', name);
  }
}
