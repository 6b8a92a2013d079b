import type { SimulatedGroup } from './population';

/** One kind of survey, simulated many times. */
export interface SimulatedSurvey {
  readonly name: string;
  readonly groups: readonly SimulatedGroup[];
  readonly itemsAnArea: number;
  /** Share of items left unanswered; see `Asking`. */
  readonly unanswered?: number;
  /** What is judged: the change between two rounds, or gaps within one. */
  readonly judges: 'changes' | 'gaps';
  /** Groups of one side that are joined when one is too small. */
  readonly mergePlan?: readonly string[];
  /** Whose verdicts: joint figures and sides, or single groups (of gaps: pairs of them). */
  readonly holders: 'joint and sides' | 'groups';
}

type Answering = SimulatedGroup['answering'];

const group = (code: string, size: number, answering: Answering, sizeKnown = true): SimulatedGroup => ({
  code,
  size,
  answering,
  sizeKnown,
});
const five = (a1: Answering, a2: Answering, a3: Answering, n1: Answering, n2: Answering) => [
  group('a1', 12, a1),
  group('a2', 25, a2),
  group('a3', 18, a3),
  group('n1', 40, n1),
  group('n2', 30, n2),
];
const few = five(6, 12, 8, 14, 9);
const enough = five(10, 12, 14, 16, 11);
const joint = 'joint and sides';

/** The table of comparison §4, and what it does not have: gaps, groups by themselves, gaps in answers, merged groups. */
export const simulatedSurveys: readonly SimulatedSurvey[] = [
  { name: '6-14 of 12-40, two groups ≥ 2k', groups: few, itemsAnArea: 1, judges: 'changes', holders: joint },
  { name: '6-14 of 12-40, two groups ≥ 2k', groups: few, itemsAnArea: 3, judges: 'changes', holders: joint },
  { name: '10-16, all ≥ 2k', groups: enough, itemsAnArea: 1, judges: 'changes', holders: joint },
  { name: '10-16, all ≥ 2k', groups: enough, itemsAnArea: 3, judges: 'changes', holders: joint },
  {
    name: 'nearly everybody',
    groups: five(12, 24, 17, 38, 29),
    itemsAnArea: 1,
    judges: 'changes',
    holders: joint,
  },
  { name: 'nobody ≥ 2k (assumed)', groups: five(6, 7, 8, 9, 6), itemsAnArea: 1, judges: 'changes', holders: joint },
  {
    name: 'NGO sizes unknown, one group ≥ 2k',
    groups: [
      group('a1', 12, 6),
      group('a2', 25, 12),
      group('a3', 18, 8),
      group('n1', 40, 9, false),
      group('n2', 30, 8, false),
    ],
    itemsAnArea: 3,
    judges: 'changes',
    holders: joint,
  },
  {
    name: 'a fifth of items unanswered',
    groups: five([12, 11], 16, 14, 20, 13),
    itemsAnArea: 3,
    unanswered: 0.2,
    judges: 'changes',
    holders: joint,
  },
  {
    name: 'merged groups',
    groups: [...few.slice(0, 3), group('n1', 40, [4, 7]), group('n2', 30, 9), group('n3', 25, 12)],
    itemsAnArea: 3,
    mergePlan: ['n1', 'n2'],
    judges: 'changes',
    holders: joint,
  },
  { name: 'groups, 10-16', groups: enough, itemsAnArea: 1, judges: 'changes', holders: 'groups' },
  { name: 'groups, 10-16', groups: enough, itemsAnArea: 3, judges: 'changes', holders: 'groups' },
  { name: 'gap of sides, 6-14', groups: few, itemsAnArea: 1, judges: 'gaps', holders: joint },
  { name: 'gap of sides, 6-14', groups: few, itemsAnArea: 3, judges: 'gaps', holders: joint },
  { name: 'gaps of groups, 10-16', groups: enough, itemsAnArea: 3, judges: 'gaps', holders: 'groups' },
];
