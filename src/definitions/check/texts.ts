import { forbiddenInText, isBlank } from '../../shared/plain-text';
import type { Problem } from '../../shared/errors';
import { objectIn, problem, type Outline } from './outline';
import { below } from './pointer';

/** Properties that hold words for people, wherever they stand. */
const textKeys = new Set([
  'title',
  'description',
  'name',
  'shortName',
  'text',
  'hint',
  'message',
  'lowMeans',
  'highMeans',
  'lead',
  'unit',
]);
const ruleKeys = new Set(['visibleIf', 'requiredIf', 'rule']);

/**
 * Texts: Polish is always declared, every text is there in every declared language and in no other, and a reader can see
 * it as it is written.
 */
export function* checkTexts({ document, languages }: Outline): Generator<Problem> {
  if (Array.isArray(document['languages']) && !languages.includes('pl')) {
    yield problem('/languages', 'polish-missing', 'Polish is always one of the languages: add "pl".');
  }
  if (languages.length > 0) yield* walk(document, '', new Set(['pl', ...languages]));
}

function* walk(value: unknown, pointer: string, declared: ReadonlySet<string>): Generator<Problem> {
  if (Array.isArray(value)) {
    for (const [index, part] of value.entries()) yield* walk(part, below(pointer, index), declared);
    return;
  }
  for (const [key, part] of Object.entries(objectIn(value) ?? {})) {
    if (ruleKeys.has(key)) continue;
    const at = below(pointer, key);
    if (textKeys.has(key)) yield* checkText(part, at, declared);
    else if (key === 'points') {
      for (const [point, word] of Object.entries(objectIn(part) ?? {})) {
        yield* checkText(word, below(at, point), declared);
      }
    } else yield* walk(part, at, declared);
  }
}

function* checkText(value: unknown, pointer: string, declared: ReadonlySet<string>): Generator<Problem> {
  const text = objectIn(value);
  if (text === null) return;
  for (const language of declared) {
    // Missing Polish is a fault of shape already.
    if (language !== 'pl' && !Object.hasOwn(text, language)) {
      const message = `The text has no "${language}", which the instrument declares: add the translation.`;
      yield problem(pointer, 'missing-translation', message);
    }
  }
  for (const [language, words] of Object.entries(text)) {
    if (typeof words === 'string') yield* checkWords(words, below(pointer, language));
  }
  for (const language of ['pl', 'en']) {
    if (Object.hasOwn(text, language) && !declared.has(language)) {
      const message = `The instrument does not declare "${language}": add it to "languages", or remove this text.`;
      yield problem(below(pointer, language), 'undeclared-language', message);
    }
  }
}

function* checkWords(words: string, pointer: string): Generator<Problem> {
  const forbidden = forbiddenInText(words);
  if (forbidden !== null) {
    const message = `The text holds the control character ${forbidden}, which breaks pages or turns words round: remove it.`;
    yield problem(pointer, 'forbidden-character', message);
  } else if (/\S/.test(words) && isBlank(words)) {
    // A text of spaces only is a fault of shape already.
    const message = 'The text has only characters that nobody sees: write words, or remove the text.';
    yield problem(pointer, 'empty-text', message);
  }
}
