import fc from 'fast-check';
import { checkInstrument } from '../../../src/definitions/check/check-instrument';
import { followFlow } from '../../../src/definitions/flow';
import { choice, smallInstrument, text } from '../../support/instruments';
import { questionnaires } from '../questionnaires';
import { at, family, q } from './families';

/* eslint-disable @typescript-eslint/no-explicit-any -- broken documents have any shape */

const b2 = (rule: unknown) => (copy: any) => (copy.questions[at.b2].visibleIf = rule);
const never = [['never-true', `${q('b2')}/visibleIf`]] as const;
const always = [['always-true', `${q('b2')}/visibleIf`]] as const;
const part = { answer: 'part' };
const a1 = { answer: 'a1' };

family('constants', [
  ['always true by itself', b2(true), always],
  ['always true for all answers', b2({ or: [{ answered: [part] }, { not: { answered: [part] } }] }), always],
  ['never true by itself', b2({ '==': [1, 2] }), never],
  ['never true for any answer', b2({ and: [{ '==': [part, 'yes'] }, { '==': [part, 'no'] }] }), never],
  ['never true for any point', b2({ '>': [a1, 5] }), never],
  ['never true between points', b2({ and: [{ '>': [a1, 3] }, { '<': [a1, 4] }] }), never],
  [
    'never true for a set of choices',
    (copy) => {
      copy.calcs = [];
      copy.questions[at.meetings].visibleIf = {
        and: [{ in: ['none', { answer: 'barriers' }] }, { '>': [{ count: { answer: 'barriers' } }, 1] }],
      };
    },
    [['never-true', `${q('meetings')}/visibleIf`]],
  ],
  [
    'never true of no choice, which is no answer',
    (copy) => {
      copy.calcs = [];
      copy.questions[at.meetings].visibleIf = { '==': [{ count: { answer: 'barriers' } }, 0] };
    },
    [['never-true', `${q('meetings')}/visibleIf`]],
  ],
  [
    'always true of the fewest choices',
    (copy) => {
      copy.questions[at.barriers].minChoices = 2;
      copy.questions[at.barriers].choices[3].exclusive = false;
      copy.questions[at.barriers].valid = [
        { rule: { '>=': [{ count: { answer: 'barriers' } }, 2] }, message: text('Dwie', 'Two') },
      ];
    },
    [['always-true', `${q('barriers')}/valid/0/rule`]],
  ],
  [
    'never true of a number between whole ones',
    (copy) => {
      copy.questions[at.meetings].valid[0].rule = { '!=': [{ answer: 'meetings' }, 2.5] };
    },
    [['always-true', `${q('meetings')}/valid/0/rule`]],
  ],
  [
    'never true of a text without words',
    (copy) => {
      copy.calcs = [];
      copy.questions[at.meetings].visibleIf = { '==': [{ answer: 'p1-comment' }, ' '] };
    },
    [['never-true', `${q('meetings')}/visibleIf`]],
  ],
  [
    'never true where the answer it reads stands on a page that is passed over',
    (copy) => {
      copy.calcs = [];
      copy.forms.full.pages[1].visibleIf = { '==': [part, 'yes'] };
      copy.questions.push({ type: 'yes-no', code: 'more', text: text('Więcej', 'More'), report: 'none' });
      copy.questions.at(-1).visibleIf = { and: [{ '==': [part, 'no'] }, { answered: [{ answer: 'c2' }] }] };
      copy.questions[at.meetings].visibleIf = { '==': [part, 'yes'] };
      copy.forms.full.pages[2].sections[0].questions.push('more');
    },
    [['never-true', '/questions/10/visibleIf']],
  ],
  [
    'never true for any group',
    b2({ not: { in: [{ group: true }, smallInstrument().groups!.map(({ code }) => code)] } }),
    never,
  ],
  ['never true for any fact', b2({ '<': [{ fact: 'grants' }, 0] }), never],
  [
    'never true through a calc',
    (copy) => {
      copy.calcs.push({ name: 'low', rule: { '<': [a1, 3] } });
      b2({ and: [{ calc: 'low' }, { '==': [a1, 4] }] })(copy);
    },
    never,
  ],
  [
    'never true where the answer it reads is itself hidden',
    (copy) => {
      copy.calcs = [];
      copy.questions[at.meetings].visibleIf = { and: [{ answered: [{ answer: 'b2' }] }, { '==': [part, 'no'] }] };
    },
    [['never-true', `${q('meetings')}/visibleIf`]],
  ],
  [
    'compulsory never, where it is asked',
    (copy) => {
      copy.questions[at.barriers].visibleIf = { '==': [part, 'yes'] };
      copy.questions[at.barriers].requiredIf = { '==': [part, 'no'] };
    },
    [['never-true', `${q('barriers')}/requiredIf`]],
  ],
  [
    'no answer accepted',
    (copy) => {
      copy.questions[at.meetings].valid[0].rule = { '<': [{ answer: 'meetings' }, 0] };
    },
    [['never-true', `${q('meetings')}/valid/0/rule`]],
  ],
  [
    'no answer stopped',
    (copy) => {
      copy.questions[at.meetings].valid[0].rule = { '<=': [{ answer: 'meetings' }, 50] };
    },
    [['always-true', `${q('meetings')}/valid/0/rule`]],
  ],
  [
    'page that nobody reaches',
    (copy) => {
      copy.forms.full.pages[1].visibleIf = { '>': [{ answer: 'a1' }, 5] };
    },
    [['unreachable-page', '/forms/full/pages/1/visibleIf']],
  ],
  [
    'page of hidden questions only',
    (copy) => {
      const page = copy.forms.full.pages[2];
      page.sections = [{ questions: ['barriers'] }];
      copy.forms.full.pages.push({
        ...page,
        code: 'last',
        visibleIf: { '==': [part, 'no'] },
        sections: [{ questions: ['meetings'] }],
      });
      copy.calcs = [];
      copy.questions[at.meetings].visibleIf = { '==': [part, 'yes'] };
    },
    [['unreachable-page', '/forms/full/pages/3']],
  ],
  [
    'question that its page hides',
    (copy) => {
      copy.forms.full.pages[2].visibleIf = { '==': [part, 'no'] };
      copy.calcs = [];
      copy.questions[at.meetings].visibleIf = { '==': [part, 'yes'] };
    },
    [['never-shown', '/forms/full/pages/2/sections/0/questions/1']],
  ],
]);

family('constants: rules that do decide', [
  ['a point given, not "hard to say"', b2({ '>=': [a1, 1] }), []],
  [
    'a number between',
    (copy) => (copy.questions[at.meetings].valid[0].rule = { between: [{ answer: 'meetings' }, 7, 7] }),
    [],
  ],
  ['a mean of ratings', b2({ '==': [{ mean: [a1, { answer: 'a2' }, { answer: 'b1' }] }, 5] }), []],
  [
    'a sum of numbers that is rarely reached',
    (copy) => {
      copy.facts.push({ type: 'number', code: 'n', text: text('x'), min: 0, max: 100000 });
      b2({ '==': [{ '+': [{ fact: 'n' }, { fact: 'grants' }] }, 777] })(copy);
    },
    [],
  ],
  [
    'a text that may be anything',
    (copy) => {
      copy.questions[at.comment].maxLength = 10;
      copy.calcs = [];
      copy.questions[at.meetings].visibleIf = { '==': [{ answer: 'p1-comment' }, 'abc'] };
    },
    [],
  ],
  ['a requirement that is simply true', (copy) => (copy.questions[at.barriers].requiredIf = true), []],
  [
    'many choices, most of them not named',
    (copy) => {
      copy.questions[at.barriers].choices = Array.from({ length: 40 }, (_, index) => choice(`c${index}`));
      copy.questions[at.barriers].maxChoices = 40;
      copy.calcs = [];
      copy.questions[at.meetings].visibleIf = { '==': [{ count: { answer: 'barriers' } }, 39] };
    },
    [],
  ],
]);

describe('a verdict on a rule', () => {
  it('is never contradicted by any questionnaire that is filled in', () => {
    const groups = ['officials', 'ngo'];
    let verdicts = 0;
    let unseen = 0;
    fc.assert(
      fc.property(questionnaires, ({ instrument, given, other }) => {
        const problems = checkInstrument(instrument);
        const isSaid = (code: string, pointer: string): boolean =>
          problems.some((problem) => problem.code === code && problem.pointer === pointer);
        for (const [answers, group] of [given, other, {}].flatMap((one) =>
          groups.map((group) => [one, group] as const),
        )) {
          const flow = followFlow(instrument, { form: 'full', group, round: 'baseline', facts: {} }, answers);
          instrument.questions.forEach(({ code }, index) => {
            const pointer = `/questions/${index}/visibleIf`;
            const page = instrument.forms.full.pages.find(({ sections }) => sections[0]?.questions.includes(code));
            if (isSaid('unseen-wording', `/questions/${index}/variants/0/groups/${groups.indexOf(group)}`)) {
              unseen += 1;
              expect(flow.visible.has(code)).toBe(false);
            }
            if (isSaid('never-true', pointer)) {
              verdicts += 1;
              expect(flow.visible.has(code)).toBe(false);
            }
            if (isSaid('always-true', pointer) && page?.visibleIf === undefined) {
              verdicts += 1;
              expect(flow.visible.has(code)).toBe(true);
            }
          });
          instrument.forms.full.pages.forEach((page, index) => {
            const lost = problems.some(
              ({ code, pointer }) => code === 'unreachable-page' && pointer?.startsWith(`/forms/full/pages/${index}`),
            );
            if (lost) expect(flow.pages).not.toContain(page);
          });
        }
      }),
      { numRuns: 120 },
    );
    expect(verdicts).toBeGreaterThan(0);
    expect(unseen).toBeGreaterThan(0);
  });
});
