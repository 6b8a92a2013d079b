import schema from '../../../survey-definitions/programme.schema.json';
import { inDocumentOrder } from '../../definitions/check/document-order';
import { listIn, objectIn, problem, wordsOf, type JsonObject } from '../../definitions/check/outline';
import { below } from '../../definitions/check/pointer';
import { shapeChecker } from '../../definitions/check/shape';
import type { Problem } from '../../shared/errors';
import { activityKinds, type ActivityKind, type CountsWhat } from './programme';

const checkShape = shapeChecker(schema);

/** Whether a document says of itself that it is a programme. */
export function isProgrammeDocument(document: unknown): boolean {
  return objectIn(document)?.['kind'] === 'programme';
}

/** Everything that is wrong with a programme document, in its order: shape and meaning at once. Takes any value. */
export function checkProgramme(document: unknown): Problem[] {
  const root = objectIn(document) ?? {};
  const meaning = [
    ...days(root),
    ...texts(root),
    ...repeated('subregion', root, 'subregions'),
    ...repeated('activity', root, 'activities'),
    ...powiats(root),
    ...activities(root),
  ];
  return inDocumentOrder(document, [...checkShape(document), ...meaning]);
}

function* days({ startsOn, endsOn }: JsonObject): Generator<Problem> {
  if (typeof startsOn !== 'string' || typeof endsOn !== 'string' || endsOn >= startsOn) return;
  yield problem('/endsOn', 'ends-before-starts', `The last day (${endsOn}) is before the first (${startsOn}).`);
}

/** Every text is given in every language of the document; a text is an object of words. */
function* texts(root: JsonObject): Generator<Problem> {
  const languages = wordsOf(root['languages'], '/languages').map(({ word }) => word);
  if (languages.length > 0 && !languages.includes('pl')) {
    yield problem('/languages', 'polish-missing', 'Polish is the language of the programme: add "pl".');
  }
  const places: (readonly [unknown, string])[] = [
    ...['name', 'aim', 'audience'].map((key) => [root[key], below('', key)] as const),
    ...listIn(root['howToTakePart']).map((step, index) => [step, below('/howToTakePart', index)] as const),
    ...['partners', 'subregions', 'activities'].flatMap((list) =>
      entriesOf(root, list).map(({ value, pointer }) => [value['name'], below(pointer, 'name')] as const),
    ),
  ];
  for (const [text, pointer] of places) {
    const words = objectIn(text);
    if (words === null) continue;
    for (const language of languages.filter((one) => one !== 'pl' && words[one] === undefined)) {
      yield problem(pointer, 'text-missing', `The words in "${language}" are missing: add them, or the language goes.`);
    }
    for (const language of Object.keys(words).filter((one) => one === 'en' && !languages.includes(one))) {
      yield problem(
        below(pointer, language),
        'language-not-listed',
        `Words in "${language}", which is not among the languages: add it to "languages".`,
      );
    }
  }
}

function* repeated(what: string, root: JsonObject, list: string): Generator<Problem> {
  const seen = new Set<unknown>();
  for (const { value, pointer } of entriesOf(root, list)) {
    const { code } = value;
    if (typeof code !== 'string') continue;
    if (seen.has(code)) {
      const message = `The ${what} code "${code}" is used already: give each ${what} a code of its own.`;
      yield problem(below(pointer, 'code'), 'repeated-code', message);
    }
    seen.add(code);
  }
}

/** A powiat lies in one subregion: otherwise what happens in it would count twice. */
function* powiats(root: JsonObject): Generator<Problem> {
  const homes = new Map<string, string>();
  for (const { value, pointer } of entriesOf(root, 'subregions')) {
    for (const { word, pointer: at } of wordsOf(value['powiats'], below(pointer, 'powiats'))) {
      const home = homes.get(word);
      if (home !== undefined) {
        yield problem(at, 'powiat-twice', `The powiat ${word} is listed already, in ${home}: remove it from one.`);
      }
      homes.set(word, home ?? String(value['code']));
    }
  }
}

/** What may count towards an activity of a kind; the rest are events. */
const countsOfKind: Partial<Readonly<Record<ActivityKind, readonly CountsWhat[]>>> = {
  assessment: ['units-with-closed-rounds'],
  'group-advice': ['units-with-group-advice'],
  'individual-advice': ['units-with-individual-advice'],
  'study-visit': ['units-on-study-visits', 'events-held'],
};

/** Which further properties each word of the vocabulary needs. */
const neededBy: Readonly<Record<CountsWhat, readonly string[]>> = {
  'events-held': [],
  'units-with-closed-rounds': ['rounds'],
  'units-with-group-advice': ['meetings', 'outcome'],
  'units-with-individual-advice': [],
  'units-on-study-visits': [],
};

function* activities(root: JsonObject): Generator<Problem> {
  for (const { value, pointer } of entriesOf(root, 'activities')) {
    const target = objectIn(value['target']);
    if (target !== null && (target['total'] === undefined) === (target['perSubregion'] === undefined)) {
      const message = 'A target is either "total" or "perSubregion": give exactly one (or null for no number).';
      yield problem(below(pointer, 'target'), 'target-unclear', message);
    }
    const counts = objectIn(value['counts']);
    const what = counts?.['what'];
    if (counts === null || typeof what !== 'string' || !Object.hasOwn(neededBy, what)) continue;
    const at = below(pointer, 'counts');
    const kind = value['kind'] as ActivityKind;
    const fitting = (Object.hasOwn(countsOfKind, kind) ? countsOfKind[kind] : undefined) ?? ['events-held'];
    if (activityKinds.includes(kind) && !(fitting as readonly string[]).includes(what)) {
      const message = `"${what}" cannot count towards an activity of the kind "${kind}": use ${fitting.join(' or ')}.`;
      yield problem(below(at, 'what'), 'counts-do-not-fit', message);
    }
    const needed = neededBy[what as CountsWhat];
    for (const name of needed.filter((one) => counts[one] === undefined)) {
      yield problem(at, 'missing-property', `"${what}" needs the property '${name}': add it.`);
    }
    for (const name of ['rounds', 'meetings', 'outcome'].filter((one) => !needed.includes(one))) {
      if (counts[name] === undefined) continue;
      yield problem(below(at, name), 'needless-property', `"${what}" has no use for '${name}': remove it.`);
    }
  }
}

function entriesOf(root: JsonObject, list: string): readonly { value: JsonObject; pointer: string }[] {
  return listIn(root[list]).flatMap((item, index) => {
    const value = objectIn(item);
    return value === null ? [] : [{ value, pointer: below('', list, index) }];
  });
}
