import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { RequestHandler } from 'express';
import { translator } from '../locales/translate';
import { send } from './handle';
import { languageOf } from './language';
import { page } from './outcome';

/**
 * Answers a host that cannot be one with 400. Where no public address is set, the host that the browser names stands in
 * links and calendars, so it has to be one that leads to this machine: an IP address, its own name, or this machine.
 */
export function requireSoundHost(baseUrl: string | null): RequestHandler {
  return (request, response, next) => {
    const name = hostNameOf(request.headers.host ?? '');
    if (name !== null && (baseUrl !== null || isOwnName(name))) {
      next();
      return;
    }
    const t = translator(languageOf(request));
    const words = name === null ? 'badHost' : 'otherHost';
    const [title, text] = [t(`common:errors.${words}.title`), t(`common:errors.${words}.text`)];
    send(page('errors/message', { title, text }, 400), request, response);
  };
}

/** The name or address without a port, in lower case; null where the header is no host. */
function hostNameOf(host: string): string | null {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::(\d{1,5}))?$/i.exec(host) ?? [];
  if (port !== undefined && Number(port) > 65_535) return null;
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? bracketed.toLowerCase() : null;
  // What the standard of web addresses does not take would break every link that is made of it.
  return plain !== undefined && URL.canParse(`http://${plain}`) ? plain.toLowerCase() : null;
}

function isOwnName(name: string): boolean {
  if (isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost')) return true;
  const machine = hostname().toLowerCase();
  return name === machine || name === `${machine}.local`;
}
