import type { Problem } from '../../shared/errors';
import { listIn, objectIn, type JsonObject, type Outline } from './outline';
import { rulePlaces } from './rule-places';

/**
 * Takes out what is only said because an entry of a list could not be read: a group that is null is one fault, not one
 * more at each place that names it. As many names may be unknown as entries were lost; with one more, all are told.
 */
export function withoutConsequences(outline: Outline, problems: readonly Problem[]): Problem[] {
  const lost = lossesOf(outline);
  const mostExcused: ReadonlyMap<string, number> = new Map(
    Object.entries({
      'unknown-group': lost.groups,
      'unknown-plane': lost.planes,
      'unknown-area': lost.areas,
      'unknown-principle': lost.principles,
      'unknown-round': lost.rounds,
      'unknown-question': lost.questions,
      'unknown-choice': lost.choices,
      'unknown-name': lost.questions + lost.facts + lost.calcs,
      'unused-question': lost.asked.full,
      'core-item-not-asked': lost.asked.core,
      'missing-translation': all(lost.languages),
      'undeclared-language': all(lost.languages),
      'side-without-groups': all(lost.groups),
      'area-without-items': all(lost.questions + lost.items),
      'area-without-core-item': all(lost.questions + lost.items),
      'not-core': all(lost.items),
      'area-hidden-from-side': all(lost.questions + lost.items + lost.groups + lost.asked.full + lost.asked.core),
      'unused-calc': all(lost.questions + faultyRules(outline, problems)),
    }),
  );
  const misshapen = new Set(problems.filter(({ code }) => code === 'wrong-type').map(({ pointer }) => pointer));
  const named = new Map<string, Set<string>>();
  for (const one of problems) {
    named.set(one.code, (named.get(one.code) ?? new Set()).add(nameAt(outline.document, one)));
  }
  return problems.filter((one) => {
    if (one.code === 'malformed' && misshapen.has(one.pointer)) return false;
    return (named.get(one.code)?.size ?? 0) > (mostExcused.get(one.code) ?? 0);
  });
}

/** With one entry lost, everything of this code may come from it. */
function all(lost: number): number {
  return lost > 0 ? Infinity : 0;
}

/** What a problem names: the word at its place, or the place itself. */
function nameAt(document: JsonObject, { code, pointer = '' }: Problem): string {
  if (!code.startsWith('unknown-')) return pointer;
  const steps = pointer.split('/').slice(1);
  const found = steps.reduce<unknown>((value, step) => {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return Array.isArray(value) ? (value as readonly unknown[])[Number(key)] : objectIn(value)?.[key];
  }, document);
  return found === undefined ? pointer : JSON.stringify(found);
}

/** How many entries of each list have no name that could be read; Infinity where that cannot be counted. */
function lossesOf({ document, questions, facts }: Outline) {
  const planes = listIn(document['planes']).map((plane) => objectIn(plane));
  const areas = planes.map((plane) => (plane?.['areas'] === undefined ? Infinity : lostEntries(plane, 'areas')));
  const forms = objectIn(document['forms']) ?? {};
  return {
    groups: lostEntries(document, 'groups'),
    planes: lostEntries(document, 'planes'),
    areas: document['planes'] !== undefined && isUnreadable(document['planes'], 'planes') ? Infinity : sum(areas),
    principles: lostEntries(document, 'principles'),
    rounds: lostWords(document, 'rounds'),
    languages: lostWords(document, 'languages'),
    questions: lostEntries(document, 'questions'),
    /** Questions that may be items and cannot be told for it. */
    items: questions.filter(
      ({ type, value }) => type === '' || isOther(value, 'area', 'string') || isOther(value, 'core', 'boolean'),
    ).length,
    facts: lostEntries(document, 'facts'),
    calcs: lostEntries(document, 'calcs', 'name'),
    choices: sum([...questions, ...facts].map(({ value }) => lostEntries(value, 'choices'))),
    asked: { full: lostQuestions(forms, 'full'), core: lostQuestions(forms, 'core') },
  };
}

function isOther(value: JsonObject, key: string, type: string): boolean {
  return value[key] !== undefined && typeof value[key] !== type;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Lists that the schema does not let be empty: an empty one is a fault that is told. */
const neverEmpty = new Set(['groups', 'rounds', 'planes', 'areas', 'questions', 'choices', 'languages']);

function isUnreadable(list: unknown, key: string): boolean {
  return !Array.isArray(list) || (list.length === 0 && neverEmpty.has(key));
}

function lostEntries(owner: JsonObject, key: string, name = 'code'): number {
  const list = owner[key];
  if (list === undefined) return 0;
  if (isUnreadable(list, key)) return Infinity;
  return listIn(list).filter((entry) => typeof objectIn(entry)?.[name] !== 'string').length;
}

function lostWords(owner: JsonObject, key: string): number {
  const list = owner[key];
  if (list === undefined) return 0;
  return isUnreadable(list, key) ? Infinity : listIn(list).filter((word) => typeof word !== 'string').length;
}

/** A form, page or section that cannot be read may have asked anything. */
function lostQuestions(forms: JsonObject, name: string): number {
  if (forms[name] === undefined) return 0;
  const pages = objectIn(forms[name])?.['pages'];
  if (!Array.isArray(pages) || pages.length === 0) return Infinity;
  const sections = listIn(pages).map((page) => objectIn(page)?.['sections']);
  if (!sections.every((list) => Array.isArray(list) && list.length > 0)) return Infinity;
  return sum(
    sections.flat().map((section) => {
      const questions = objectIn(section)?.['questions'];
      return isUnreadable(questions, 'questions') ? Infinity : lostWords({ questions }, 'questions');
    }),
  );
}

/** A rule with a fault may be the one that was to read a calc. */
function faultyRules(outline: Outline, problems: readonly Problem[]): number {
  const places = rulePlaces(outline).map(({ pointer }) => pointer);
  const isInRule = (pointer: string): boolean =>
    places.some((place) => pointer === place || pointer.startsWith(`${place}/`));
  const aboutNames = new Set(['malformed', 'unknown-operator', 'wrong-arity', 'unknown-name']);
  return problems.filter(({ code, pointer = '' }) => aboutNames.has(code) && isInRule(pointer)).length;
}
