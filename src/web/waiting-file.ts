import type { Request } from 'express';
import { formatNumber } from '../locales/formats';
import { hasWords, translator, type Language } from '../locales/translate';
import type { FileAnswer } from '../publishing/jobs/jobs';
import { languageOf } from './language';
import { file, page, type Outcome } from './outcome';

/** What somebody asked for, and where they came from. */
export interface AskedFile {
  /** „Raport pełny (PDF)”. */
  readonly title: string;
  /** Name that it is saved by. */
  readonly name: string;
  /** Path that it is asked for at. */
  readonly path: string;
  readonly back: { readonly href: string; readonly text: string };
  /** Goes into the page's model, such as the member of the staff. */
  readonly model?: Readonly<Record<string, unknown>>;
}

/** The path at which a page waits for the file: once it is there, the page offers it instead of being left behind. */
const waitingAt = (path: string, mode: 'on' | 'still'): string => `${path}?waiting=${mode}`;

/**
 * A file that is made beside the requests: the file itself; or the page that waits for it, which looks again by itself
 * until it is there, without a script; or why there is none.
 */
export function fileOrWait(request: Request, answer: FileAnswer, asked: AskedFile): Outcome {
  const language = languageOf(request);
  const t = translator(language);
  const mode = request.query['waiting'];
  const waits = mode === 'on' || mode === 'still';
  const model = { ...asked.model, back: asked.back, asked: asked.title, path: asked.path };
  switch (answer.state) {
    case 'ready': {
      const { type, size } = answer.file;
      if (!waits) return file(asked.name, type, answer.bytes());
      return page('files/ready', { ...model, title: t('jobs:ready.title'), size: sizeOf(size ?? 0, language) });
    }
    case 'failed': {
      const known = hasWords(language, `jobs:reasons.${answer.reason}`);
      const reason = t(`jobs:reasons.${known ? answer.reason : 'other'}`);
      return page('files/failed', { ...model, title: t('jobs:failed.title'), reason }, 503);
    }
    default: {
      const title = t('jobs:waiting.title');
      const state =
        answer.state === 'waiting'
          ? { words: t('jobs:waiting.ahead', { count: answer.ahead }) }
          : { words: t('jobs:waiting.running'), ...(answer.of > 0 ? { done: answer.done, of: answer.of } : {}) };
      const still = mode === 'still';
      const made = page('files/waiting', { ...model, title, state, still, ...linksOf(asked.path) }, 202);
      return still ? made : { ...made, refresh: { seconds: 4, path: waitingAt(asked.path, 'on') } };
    }
  }
}

function linksOf(path: string) {
  return { onHref: waitingAt(path, 'on'), stillHref: waitingAt(path, 'still') };
}

function sizeOf(bytes: number, language: Language): string {
  const megabytes = bytes / 1_000_000;
  return megabytes >= 1
    ? `${formatNumber(megabytes, language, 1)}\u00a0MB`
    : `${formatNumber(Math.max(1, Math.round(bytes / 1_000)), language)}\u00a0kB`;
}
