import type { Answers } from './answers';
import { compileRule, unknown, type Value } from './conditions/evaluate';
import { operandsOf } from './conditions/operators';
import type { Rule, Source } from './conditions/rule';
import { isObject, sourceIn, sourcesOf } from './conditions/sources';
import { rememberedFor } from '../shared/remember';
import { codesOf, sourceValue, valueInGroup, type Flow, type FlowContext } from './flow';
import type { FormName, Instrument, Page } from './instrument';

/** What a browser needs to show and hide the questions of one page, by the evaluator of the server. */
export interface PageRules {
  /** Only the questions that depend on answers of the page, and those of the page; without words. */
  readonly instrument: Instrument;
  readonly context: FlowContext;
  /** Answers to the questions in it that stand on other pages. */
  readonly answers: Answers;
  /** Codes of the page's questions. */
  readonly questions: readonly string[];
}

/**
 * The rules of one page, with all that its answers cannot change put in as results: the fact sheet, the group, the
 * round and the answers of other pages leave nothing but "yes", "no" or the value that is compared with an answer.
 * null where nothing on the page depends on its answers.
 *
 * @param given answers of the respondent, those to hidden questions too.
 * @param flow what `followFlow` made of them.
 */
export function rulesOfPage(
  instrument: Instrument,
  context: FlowContext,
  given: Answers,
  flow: Flow,
  page: Page,
): PageRules | null {
  const { here, changing, depends, changes } = movementsOf(instrument, context.form, page);
  if (!depends) return null;
  const pages = instrument.forms[context.form]?.pages ?? [];
  const calcRules = calcRulesOf(instrument);

  const calcsRead = new Set<string>();
  const settle = (rule: Rule): Rule => {
    if (!changes(rule)) return asLiteral(settledValue(rule, context, flow));
    if (!isObject(rule)) return rule;
    const source = sourceIn(rule);
    if (source !== undefined) {
      if (source.kind === 'calc') calcsRead.add(source.name);
      return rule;
    }
    const [name = '', operands = []] = Object.entries(rule)[0] ?? [];
    const parts = operandsOf(operands);
    if (name !== 'answered') return { [name]: parts.map(settle) };
    // It asks for names, not for values: what is settled stands beside it.
    return { and: parts.map((part) => (changes(part) ? { answered: [settle(part)] } : settle({ answered: [part] }))) };
  };

  const questions = instrument.questions
    .filter(({ code }) => changing.has(code))
    .map((question) => {
      const { visibleIf } = question;
      // Whether an answer has to be given or is right is told when the page is sent.
      const rules = { visibleIf: visibleIf && settle(visibleIf), requiredIf: undefined, valid: undefined };
      return { ...question, ...rules, variants: undefined };
    });
  const keptPages = pages
    .filter((one) => codesOf(one).some((code) => changing.has(code)))
    .map((one) => ({
      code: one.code,
      ...(one.visibleIf === undefined ? {} : { visibleIf: settle(one.visibleIf) }),
      sections: [{ questions: codesOf(one).filter((asked) => changing.has(asked)) }],
    }));
  const calcs = [];
  // A calc may read another one, which then joins the set while it is walked through.
  for (const name of calcsRead) calcs.push({ name, rule: settle(calcRules.get(name) ?? nothing) });

  const { id, version, kind, languages, scale } = instrument;
  return {
    instrument: withoutWords({
      ...{ id, version, kind, languages, questions, calcs },
      ...(scale ? { scale: { ...scale, points: {} } } : {}),
      forms: { full: { minutes: 0, pages: keptPages } },
    }) as Instrument,
    context: { form: 'full', group: null, round: null, facts: {} },
    answers: Object.fromEntries(
      Object.entries(given).filter(([code]) => changing.has(code) && !here.has(code) && Object.hasOwn(given, code)),
    ),
    questions: [...here],
  };
}

/** What the answers of one page can change. */
interface Movements {
  /** Codes of the page's questions. */
  readonly here: ReadonlySet<string>;
  /** Codes of the questions that change with answers of the page, and those of the page. */
  readonly changing: ReadonlySet<string>;
  /** Whether anything on the page itself depends on its answers. */
  readonly depends: boolean;
  /** Whether a rule reads anything that changes. */
  readonly changes: (rule: Rule | undefined) => boolean;
}

const movementsKept = rememberedFor<Instrument, Map<string, Movements>>(() => new Map());

/** Of an instrument alone, whoever answers, so it is found once. */
function movementsOf(instrument: Instrument, form: FormName, page: Page): Movements {
  const kept = movementsKept(instrument);
  const key = `${form} ${page.code}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const here = new Set(codesOf(page));
  const pages = instrument.forms[form]?.pages ?? [];
  const pageRule = new Map(pages.flatMap((one) => codesOf(one).map((code) => [code, one.visibleIf] as const)));
  const calcRules = calcRulesOf(instrument);

  // In the order of the bank, since no rule reads what comes later. A question of another page that appears because of
  // an answer here may in turn be read by a question here.
  const changing = new Set<string>();
  const changes = (rule: Rule | undefined): boolean => {
    if (rule === undefined) return false;
    const { answers, calcs } = sourcesOf(rule);
    return answers.some((code) => changing.has(code)) || calcs.some((name) => changes(calcRules.get(name)));
  };
  let depends = false;
  for (const { code, visibleIf } of instrument.questions) {
    if (!pageRule.has(code)) continue;
    const moves = changes(visibleIf) || changes(pageRule.get(code));
    if (moves && here.has(code)) depends = true;
    if (moves || here.has(code)) changing.add(code);
  }
  const found = { here, changing, depends, changes };
  kept.set(key, found);
  return found;
}

const calcRulesOf = rememberedFor(
  ({ calcs = [] }: Instrument) => new Map(calcs.map(({ name, rule }) => [name, rule] as const)),
);

/** A fact that no fact sheet has: unknown to every operator. */
const nothing: Source = { fact: 'unknown' };

function asLiteral(value: Value | null): Rule {
  return value ?? nothing;
}

/** The value of a rule that reads nothing which the page can change; null = unknown. */
function settledValue(rule: Rule, { facts, group, round }: FlowContext, { answers, calcs }: Flow): Value | null {
  const value = valueInGroup(compileRule(rule), {
    answer: (code) => sourceValue(answers, code),
    fact: (code) => (Object.hasOwn(facts, code) ? (facts[code] ?? null) : null),
    calc: (name) => calcs[name] ?? null,
    ...{ group, round },
  });
  return value === unknown ? null : value;
}

const wordy = new Set(['text', 'hint', 'highMeans', 'lowMeans', 'title', 'lead', 'message', 'name', 'description']);

/** Codes and rules only: the words are in the page already. A key of words holds an object of languages. */
function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key, part]) => !(wordy.has(key) && isObject(part)));
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutWords(part)]));
}
