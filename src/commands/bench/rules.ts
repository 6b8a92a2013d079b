import { evaluateRule, special } from '../../definitions/conditions/evaluate';
import type { Rule } from '../../definitions/conditions/rule';
import type { Bench } from './bench';
import { timesOf } from './times';

const evaluations = 200_000;
const rule: Rule = {
  and: [{ '>=': [{ answer: 'q' }, 3] }, { or: [{ '==': [{ group: true }, 'ngo'] }, { fact: 'f' }] }],
};
const answers: readonly (number | typeof special | null)[] = [1, 2, 3, 4, 5, special, null];

/** Evaluating a condition beside a mere walk through its nodes. */
export const rulesBench: Bench = {
  name: 'rules',
  about: `a rule of 9 nodes, evaluated ${evaluations} times`,
  async *run() {
    const { ours, bound } = await timesOf(7, evaluated, walked);
    yield {
      what: `evaluate a rule of 9 nodes ${evaluations} times`,
      unit: 'ms',
      ours: ours.median,
      bound: { what: 'walk through the rule', value: bound.median },
      spread: ours.spread,
      budget: { most: 8 },
    };
  },
};

const answerOf = (turn: number) => answers[turn % answers.length] ?? null;
const factOf = (turn: number) => turn % 2 === 0;
const groupOf = (turn: number) => (turn % 3 === 0 ? 'ngo' : 'officials');

function evaluated(): number {
  let holds = 0;
  for (let turn = 0; turn < evaluations; turn += 1) {
    const value = evaluateRule(rule, {
      answer: () => answerOf(turn),
      fact: () => factOf(turn),
      calc: () => null,
      group: groupOf(turn),
      round: null,
    });
    if (value === true) holds += 1;
  }
  return holds;
}

/** What any interpreter has to do: come by every node. */
function walked(): number {
  let nodes = 0;
  for (let turn = 0; turn < evaluations; turn += 1) nodes += nodesOf(rule);
  return nodes;
}

function nodesOf(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, part) => sum + nodesOf(part), 0);
  if (typeof node !== 'object' || node === null) return 1;
  return Object.values(node).reduce<number>((sum, part) => sum + nodesOf(part), 1);
}
