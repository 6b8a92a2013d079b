import { join } from 'node:path';
import type { Answer, Answers } from '../../definitions/answers';
import type { Instrument, Question } from '../../definitions/instrument';
import { readInstrument } from '../../definitions/registry';
import { releasePair, releaseRound, type Respondent, type RoundInput } from '../../scoring';
import { parseAnswersCsv } from '../answers-csv';
import { definitionsFolder } from '../scoring-options';
import type { Bench } from './bench';
import { timesOf } from './times';

/** The largest survey known in the field, and many more. */
const [few, many] = [371, 10_000];

/** Reading and scoring beside one plain look at every answer, which no program can do without. */
export const scoringBench: Bench = {
  name: 'scoring',
  about: `made-up answers of ${few} and ${many} respondents to lijw: reading a CSV file, scoring, comparing`,
  async *run() {
    const opened = await readInstrument(join(definitionsFolder, 'lijw-1.0.0.json'));
    for (const [respondents, runs] of [
      [few, 15],
      [many, 5],
    ] as const) {
      const { instrument } = opened;
      const input = madeUpRound(instrument, respondents);
      const csv = csvOf(instrument, input.respondents);
      const round = { opened, input };
      const look = { what: 'look at every answer', work: () => sumOfAnswers(input.respondents) };
      const split = {
        what: 'split at line ends and commas',
        work: () => csv.split('\n').map((line) => line.split(',')),
      };
      const works = [
        { what: 'read a CSV file', work: () => parseAnswersCsv(instrument, csv), beside: split, most: 120 },
        { what: 'release a round', work: () => releaseRound(round), beside: look, most: 100 },
        { what: 'release two rounds', work: () => releasePair(round, round, null), beside: look, most: 180 },
      ];
      for (const { what, work, beside, most } of works) {
        const { ours, bound } = await timesOf(runs, work, beside.work);
        yield {
          what: `${what}, ${respondents} respondents`,
          unit: 'ms',
          ours: ours.median,
          bound: { what: beside.what, value: bound.median },
          spread: ours.spread,
          budget: { most },
        };
      }
    }
  },
};

function sumOfAnswers(respondents: readonly Respondent[]): number {
  let sum = 0;
  for (const { answers } of respondents) {
    for (const answer of Object.values(answers)) if (typeof answer === 'number') sum += answer;
  }
  return sum;
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
