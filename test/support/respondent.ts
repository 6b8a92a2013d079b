import request from 'supertest';
import type { Round } from '../../src/assessment/round';
import type { TestApp } from './app';

/** What a page says to a person: its text, with plain spaces. */
export function readable(html: string): string {
  const main = /<main[^>]*>([^]*)<\/main>/.exec(html)?.[1] ?? html;
  return main
    .replace(/<script[^]*?<\/script>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Somebody with a browser of their own, without JavaScript, on the way through a survey. */
export function respondent(test: TestApp, { linkCode }: Pick<Round, 'linkCode'>) {
  const agent = request.agent(test.app);
  const path = (rest = ''): string => `/survey/${linkCode}${rest}`;
  return {
    agent,
    path,
    get: (rest = '') => agent.get(path(rest)),
    post: (rest: string, body: Record<string, string | string[]> = {}) =>
      agent.post(path(rest)).type('form').send(body),
    /** Chooses a group, so that the draft and its cookie are there. */
    begin: (group = 'ngo') => agent.post(path('/group')).type('form').send({ group }),
  };
}
