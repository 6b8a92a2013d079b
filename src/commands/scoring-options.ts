import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { checkAnswer } from '../definitions/answer-check';
import type { FactValue, FactValues } from '../definitions/answers';
import { readByRules } from '../definitions/read-by-rules';
import { didYouMean } from '../definitions/check/likely';
import { below } from '../definitions/check/pointer';
import { answersWithout, countingIn } from '../definitions/flow';
import type { FactField, FormName, Instrument } from '../definitions/instrument';
import { checkVersionMap, mapBetween, versionMapSchema, type VersionMap } from '../definitions/version-map';
import { loadRegistry, readInstrument, type CheckedInstrument } from '../definitions/registry';
import { checkAgreedScores, checkRoundInput, type AgreedScores, type Respondent, type RoundInput } from '../scoring';
import { ProblemsFound, type Problem } from '../shared/errors';
import { readAnswersCsv } from './answers-csv';
import { readJsonFile } from './read-file';

/**
 * What the scoring commands share: from words on the command line to typed input. Each reader returns everything it
 * found wrong, so that a command can list the problems of all its inputs at once.
 */

/** Where `ID@VERSION` is looked up. */
export const definitionsFolder = join(__dirname, '..', '..', 'survey-definitions');

/**
 * The instrument named by `--instrument`: a file, or `ID@VERSION` of the folder `survey-definitions`.
 *
 * @throws ProblemsFound where there is none, or where it has problems
 */
export async function openInstrument(word: string | undefined): Promise<CheckedInstrument> {
  if (word === undefined || word === '') {
    throw new ProblemsFound([missingOption('--instrument', 'ID@VERSION, e.g. lijw@1.0.0, or an instrument file')]);
  }
  const [, id, version] = /^([^@/\\]+)@([^@/\\]+)$/.exec(word) ?? [];
  if (id === undefined || version === undefined || existsSync(word)) return readInstrument(word);
  const registry = loadRegistry(definitionsFolder);
  const found = registry.get(id, version);
  if (found !== undefined) return found;
  const known = registry.all().map(({ instrument }) => `${instrument.id}@${instrument.version}`);
  const message = `There is no instrument ${word}; there are ${known.join(', ')}.${didYouMean(word, known)}`;
  throw new ProblemsFound([{ file: '--instrument', code: 'unknown-instrument', message }]);
}

/** Where one round's input comes from, as words of the command line. */
export interface RoundWords {
  readonly answers: string;
  readonly form: string | undefined;
  readonly round: string | null;
  readonly facts: string | undefined;
  readonly groupSizes: readonly string[];
  readonly outOfScope: readonly string[];
  readonly k: string | undefined;
  /** Options the words come from, for messages. */
  readonly options: { readonly groupSizes: string; readonly outOfScope: string };
}

export interface ReadRound {
  readonly input: RoundInput;
  readonly problems: readonly Problem[];
}

/** One round's input for scoring; everything wrong with any part of it is in `problems`. */
export async function readRound(instrument: Instrument, words: RoundWords): Promise<ReadRound> {
  const facts = await readFacts(instrument, words.facts);
  const sizes = readGroupSizes(words.groupSizes, words.options.groupSizes);
  const form = readForm(instrument, words.form);
  const round = readRoundName(instrument, words.round);
  const context = { form: form.value, round: words.round, facts: facts.value };
  const answers = await readAnswersCsv(instrument, words.answers, countedOnly(instrument, context));
  const k = readK(words.k);
  const input: RoundInput = {
    ...context,
    respondents: answers.respondents,
    groupSizes: sizes.value,
    outOfScope: codesIn(words.outOfScope),
    k: k.value,
  };
  // Whose fault it is decides what is named: an option, or the file with the answers.
  const places: Readonly<Record<string, string>> = {
    'unknown-area': words.options.outOfScope,
    'unknown-group': words.options.groupSizes,
    'bad-group-size': words.options.groupSizes,
  };
  const checked = checkRoundInput(instrument, input).map((problem) => ({
    file: places[problem.code] ?? words.answers,
    ...problem,
  }));
  const parts = [answers, facts, sizes, form, round, k].flatMap(({ problems }) => problems);
  return { input, problems: [...parts, ...checked] };
}

/** Of a respondent what figures are made of: without answers that do not count, and without texts that no rule reads. */
function countedOnly(
  instrument: Instrument,
  context: Pick<RoundInput, 'form' | 'round' | 'facts'>,
): (respondent: Respondent) => Respondent {
  const counted = countingIn(instrument, context);
  const read = readByRules(instrument).answers;
  const texts = instrument.questions
    .filter(({ type, code }) => (type === 'short-text' || type === 'long-text') && !read.has(code))
    .map(({ code }) => code);
  return ({ id, group, answers: given }) => {
    const { answers } = counted(group, given);
    return { id, group, answers: answersWithout(answers, texts) };
  };
}

/** Agreed scores of a JSON file, every area there. */
export async function readAgreedScores(
  instrument: Instrument,
  file: string,
): Promise<{ readonly scores: AgreedScores; readonly problems: readonly Problem[] }> {
  const { value, problems: ofFile, locate } = await readJsonFile(file);
  const ofContent = value === undefined ? [] : checkAgreedScores(instrument, value).map(locate);
  const problems = [...ofFile, ...ofContent];
  return { scores: problems.length === 0 ? (value as AgreedScores) : {}, problems };
}

/** The map between two versions: of the file, else the one that the later version carries (`comparesWith`). */
export async function readVersionMap(
  file: string | undefined,
  earlier: CheckedInstrument,
  later: CheckedInstrument,
): Promise<{ readonly value: VersionMap | null; readonly problems: readonly Problem[] }> {
  const differ = earlier.hash !== later.hash;
  if (file === undefined) {
    const value = differ ? mapBetween(earlier.instrument, later.instrument) : null;
    if (!differ || value !== null) return { value, problems: [] };
    return { value: null, problems: [missingOption('--map', 'the map between the two versions')] };
  }
  const { value, problems: ofFile, locate } = await readJsonFile(file);
  if (value === undefined) return { value: null, problems: ofFile };
  const fits = new Ajv2020({ allErrors: true }).compile<VersionMap>(versionMapSchema);
  if (!fits(value)) {
    const ofShape = (fits.errors ?? []).map(({ instancePath, message }) =>
      locate({ pointer: instancePath, code: 'bad-map', message: `This is no map between versions: ${message ?? ''}.` }),
    );
    return { value: null, problems: [...ofFile, ...ofShape] };
  }
  const ofContent = checkVersionMap(value, earlier.instrument, later.instrument).map(locate);
  return { value, problems: [...ofFile, ...ofContent] };
}

/** A required option that is not there. */
export function missingOption(option: string, what: string): Problem {
  return { file: option, code: 'missing-option', message: `${option} is missing: give ${what}. See --help.` };
}

/** Words that belong to no option. */
export function unexpectedWords(positionals: readonly string[]): readonly Problem[] {
  return positionals.map((word) => ({
    code: 'bad-option',
    message: `"${word}" belongs to no option. See --help.`,
  }));
}

/** The problems of the same input given twice (form, k) are said once. */
export function throwProblems(problems: readonly Problem[]): void {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  if (once.size > 0) throw new ProblemsFound([...once.values()]);
}

interface Read<Value> {
  readonly value: Value;
  readonly problems: readonly Problem[];
}

/** `a=1,b=2`, in one or several options. */
function readGroupSizes(words: readonly string[], option: string): Read<Readonly<Record<string, number>>> {
  const problems: Problem[] = [];
  const sizes = new Map<string, number>();
  for (const word of words.flatMap((list) => list.split(',')).map((one) => one.trim())) {
    const [, group, size] = /^([^=\s]+)\s*=\s*(\S+)$/.exec(word) ?? [];
    const say = (message: string) => problems.push({ file: option, code: 'bad-group-size', message });
    if (word === '') continue;
    if (group === undefined || size === undefined) say(`"${word}" is no group size; write officials=18,ngo=40.`);
    else if (!/^\d+$/.test(size)) say(`The size "${size}" of the group "${group}" is no whole number of at least 1.`);
    else if (sizes.has(group)) say(`The size of the group "${group}" is given more than once.`);
    else sizes.set(group, Number(size));
  }
  return { value: Object.fromEntries(sizes), problems };
}

/** What each kind of fact looks like in JSON. */
const factValues: Readonly<Record<FactField['type'], string>> = {
  number: 'a number within its limits and decimal places',
  percent: 'a number from 0 to 100',
  money: 'an amount with at most two decimal places',
  date: 'a real date "YYYY-MM-DD"',
  'yes-no': 'true or false',
  'short-text': 'a short text',
  'long-text': 'a text',
  'single-choice': 'the code of a choice',
  'multiple-choice': 'a list of codes of choices',
  ranking: 'a list of codes of choices, first place first',
};

/** `{"p14_council": true, …}`; null is unanswered. */
async function readFacts(instrument: Instrument, file: string | undefined): Promise<Read<FactValues>> {
  if (file === undefined) return { value: {}, problems: [] };
  const { value: given, problems: ofFile, locate } = await readJsonFile(file);
  if (given === undefined) return { value: {}, problems: ofFile };
  const problems: Problem[] = [...ofFile];
  const say = (pointer: string, code: string, message: string) => problems.push(locate({ pointer, code, message }));
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    say('', 'not-an-object', 'Facts are one JSON object of fact codes and values: {"p14_council": true, …}.');
    return { value: {}, problems };
  }
  const known = new Map((instrument.facts ?? []).map((fact) => [fact.code, fact]));
  const facts = new Map<string, FactValue>();
  for (const [code, value] of Object.entries(given as Readonly<Record<string, unknown>>)) {
    const pointer = below('', code);
    const fact = known.get(code);
    const fault = fact === undefined || value === null ? null : checkAnswer(instrument, fact, value);
    if (fact === undefined) {
      say(pointer, 'unknown-fact', `The instrument has no fact "${code}".${didYouMean(code, known.keys())}`);
    } else if (fault !== null) {
      const shown = JSON.stringify(value).slice(0, 60);
      say(pointer, fault, `${shown} is no value of the fact ${code} (${fault}): give ${factValues[fact.type]}.`);
    } else if (value !== null) facts.set(code, value as FactValue);
  }
  return { value: Object.fromEntries(facts), problems };
}

function readForm(instrument: Instrument, word: string | undefined): Read<FormName> {
  if (word === undefined) return { value: 'full', problems: [] };
  if ((word === 'full' || word === 'core') && instrument.forms[word] !== undefined)
    return { value: word, problems: [] };
  const message = `There is no form "${word}"; the forms are ${Object.keys(instrument.forms).join(', ')}.`;
  return { value: 'full', problems: [{ file: '--form', code: 'no-such-form', message }] };
}

function readRoundName(instrument: Instrument, word: string | null): { readonly problems: readonly Problem[] } {
  const rounds = instrument.rounds ?? [];
  if (word === null || rounds.includes(word)) return { problems: [] };
  const known = rounds.length === 0 ? 'it has no rounds' : `its rounds are ${rounds.join(', ')}`;
  const message = `The instrument has no round "${word}"; ${known}.`;
  return { problems: [{ file: '--round', code: 'no-such-round', message }] };
}

/** 5 where nothing is said; 1 switches hiding off. */
function readK(word: string | undefined): Read<number> {
  if (word === undefined) return { value: 5, problems: [] };
  if (/^[1-9]\d{0,8}$/.test(word)) return { value: Number(word), problems: [] };
  const message = `k is "${word}"; it must be a whole number of at least 1.`;
  return { value: 5, problems: [{ file: '--k', code: 'bad-k', message }] };
}

function codesIn(words: readonly string[]): readonly string[] {
  return [
    ...new Set(
      words
        .flatMap((list) => list.split(','))
        .map((code) => code.trim())
        .filter((code) => code !== ''),
    ),
  ];
}
