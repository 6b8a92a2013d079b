import type { MeetingState } from '../../view-models/meeting-state';
import { keep, keyOf, keysOf, read, type Kept } from './kept-texts';
import { sendOtherAreas } from './other-areas';
import { ScoreField } from './score-field';
import { ask, type Answer } from './server';
import { TextField } from './text-field';

/** Milliseconds: after the last keystroke, between looks at what others write, and between tries without a connection. */
const pause = 700;
const lookEvery = 2_500;
const tryEvery = 3_000;

/** Keeps one area in step with the server: sends each field as it is typed, and shows what others write. */
export function runAreaForm(form: HTMLFormElement): {
  readonly score: ScoreField | null;
  readonly isAway: () => boolean;
} {
  const { area = '', keptAs = '' } = form.dataset;
  const address = form.getAttribute('action') ?? '';
  const status = form.querySelector<HTMLElement>('[data-save-status]');
  const key = keyOf(keptAs, crypto.getRandomValues(new Uint32Array(2)).join('-'));
  const scoreBox = form.querySelector<HTMLElement>('[data-score]');
  const score = scoreBox && new ScoreField(scoreBox, form.dataset['scoreAsked'] ?? '');
  const texts = [...form.querySelectorAll<HTMLElement>('[data-text]')].flatMap((box) => textFieldIn(box) ?? []);
  const fields = score ? [score, ...texts] : texts;
  let timer: number | undefined;
  let underWay = false;
  let away = false;
  /** Why nothing can be written any more. */
  let closed: string | null = null;

  const say = (words: string | undefined, is: 'saved' | 'problem' | null = null): void => {
    if (!status || words === undefined) return;
    if (status.textContent !== words) status.textContent = words;
    for (const one of ['saved', 'problem']) status.classList.toggle(`lijw-meeting__state--${one}`, one === is);
  };
  const keepUnsent = (): void => {
    const unsent = fields.flatMap((field) => {
      const kept = field.toKeep();
      return kept === null ? [] : [[field.name, kept] as const];
    });
    const kept: Kept = { area, address: `${address}/save`, fields: Object.fromEntries(unsent) };
    keep(key, unsent.length === 0 ? null : kept);
  };
  const later = (time: number): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void run(), time);
  };

  async function run(): Promise<void> {
    if (underWay) return;
    underWay = true;
    const wasAway = away;
    // What was sent without an answer may have arrived: looking first tells it from what somebody else wrote.
    const sending = !wasAway && closed === null && fields.some((field) => field.toSend() !== null);
    const answer = sending ? await send() : await ask(`${address}/now`);
    if (!sending && answer.kind === 'state') take(answer.state, []);
    const others = answer.kind === 'state' ? await sendOtherAreas(keptAs, area) : null;
    underWay = false;
    away = answer.kind === 'away' || answer.kind === 'signed-out' || others?.waits === true;
    keepUnsent();
    tell(answer, others?.undecided ?? []);
    later(away ? tryEvery : fields.some((field) => field.toSend() !== null) ? pause : lookEvery);
  }

  async function send(): Promise<Answer> {
    const body = new URLSearchParams();
    const sent = fields.flatMap((field) => {
      const change = field.toSend();
      if (change === null) return [];
      field.wasSent(change.mine);
      body.set(field.name, change.mine);
      body.set(`${field.name}.seen`, change.seen);
      return [{ field, mine: change.mine }];
    });
    keepUnsent();
    say(form.dataset['saving']);
    const answer = await ask(`${address}/save`, body);
    if (answer.kind === 'state') take(answer.state, sent);
    if (answer.kind === 'refused') {
      const { field: name, refused } = answer.refusal;
      // The whole is refused: looking again tells whether it still is.
      if (name === null) closed = refused;
      for (const { field, mine } of sent) if (field.name === name) field.wasRefused(mine, refused);
    }
    return answer;
  }

  function take(
    state: MeetingState,
    sent: readonly { readonly field: ScoreField | TextField; readonly mine: string }[],
  ): void {
    closed = state.closed;
    for (const field of fields) {
      const now = state.fields[field.name as keyof MeetingState['fields']];
      const change = sent.find((one) => one.field === field);
      if (change === undefined) field.takeOver(now);
      else if (state.conflicts.some((name) => name === field.name)) field.contest(now);
      else field.wasSaved(change.mine, now);
    }
    for (const line of form.querySelectorAll<HTMLElement>('[data-writer-of]')) {
      const writer = state.writers[line.dataset['writerOf'] as keyof MeetingState['writers']];
      line.textContent = writer === undefined ? '' : (form.dataset['writer'] ?? '').replace('{writer}', writer);
    }
    for (const cell of document.querySelectorAll<HTMLElement>('[data-strip]')) {
      const words = state.strip[cell.dataset['strip'] ?? ''] ?? '–';
      cell.textContent = words;
      cell.closest('li')?.classList.toggle('lijw-strip__item--set', words !== '–');
    }
    if (sent.length > 0) say(state.saved, 'saved');
  }

  function tell(answer: Answer, undecided: readonly string[]): void {
    const { offline, signedOut, conflict, refused, elsewhere } = form.dataset;
    if (answer.kind === 'away') say(offline, 'problem');
    else if (closed !== null) say(closed, 'problem');
    else if (answer.kind === 'signed-out') say(signedOut, 'problem');
    else if (answer.kind === 'refused')
      say(answer.refusal.field === null ? answer.refusal.refused : refused, 'problem');
    else if (fields.some((field) => field.isContested)) say(conflict, 'problem');
    else if (undecided.length > 0) say(`${elsewhere ?? ''} ${undecided.join(', ')}.`, 'problem');
    else if (!texts.some((field) => field.isRefused)) {
      const isProblem = status?.classList.contains('lijw-meeting__state--problem') ?? false;
      if (isProblem && !fields.some((field) => field.isUnsent)) say(answer.state.saved, 'saved');
    }
  }

  for (const kept of keysOf(keptAs)) {
    const content = read(kept);
    if (content?.area !== area) continue;
    for (const field of fields) {
      const one = content.fields[field.name];
      if (one !== undefined) field.adopt(one);
    }
    keepUnsent();
    keep(kept, null);
  }

  form.addEventListener('input', () => {
    keepUnsent();
    if (!away) later(pause);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    if (button.name === 'score') score?.press(button.value);
    if (button.name === 'take') {
      const [name, choice = ''] = button.value.split(':');
      fields.find((field) => field.name === name)?.decide(choice);
    }
    keepUnsent();
    void run();
  });
  window.addEventListener('online', () => void run());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void run();
  });
  window.addEventListener('pagehide', () => {
    keepUnsent();
    if (!away && fields.some((field) => field.toSend() !== null)) void sendOnLeaving();
  });
  const sendOnLeaving = (): Promise<Answer> => {
    const body = new URLSearchParams();
    for (const field of fields) {
      const change = field.toSend();
      if (change === null) continue;
      field.wasSent(change.mine);
      body.set(field.name, change.mine);
      body.set(`${field.name}.seen`, change.seen);
    }
    keepUnsent();
    return ask(`${address}/save`, body, true);
  };

  void run();
  return { score, isAway: () => away };
}

function textFieldIn(box: HTMLElement): TextField | null {
  const area = box.querySelector('textarea');
  const conflict = box.querySelector<HTMLElement>('[data-conflict-of]');
  const error = box.querySelector<HTMLElement>('[data-error]');
  const name = box.dataset['text'] ?? '';
  const seen = box.querySelector<HTMLInputElement>(`[name="${name}.seen"]`);
  if (!area || !conflict || !error || !seen) return null;
  return new TextField(name, area, conflict, error, seen.value.replaceAll('\r\n', '\n'), box.dataset['empty'] ?? '');
}
