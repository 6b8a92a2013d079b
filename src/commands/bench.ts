import { join } from 'node:path';
import type { Answer, Answers } from '../definitions/answers';
import { evaluateRule, special } from '../definitions/conditions/evaluate';
import type { Rule } from '../definitions/conditions/rule';
import type { Instrument, Question } from '../definitions/instrument';
import { readInstrument } from '../definitions/registry';
import { compareRounds } from '../scoring/comparison';
import { scoredRound, type Respondent, type RoundInput } from '../scoring/scorecard';
import type { Command } from './command-line';
import { parseAnswersCsv } from './answers-csv';
import { definitionsFolder } from './scoring-options';

const help = `
Usage: npm run bench

Measures, on made-up answers to the instrument lijw: reading a CSV file, scoring a round and comparing two rounds with
371 respondents (the largest survey known in the field) and with 10,000; and how many rules are evaluated in a second.
Prints the median of several runs and how far the slowest was from it.
`;

/** The command `bench`. */
export const benchCommand: Command<Record<string, never>> = {
  help,
  options: {},
  async run() {
    const { instrument } = await readInstrument(join(definitionsFolder, 'lijw-1.0.0.json'));
    const medians: number[] = [];
    for (const [respondents, runs] of [
      [371, 15],
      [10_000, 5],
    ] as const) {
      const input = madeUpRound(instrument, respondents);
      const csv = csvOf(instrument, input.respondents);
      measure(`read a CSV file of ${respondents} respondents`, runs, () => parseAnswersCsv(instrument, csv));
      medians.push(measure(`score ${respondents} respondents`, runs, () => scoredRound(instrument, input)));
      const round = scoredRound(instrument, input);
      measure(`compare two rounds of ${respondents}`, runs, () => compareRounds(instrument, round, round));
    }
    const [few = 1, many = 1] = medians;
    say(
      `10,000 respondents take ${(many / few).toFixed(1)} times as long as 371 (${(10_000 / 371).toFixed(1)} times as many)`,
    );
    const evaluations = 200_000;
    const took = measure(`evaluate a rule of 9 nodes ${evaluations} times`, 7, () => evaluateOften(evaluations));
    say(`${Math.round(evaluations / took)} evaluations a millisecond`);
    return 0;
  },
};

/** Runs the work once to warm up and then `runs` times; returns the median in milliseconds. */
function measure(what: string, runs: number, work: () => unknown): number {
  work();
  const took = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).toSorted((one, other) => one - other);
  const median = took[Math.floor(runs / 2)] ?? 0;
  const slowest = took.at(-1) ?? 0;
  say(`${what}: median ${median.toFixed(1)} ms, slowest ${(slowest / median).toFixed(2)} times that`);
  return median;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function evaluateOften(times: number): number {
  const rule: Rule = {
    and: [{ '>=': [{ answer: 'q' }, 3] }, { or: [{ '==': [{ group: true }, 'ngo'] }, { fact: 'f' }] }],
  };
  const answers: readonly (number | typeof special | null)[] = [1, 2, 3, 4, 5, special, null];
  let holds = 0;
  for (let turn = 0; turn < times; turn++) {
    const value = evaluateRule(rule, {
      answer: () => answers[turn % answers.length] ?? null,
      fact: () => turn % 2 === 0,
      calc: () => null,
      group: turn % 3 === 0 ? 'ngo' : 'officials',
      round: null,
    });
    if (value === true) holds += 1;
  }
  return holds;
}

/** Respondents spread over the groups, each with answers drawn from a fixed sequence. */
function madeUpRound(instrument: Instrument, respondents: number): RoundInput {
  const groups = instrument.groups ?? [];
  // A linear congruential generator (Park and Miller): the same answers on every machine.
  let state = 20_150_630;
  const draw = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const people = Array.from({ length: respondents }, (_, index): Respondent => {
    const answers: Record<string, Answer> = {};
    for (const question of instrument.questions) {
      const answer = draw(10) === 0 ? undefined : madeUpAnswer(question, draw);
      if (answer !== undefined) answers[question.code] = answer;
    }
    return { id: String(index), group: groups[draw(groups.length)]?.code ?? '', answers };
  });
  return {
    form: 'full',
    round: 'baseline',
    respondents: people,
    facts: {},
    groupSizes: {},
    outOfScope: [],
    k: 5,
  };
}

function madeUpAnswer(question: Question, draw: (below: number) => number): Answer | undefined {
  switch (question.type) {
    case 'rating':
      return draw(12) === 0 ? { special: 'hard-to-say' } : 1 + draw(5);
    case 'single-choice':
      return question.choices[draw(question.choices.length)]?.code;
    case 'multiple-choice':
    case 'ranking':
      return question.choices.slice(0, 1 + draw(2)).map(({ code }) => code);
    case 'yes-no':
      return draw(2) === 0;
    case 'number':
    case 'percent':
    case 'money':
      return draw(5);
    case 'date':
      return '2024-11-30';
    case 'short-text':
    case 'long-text':
      return 'Uwaga zmyślona na potrzeby pomiaru';
  }
}

function csvOf(instrument: Instrument, respondents: readonly Respondent[]): string {
  const codes = instrument.questions.map(({ code }) => code);
  const cell = (answers: Answers, code: string) => {
    const answer = answers[code];
    if (answer === undefined) return '';
    if (typeof answer !== 'object') return String(answer);
    return Array.isArray(answer) ? answer.join('|') : 'hs';
  };
  const rows = respondents.map(({ id, group, answers }) => [id, group, ...codes.map((code) => cell(answers, code))]);
  return [['respondent', 'group', ...codes], ...rows].map((row) => row.join(',')).join('\n');
}
