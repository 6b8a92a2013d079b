import type { Request, RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { addressPrefix } from '../accounts/address-prefix';
import { translator } from '../locales/translate';
import { readCookie } from './cookies';
import { send } from './handle';
import { languageOf } from './language';
import { page } from './outcome';
import { countMisuse } from './routes/survey/misuse';
import type { Services } from './services';

/** How many forms may come in a minute, and what becomes of more. */
export interface FormLimits {
  /** From one draft or one signed-in person. */
  readonly own: number;
  /** What one draft, or one person in a meeting, saves by itself while typing; counted apart, so that it costs no sending. */
  readonly ownSaves: number;
  /** From one address without a draft or a sign-in. A whole school or training may share one. */
  readonly address: number;
  /** How long what comes on top of that waits, in milliseconds. */
  readonly waitMs: number;
  /** How much of one sender may wait at once; only what comes on top of that is refused. */
  readonly mostWaiting: number;
}

export const usualFormLimits: FormLimits = {
  own: 120,
  ownSaves: 300,
  address: 3000,
  waitMs: 2000,
  mostWaiting: 100,
};

/**
 * A slow lane for floods of forms. Who has a draft or a sign-in of their own is counted by that, so a flooder behind
 * their address does not touch them. Everything is counted in memory for that minute and written nowhere.
 */
export function limitForms(services: Services, limits: FormLimits = usualFormLimits): RequestHandler {
  const counter = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const [own, ownSaves, address] = [counter(limits.own), counter(limits.ownSaves), counter(limits.address)];
  const waiting = new Map<string, number>();

  return async (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD' || isCode(request)) {
      next();
      return;
    }
    const sender = await senderOf(request, services);
    const key = sender ?? `address ${addressPrefix(request.ip ?? '')}`;
    const counted = sender === null ? address : isSave(request) ? ownSaves : own;
    if (await isWithin(counted, key)) {
      next();
      return;
    }
    const before = waiting.get(key) ?? 0;
    if (before >= limits.mostWaiting) {
      await countMisuse(services, request.path, 'turned-away');
      const t = translator(languageOf(request));
      const [title, text] = [t('common:errors.tooMany.title'), t('common:errors.tooMany.text')];
      response.set('Retry-After', '60');
      send(page('errors/message', { title, text }, 429), request, response);
      return;
    }
    waiting.set(key, before + 1);
    setTimeout(() => {
      const now = (waiting.get(key) ?? 1) - 1;
      if (now > 0) waiting.set(key, now);
      else waiting.delete(key);
      next();
    }, limits.waitMs);
  };
}

/** Whom a form comes from, if that is known; a made-up token is nobody's. */
async function senderOf(request: Request, { collection }: Services): Promise<string | null> {
  const session = request.session as Request['session'] | undefined;
  if (session?.signIn) return `staff ${session.signIn.accountId}`;
  const token = readCookie(request, 'draft');
  return token !== null && (await collection.drafts.isThere(token)) ? `draft ${token}` : null;
}

/**
 * A code that somebody types. A wrong one costs less than a page that nobody counts (`collection/resume-codes.ts`), and
 * counting them by address would let one who guesses lock out all who share it.
 */
function isCode({ path }: Request): boolean {
  return /^\/survey\/[^/]+\/(card|resume)$/.test(path);
}

function isSave({ path }: Request): boolean {
  return /^\/survey\/[^/]+\/page\/[^/]+\/save$|^\/staff\/rounds\/[^/]+\/meeting\/[^/]+\/save$/.test(path);
}

async function isWithin(counter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await counter.consume(key);
    return true;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return false;
    throw refused;
  }
}
