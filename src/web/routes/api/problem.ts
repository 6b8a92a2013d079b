import type { JsonOutcome } from '../../outcome';

/** What is wrong with a call, for programs and for who writes them (RFC 9457). */
export interface Problem {
  readonly title: string;
  readonly status: 400 | 404 | 410;
  /** What is wrong and how to mend it. */
  readonly detail: string;
  /** The parameter it is about. */
  readonly parameter?: string;
}

export function problem(status: Problem['status'], detail: string, parameter?: string): JsonOutcome {
  const titles = { 400: 'Bad request', 404: 'Not found', 410: 'Withdrawn' };
  const body: Problem = { title: titles[status], status, detail, ...(parameter === undefined ? {} : { parameter }) };
  return { kind: 'json', body, status, type: 'application/problem+json' };
}
