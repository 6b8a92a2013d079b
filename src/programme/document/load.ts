import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { problem } from '../../definitions/check/outline';
import { readDefinitionNow, type ReadDefinition } from '../../definitions/read-definition';
import { ProblemsFound, type Problem } from '../../shared/errors';
import { checkProgramme, isProgrammeDocument } from './check';
import type { Programme } from './programme';

/** The programmes of an installation. */
export interface Programmes {
  /** Latest first. */
  all(): readonly Programme[];
  get(id: string): Programme | undefined;
  /** The one the start page shows on a day: running, else next to begin, else ended last; null where there is none. */
  current(today: string): Programme | null;
}

/**
 * Loads every `*.json` of a folder; a folder that is not there has no programmes.
 *
 * @throws ProblemsFound with every problem of every file.
 */
export function loadProgrammes(dir: string): Programmes {
  const files = existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.json')) : [];
  const problems: Problem[] = [];
  const programmes: Programme[] = [];
  for (const name of files.sort()) {
    const file = join(dir, name);
    const read = readDefinitionNow(file);
    const found = programmeProblems(file, read);
    problems.push(...found);
    if (found.length === 0) programmes.push(read.value as Programme);
  }
  if (problems.length > 0) throw new ProblemsFound(problems);
  return programmesOf(programmes);
}

/** Everything wrong with a file that should hold a programme, with its lines. */
export function programmeProblems(file: string, { value, problems, place }: ReadDefinition): Problem[] {
  if (value === undefined) return [...problems];
  return [...problems, ...place([...checkProgramme(value), ...nameProblem(file, value)])];
}

/** Programmes that have been checked. */
export function programmesOf(programmes: readonly Programme[]): Programmes {
  const latestFirst = programmes.toSorted((one, other) => (one.startsOn < other.startsOn ? 1 : -1));
  return {
    all: () => latestFirst,
    get: (id) => latestFirst.find((one) => one.id === id),
    current(today) {
      const running = latestFirst.find(({ startsOn, endsOn }) => startsOn <= today && today <= endsOn);
      const next = latestFirst.findLast(({ startsOn }) => startsOn > today);
      const ended = latestFirst.toSorted((one, other) => (one.endsOn < other.endsOn ? 1 : -1))[0];
      return running ?? next ?? ended ?? null;
    },
  };
}

function nameProblem(file: string, document: unknown): Problem[] {
  if (!isProgrammeDocument(document)) return [];
  const { id } = document as { id?: unknown };
  if (typeof id !== 'string' || basename(file) === `${id}.json`) return [];
  return [problem('/id', 'file-name', `The file of ${id} must be named ${id}.json: rename it, or correct "id".`)];
}
