import type { AuditedChange } from '../accounts/audit-entry';

/** What a handler decides; `handle.ts` turns it into HTTP. Handlers never touch the response. */
export type Outcome = PageOutcome | RedirectOutcome | FileOutcome | JsonOutcome | NotFoundOutcome;

export interface PageOutcome {
  readonly kind: 'page';
  /** Path of the view under `views/`, without extension. */
  readonly view: string;
  /** `title` is required: it becomes the document's title. */
  readonly model: PageModel;
  readonly status: number;
  /** The browser asks for this path by itself after a while: a page that waits for something, without a script. */
  readonly refresh?: { readonly seconds: number; readonly path: string };
  readonly cookies?: readonly Cookie[];
  /** As in `RedirectOutcome`. */
  readonly changed?: readonly AuditedChange[];
}

export interface PageModel {
  /** Words of the document's title, in the page's language. */
  readonly title: string;
  /** Where not empty, the title begins with „Błąd: ”. */
  readonly errors?: readonly ErrorLink[];
  /** Where this page can be got in another language, if not from the address that was asked for (answers to POST). */
  readonly address?: string;
  /** Id of a form that is not saved yet: another language is asked for by its buttons. */
  readonly languageForm?: string | null;
  readonly [name: string]: unknown;
}

/** One line of an error summary. */
export interface ErrorLink {
  readonly text: string;
  /** `#id` of the field it is about. */
  readonly href: string;
}

export interface RedirectOutcome {
  readonly kind: 'redirect';
  /** A path of this site. */
  readonly path: string;
  readonly cookies?: readonly Cookie[];
  /** What was changed by it: for the log of the staff's work (`routes/staff/recorded.ts`), not for the browser. */
  readonly changed?: readonly AuditedChange[];
  /** The address that was asked for is a secret: the browser tells it to nobody. */
  readonly secretAddress?: boolean;
}

export interface FileOutcome {
  readonly kind: 'file';
  readonly name: string;
  readonly type: string;
  /** Whole, or piece by piece. */
  readonly body: FileBody;
  /** Shown in the browser rather than saved. */
  readonly inline?: boolean;
  readonly validator?: string;
}

export type FileBody = Buffer | string | AsyncIterable<Buffer>;

export interface JsonOutcome {
  readonly kind: 'json';
  readonly body: unknown;
  readonly status: number;
  /** `application/json` where left out. */
  readonly type?: string;
  readonly validator?: string;
}

export interface NotFoundOutcome {
  readonly kind: 'not-found';
}

/** A session cookie of the site, HttpOnly and SameSite=Lax; an empty value takes it away. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** How long it is kept; ends with the browser's session where left out. */
  readonly days?: number;
}

export function page(view: string, model: PageModel, status = model.errors?.length ? 422 : 200): PageOutcome {
  return { kind: 'page', view, model, status };
}

/** 303: the browser follows with GET, so that reloading sends nothing twice. */
export function redirect(path: string): RedirectOutcome {
  return { kind: 'redirect', path };
}

export function file(name: string, type: string, body: FileBody, inline = false): FileOutcome {
  return { kind: 'file', name, type, body, inline };
}

export function json(body: unknown, status = 200): JsonOutcome {
  return { kind: 'json', body, status };
}

/**
 * What everybody may keep, but has to ask for again each time, so that what is withdrawn is gone everywhere.
 *
 * @param validator names this content: asked with it, the answer is 304 without a body
 */
export function validated<Sent extends FileOutcome | JsonOutcome>(sent: Sent, validator: string): Sent {
  return { ...sent, validator };
}

export function notFound(): NotFoundOutcome {
  return { kind: 'not-found' };
}

export function withCookie<Made extends PageOutcome | RedirectOutcome>(outcome: Made, cookie: Cookie): Made {
  return { ...outcome, cookies: [...(outcome.cookies ?? []), cookie] };
}
