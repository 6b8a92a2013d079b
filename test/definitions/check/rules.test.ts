import { checkInstrument } from '../../../src/definitions/check/check-instrument';
import { altered, smallInstrument, text } from '../../support/instruments';
import { at, family, q } from './families';

family('rules', [
  [
    'unknown name',
    (copy) => (copy.questions[at.b2].visibleIf['=='][0].answer = 'prat'),
    [['unknown-name', `${q('b2')}/visibleIf/==/0`]],
  ],
  [
    'unknown operator',
    (copy) => (copy.questions[at.b2].visibleIf = { regex: ['a', 'b'] }),
    [['unknown-operator', `${q('b2')}/visibleIf`]],
  ],
  [
    'coercion',
    (copy) => (copy.questions[at.b2].visibleIf = { '==': [{ answer: 'a1' }, '3'] }),
    [['type-mismatch', `${q('b2')}/visibleIf/==`]],
  ],
  [
    'not boolean',
    (copy) => (copy.questions[at.b2].visibleIf = { answer: 'a1' }),
    [['rule-not-boolean', `${q('b2')}/visibleIf`]],
  ],
  [
    'not boolean, required',
    (copy) => (copy.questions[9].requiredIf = { calc: 'satisfaction' }),
    [['rule-not-boolean', `${q('meetings')}/requiredIf`]],
  ],
  [
    'not boolean, valid',
    (copy) => (copy.questions[9].valid[0].rule = 3),
    [['rule-not-boolean', `${q('meetings')}/valid/0/rule`]],
  ],
  [
    'not boolean, page',
    (copy) => (copy.forms.full.pages[1].visibleIf = { answer: 'part' }),
    [['rule-not-boolean', '/forms/full/pages/1/visibleIf']],
  ],
  ['fault in a calc', (copy) => (copy.calcs[0].rule = { mean: [] }), [['wrong-arity', '/calcs/0/rule/mean']]],
  [
    'type of a calc',
    (copy) => (copy.calcs[0].rule = { answered: [{ answer: 'a1' }] }),
    [['type-mismatch', `${q('meetings')}/visibleIf/<`]],
  ],
]);

family('order', [
  [
    'a question that comes later',
    (copy) => (copy.questions[at.b2].visibleIf = { '>': [{ answer: 'c1' }, 2] }),
    [['forward-reference', `${q('b2')}/visibleIf/>/0`]],
  ],
  [
    'required by a later question',
    (copy) => (copy.questions[at.part].requiredIf = { '>': [{ answer: 'c1' }, 2] }),
    [['forward-reference', `${q('part')}/requiredIf/>/0`]],
  ],
  [
    'judged by a later question',
    (copy) => (copy.questions[at.part].valid = [{ rule: { '>': [{ answer: 'c1' }, 2] }, message: text('x') }]),
    [['forward-reference', `${q('part')}/valid/0/rule/>/0`]],
  ],
  [
    'its own answer',
    (copy) => (copy.questions[at.b2].visibleIf = { '>': [{ answer: 'b2' }, 2] }),
    [['cycle', `${q('b2')}/visibleIf/>/0`]],
  ],
  [
    'a calc that reads a later question',
    (copy) => (copy.questions[at.b2].visibleIf = { '>': [{ calc: 'satisfaction' }, 2] }),
    [['forward-reference', `${q('b2')}/visibleIf/>/0`]],
  ],
  [
    'a calc that reads the question itself',
    (copy) => (copy.calcs[0].rule.mean[0].answer = 'meetings'),
    [['cycle', `${q('meetings')}/visibleIf/</0`]],
  ],
  [
    'a later calc',
    (copy) => {
      copy.calcs.unshift({ name: 'twice', rule: { '*': [{ calc: 'satisfaction' }, 2] } });
      copy.questions[at.meetings].visibleIf = { '<': [{ calc: 'twice' }, 6] };
    },
    [['forward-reference', '/calcs/0/rule/*/0']],
  ],
  [
    'calcs in a circle',
    (copy) => {
      copy.calcs.unshift({ name: 'twice', rule: { '*': [{ calc: 'satisfaction' }, 2] } });
      copy.calcs[1].rule = { '+': [{ calc: 'twice' }, 1] };
    },
    [['cycle', '/calcs/0/rule/*/0']],
  ],
  [
    'a page that reads its own question',
    (copy) => (copy.forms.full.pages[1].visibleIf = { '>': [{ answer: 'c1' }, 2] }),
    [['cycle', '/forms/full/pages/1/visibleIf/>/0']],
  ],
]);

describe('order', () => {
  it('names a circle as a path', () => {
    const document = altered(smallInstrument(), (copy) => {
      copy.questions[at.part].visibleIf = { '>': [{ calc: 'satisfaction' }, 2] };
      copy.questions[at.a1].visibleIf = { '==': [{ answer: 'part' }, 'yes'] };
    });
    const circle = checkInstrument(document).find(({ code }) => code === 'cycle');
    expect(circle?.message).toContain('"part" → calc satisfaction → "a1" → "part"');
  });
});

family('literals', [
  [
    'choice',
    (copy) => (copy.questions[at.b2].visibleIf['=='][1] = 'yess'),
    [['unknown-choice', `${q('b2')}/visibleIf/==/1`]],
  ],
  [
    'choice in a list',
    (copy) => {
      copy.calcs = [];
      copy.questions[at.meetings].visibleIf = { anyIn: [{ answer: 'barriers' }, ['time', 'weather']] };
    },
    [['unknown-choice', `${q('meetings')}/visibleIf/anyIn/1/1`]],
  ],
  [
    'choice among those chosen',
    (copy) => {
      copy.calcs = [];
      copy.questions[at.meetings].visibleIf = { not: { in: ['weather', { answer: 'barriers' }] } };
    },
    [['unknown-choice', `${q('meetings')}/visibleIf/not/in/0`]],
  ],
  [
    'group',
    (copy) => copy.questions[at.c2].visibleIf.in[1].push('mayors'),
    [['unknown-group', `${q('c2')}/visibleIf/in/1/3`]],
  ],
  [
    'round',
    (copy) => (copy.questions[at.meetings].requiredIf['=='][1] = 'second'),
    [['unknown-round', `${q('meetings')}/requiredIf/==/1`]],
  ],
  [
    'point past the scale',
    (copy) =>
      (copy.questions[at.b2].visibleIf = {
        or: [{ '==': [{ answer: 'part' }, 'yes'] }, { '>': [{ answer: 'a1' }, 6] }],
      }),
    [['out-of-range', `${q('b2')}/visibleIf/or/1/>/1`]],
  ],
  [
    'number out of range',
    (copy) => (copy.questions[at.meetings].valid[0].rule = { between: [{ answer: 'meetings' }, 1, 60] }),
    [['out-of-range', `${q('meetings')}/valid/0/rule/between/2`]],
  ],
  [
    'date out of range',
    (copy) => {
      copy.facts.push({ type: 'date', code: 'day', text: text('x'), min: '2015-01-01', max: '2015-12-31' });
      copy.questions[at.b2].visibleIf = {
        or: [{ '==': [{ answer: 'part' }, 'yes'] }, { '<': [{ fact: 'day' }, '2014-06-01'] }],
      };
    },
    [['out-of-range', `${q('b2')}/visibleIf/or/1/</1`]],
  ],
]);
