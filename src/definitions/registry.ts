import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ProblemsFound, type Problem } from '../shared/errors';
import type { Instrument } from './instrument';
import { checkFileNow, type CheckedInstrument } from './read-instrument';
import { checkVersionMap } from './version-map';

export { checkFile, readInstrument, type CheckedInstrument } from './read-instrument';

/** All instruments of a folder, every one of them checked. */
export interface Registry {
  get(id: string, version: string): CheckedInstrument | undefined;
  /** The highest version. */
  latest(id: string): CheckedInstrument | undefined;
  /** By id, then by version, lowest first. */
  all(): readonly CheckedInstrument[];
}

/** A version that a round or an event uses: it may never change. */
export interface FrozenVersion {
  readonly id: string;
  readonly version: string;
  /** SHA-256 in hex of the canonical JSON it had then. */
  readonly hash: string;
}

/**
 * Loads every `*.json` of a folder; JSON Schemas among them are checked but are no instruments.
 *
 * @param frozen versions in use: each must be there with the same content.
 * @throws ProblemsFound with every problem of every file and every frozen version.
 */
export function loadRegistry(dir: string, frozen: readonly FrozenVersion[] = []): Registry {
  const problems: Problem[] = [];
  const found = new Map<string, CheckedInstrument>();
  for (const file of filesOf(dir)) {
    const findings = checkFileNow(file);
    problems.push(...findings.problems);
    if (findings.checked === null) continue;
    const { id, version } = findings.checked.instrument;
    // A file that is named otherwise is a problem below, so of two files of one version only one can be right.
    problems.push(...misnamed(file, `${id}-${version}.json`));
    found.set(`${id}@${version}`, findings.checked);
  }
  problems.push(...frozen.flatMap((one) => frozenProblem(dir, one, found.get(`${one.id}@${one.version}`), problems)));
  for (const { instrument } of found.values()) problems.push(...mapProblems(dir, instrument, found));
  if (problems.length > 0) throw new ProblemsFound(problems);
  return registryOf([...found.values()]);
}

/** What is wrong with the maps of a version to earlier ones that are here too. */
function mapProblems(
  dir: string,
  instrument: Instrument,
  found: ReadonlyMap<string, CheckedInstrument>,
): readonly Problem[] {
  const { id, version: to } = instrument;
  return (instrument.comparesWith ?? []).flatMap(({ version: from, items, areas }, at) => {
    const earlier = found.get(`${id}@${from}`)?.instrument;
    if (earlier === undefined) return [];
    return checkVersionMap({ instrument: id, from, to, items, areas }, earlier, instrument).map((problem) => ({
      ...problem,
      file: join(dir, `${id}-${to}.json`),
      pointer: `/comparesWith/${at}${problem.pointer ?? ''}`,
    }));
  });
}

/** A registry over instruments that have been checked. */
export function registryOf(instruments: readonly CheckedInstrument[]): Registry {
  const sorted = instruments.toSorted(
    ({ instrument: one }, { instrument: other }) =>
      compareText(one.id, other.id) || compareVersions(one.version, other.version),
  );
  return {
    get: (id, version) => sorted.find(({ instrument }) => instrument.id === id && instrument.version === version),
    latest: (id) => sorted.findLast(({ instrument }) => instrument.id === id),
    all: () => sorted,
  };
}

/** Semantic order of two versions of three numbers: 1.10.0 comes after 1.9.0. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  for (let place = 0; place < 3; place++) {
    const difference = (a?.[place] ?? 0) - (b?.[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function filesOf(dir: string): readonly string[] {
  try {
    const names = readdirSync(dir).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => join(dir, name));
  } catch (error) {
    const message = `The folder of instruments ${dir} cannot be read (${String(error)}): check the setting.`;
    throw new ProblemsFound([{ file: dir, pointer: '', code: 'unreadable', message }]);
  }
}

/** Versions of an instrument lie side by side here, so a file says in its name which it is; elsewhere it need not. */
function misnamed(file: string, wanted: string): readonly Problem[] {
  if (basename(file) === wanted) return [];
  const message = `In this folder the file must be named ${wanted}: rename it, or correct "id" or "version".`;
  return [{ file, pointer: '', code: 'file-name', message }];
}

function frozenProblem(
  dir: string,
  { id, version, hash }: FrozenVersion,
  present: CheckedInstrument | undefined,
  others: readonly Problem[],
): readonly Problem[] {
  const file = join(dir, `${id}-${version}.json`);
  if (present === undefined) {
    // A file that is there and broken is listed with what is wrong with it.
    if (others.some((problem) => problem.file === file)) return [];
    const message = `A round or an event uses ${id} ${version}, but its file is missing: restore ${id}-${version}.json as it was.`;
    return [{ file, pointer: '', code: 'frozen-missing', message }];
  }
  if (present.hash === hash) return [];
  const message = `A round or an event uses ${id} ${version}, so it is frozen, but the file was changed: save the changed file under a new version (its "version" and its name), and restore ${id}-${version}.json as it was. Where all data are only trials, begin with an empty data folder (DATA_DIR) or database instead.`;
  return [{ file, pointer: '', code: 'frozen-changed', message }];
}
