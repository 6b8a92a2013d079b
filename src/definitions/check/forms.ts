import type { Problem } from '../../shared/errors';
import { allReadBy, dependenciesOf, isCalc, nameIn, type Dependencies } from './order';
import { problem, type FormOutline, type Outline, type QuestionEntry, type Word } from './outline';
import { below } from './pointer';
import { partsOf } from './rule-places';

/**
 * Forms: each asks in the order of the bank, a question once; full asks all; of the items, core asks those that are
 * core and those that its rules need (questions that are not scored may stand in either).
 */
export function* checkForms(outline: Outline): Generator<Problem> {
  const { questions, forms } = outline;
  const bank = new Map(questions.map(({ code }, index) => [code, index]));
  for (const form of forms) yield* checkBankOrder(form, bank);

  const full = forms.find(({ name }) => name === 'full');
  if (full !== undefined) {
    const asked = new Set(full.asked.map(({ word }) => word));
    for (const { code, pointer } of questions.filter((question) => question.code !== '' && !asked.has(question.code))) {
      const message = `No page of the full form asks "${code}": add it to a page, or remove the question.`;
      yield problem(pointer, 'unused-question', message);
    }
  }
  const core = forms.find(({ name }) => name === 'core');
  if (core !== undefined) yield* checkCore(core, outline);
}

function* checkBankOrder({ asked, name }: FormOutline, bank: ReadonlyMap<string, number>): Generator<Problem> {
  const seen = new Set<string>();
  let before: { word: string; position: number } | null = null;
  for (const { word, pointer } of asked) {
    const position = bank.get(word);
    if (position === undefined) continue;
    if (seen.has(word)) {
      const message = `The ${name} form asks "${word}" already: remove one of the two.`;
      yield problem(pointer, 'question-asked-twice', message);
      continue;
    }
    seen.add(word);
    if (before !== null && position < before.position) {
      const message = `"${word}" stands before "${before.word}" in the bank and after it here: keep the order of the bank.`;
      yield problem(pointer, 'out-of-bank-order', message);
      continue;
    }
    before = { word, position };
  }
}

function* checkCore(form: FormOutline, outline: Outline): Generator<Problem> {
  const { questions } = outline;
  const byCode = new Map(questions.map((question) => [question.code, question]));
  const asked = new Map(form.asked.map((word) => [word.word, word]));
  const dependencies = dependenciesOf(outline);

  for (const { code, pointer } of questions.filter(
    (question) => question.code !== '' && isCore(question) && !asked.has(question.code),
  )) {
    const message = `"${code}" is a core item that the core form does not ask: add it to a page of the core form, or remove "core".`;
    yield problem(below(pointer, 'core'), 'core-item-not-asked', message);
  }

  const needs = [...asked.keys()].map((code) => ({
    code,
    read: questionsReadBy(`answer ${code}`, form, dependencies),
  }));
  const needed = new Set(needs.flatMap(({ read }) => read));
  for (const { word, pointer } of form.asked) {
    const question = byCode.get(word);
    if (question === undefined || !isItem(question) || isCore(question) || needed.has(word)) continue;
    const message = `"${word}" is an item that is not core, and no rule of the core form needs it: take it out of the core form, or mark it with "core": true.`;
    yield problem(pointer, 'not-core', message);
  }
  yield* checkUnasked(needs, asked, byCode);
}

/** A rule whose answer never comes would hide its question for good, without a word. */
function* checkUnasked(
  needs: readonly Need[],
  asked: ReadonlyMap<string, Word>,
  byCode: ReadonlyMap<string, QuestionEntry>,
): Generator<Problem> {
  for (const { code, read } of needs) {
    for (const other of read) {
      const pointer = asked.get(code)?.pointer;
      if (pointer === undefined || asked.has(other) || !byCode.has(other)) continue;
      const message = `The rules of "${code}" read the answer to "${other}", which the core form does not ask: add "${other}" to the core form before it, or change the rule.`;
      yield problem(pointer, 'reads-unasked-question', message);
    }
  }
}

interface Need {
  readonly code: string;
  readonly read: readonly string[];
}

function isItem({ type, value }: QuestionEntry): boolean {
  return type === 'rating' && typeof value['area'] === 'string';
}

function isCore({ type, value }: QuestionEntry): boolean {
  return type === 'rating' && value['core'] === true;
}

/** Codes of the questions that the rules of a node read, directly or through calcs, in this form. */
function questionsReadBy(node: string, form: FormOutline, dependencies: Dependencies): readonly string[] {
  const code = nameIn(node);
  const ownPlaces = dependencies.places.filter(
    (place) =>
      (place.use !== 'calc' && place.use !== 'page' && place.question.code === code) ||
      (place.use === 'page' &&
        place.form === form.name &&
        place.page.sections.some(({ questions }) => questions.some(({ word }) => word === code))),
  );
  const read = ownPlaces.flatMap(({ rule }) => partsOf(rule, '').reads);
  const answers = read.filter(({ kind }) => kind === 'answer').map(({ name }) => name);
  const throughCalcs = read
    .filter(({ kind }) => kind === 'calc')
    .flatMap(({ name }) => [...allReadBy(`calc ${name}`, dependencies, isCalc)])
    .filter((one) => !isCalc(one))
    .map(nameIn);
  return [...new Set([...answers, ...throughCalcs])].filter((other) => other !== code);
}
