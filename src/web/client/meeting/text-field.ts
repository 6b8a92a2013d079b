import { joinTexts, mergeTexts } from '../../../shared/merge-texts';
import { visibleLines } from '../../../shared/plain-text';
import type { KeptField } from './kept-texts';

/**
 * One text of an area in the page: what is typed, what the server was last known to have, and between the two what has
 * to be sent, merged, or decided by a person.
 */
export class TextField {
  /** What the server has, as far as this page knows. */
  private base: string;
  /** Versions that were sent and whose answer has not come. */
  private sent: string[] = [];
  /** What somebody else wrote at the same place; null where nothing has to be decided. */
  private theirs: string | null = null;
  /** A text that the server cannot keep, until it is changed. */
  private refused: string | null = null;

  constructor(
    readonly name: string,
    private readonly area: HTMLTextAreaElement,
    private readonly box: HTMLElement,
    private readonly error: HTMLElement,
    seen: string,
    private readonly emptyWords: string,
  ) {
    this.base = seen;
    const shown = box.querySelector<HTMLInputElement>(`[name="${name}.theirs"]`);
    if (!box.hidden && shown) this.theirs = shown.value.replaceAll('\r\n', '\n');
  }

  get mine(): string {
    return visibleLines(this.area.value);
  }

  get isUnsent(): boolean {
    return this.mine !== this.base;
  }

  get isContested(): boolean {
    return this.theirs !== null;
  }

  get isRefused(): boolean {
    return this.refused !== null && this.refused === this.mine;
  }

  /** What is to be sent now; null where there is nothing, or a person decides first. */
  toSend(): { readonly seen: string; readonly mine: string } | null {
    if (!this.isUnsent || this.isContested || this.isRefused) return null;
    return { seen: this.base, mine: this.mine };
  }

  toKeep(): KeptField | null {
    return this.isUnsent ? { seen: this.base, mine: this.mine, sent: this.sent } : null;
  }

  wasSent(mine: string): void {
    if (!this.sent.includes(mine)) this.sent.push(mine);
  }

  /** The server has taken what was sent, with what others had written: `now`. */
  wasSaved(mine: string, now: string): void {
    this.base = mine;
    this.sent = [];
    this.say('');
    this.takeOver(now);
  }

  wasRefused(mine: string, why: string): void {
    this.refused = mine;
    this.sent = this.sent.filter((one) => one !== mine);
    this.say(why);
  }

  /** What the server has now. */
  takeOver(now: string): void {
    if (now === this.base) return;
    // It has come after all, only the answer was lost.
    if (this.sent.includes(now)) {
      this.base = now;
      this.sent = [];
      return;
    }
    if (this.theirs !== null) {
      this.contest(now);
      return;
    }
    const merged = mergeTexts(this.base, this.mine, now);
    if (merged === null) {
      this.contest(now);
      return;
    }
    const differs = merged !== this.mine;
    this.base = now;
    if (differs) this.put(merged);
  }

  /** What another page of this browser has kept. */
  adopt({ seen, mine, sent }: KeptField): void {
    const known = sent.includes(this.base) ? this.base : seen;
    if (this.isUnsent) {
      this.put(mergeTexts(known, mine, this.mine) ?? joinTexts(known, mine, this.mine));
      return;
    }
    const now = this.base;
    this.base = known;
    this.sent = [...sent];
    this.put(mine);
    this.takeOver(now);
  }

  contest(theirs: string): void {
    this.theirs = theirs;
    this.box.hidden = false;
    const shown = this.box.querySelector<HTMLElement>('[data-theirs]');
    if (shown) shown.textContent = theirs === '' ? this.emptyWords : theirs;
  }

  /** What the person has decided. */
  decide(choice: string): void {
    const { theirs } = this;
    if (theirs === null) return;
    if (choice === 'theirs') this.put(theirs);
    if (choice === 'both') this.put(joinTexts(this.base, this.mine, theirs));
    this.base = theirs;
    this.theirs = null;
    this.sent = [];
    this.box.hidden = true;
    this.area.focus();
  }

  private say(why: string): void {
    this.error.textContent = why;
    this.error.hidden = why === '';
    this.area.setAttribute('aria-invalid', String(why !== ''));
  }

  /** Puts a text into the field where it differs, so that the caret stays with its words. */
  private put(text: string): void {
    const { value } = this.area;
    let start = 0;
    while (start < value.length && start < text.length && value[start] === text[start]) start += 1;
    let end = 0;
    const most = Math.min(value.length, text.length) - start;
    while (end < most && value[value.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    this.area.setRangeText(text.slice(start, text.length - end), start, value.length - end, 'preserve');
  }
}
