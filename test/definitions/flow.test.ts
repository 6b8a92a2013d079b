import fc from 'fast-check';
import type { Answers } from '../../src/definitions/answers';
import type { Rule } from '../../src/definitions/conditions/rule';
import { followFlow, type FlowContext } from '../../src/definitions/flow';
import type { Instrument, Page } from '../../src/definitions/instrument';
import { smallForm, smallInstrument, text } from '../support/instruments';
import { questionnaires } from './questionnaires';

const official: FlowContext = { form: 'full', group: 'officials', round: 'baseline', facts: {} };
const ngo: FlowContext = { ...official, group: 'ngo' };

describe('followFlow', () => {
  it('shows a question only where its rule is true: unknown is hidden', () => {
    const instrument = smallInstrument();
    const b2Visible = (answers: Answers): boolean => followFlow(instrument, official, answers).visible.has('b2');
    expect(b2Visible({ part: 'yes' })).toBe(true);
    expect(b2Visible({ part: 'no' })).toBe(false);
    expect(b2Visible({})).toBe(false);
    expect(b2Visible({ part: { special: 'hard-to-say' } })).toBe(false);
  });

  it('keeps only answers of visible questions', () => {
    const flow = followFlow(smallInstrument(), official, { part: 'no', b1: 4, b2: 5, c2: 1, unheard: 3 });
    expect(flow.answers).toEqual({ part: 'no', b1: 4 });
  });

  it('follows group and round', () => {
    const instrument = smallInstrument();
    expect(followFlow(instrument, official, {}).visible.has('c2')).toBe(false);
    expect(followFlow(instrument, ngo, {}).visible.has('c2')).toBe(true);
    const low = { a1: 1, c1: 2, meetings: 4 };
    expect([...followFlow(instrument, official, low).required]).toEqual([]);
    expect([...followFlow(instrument, { ...official, round: 'follow-up' }, low).required]).toEqual(['meetings']);
  });

  it('asks a merged group only what a rule says of each of its parts', () => {
    const asked = (rule: Rule, group: string) =>
      followFlow(
        smallForm({
          questions: [{ type: 'yes-no', code: 'here', text: text('Tu'), visibleIf: rule }],
          forms: onePage(['here']),
        }),
        { ...official, group },
        {},
      ).visible.has('here');
    const isNgo: Rule = { '==': [{ group: true }, 'ngo'] };
    const isEither: Rule = { in: [{ group: true }, ['ngo', 'informal']] };
    expect([isNgo, isEither, { not: isNgo }].map((rule) => asked(rule, 'ngo+informal'))).toEqual([false, true, false]);
    expect(asked({ not: isNgo }, 'officials+councillors')).toBe(true);
  });

  it('lets a hidden answer count nowhere: not in later rules, not in calcs', () => {
    const hides = { '==': [{ answer: 'gate' }, true] } satisfies Rule;
    const instrument = smallForm({
      questions: [
        { type: 'yes-no', code: 'gate', text: text('Brama') },
        { type: 'number', code: 'inner', text: text('W środku'), visibleIf: hides },
        { type: 'short-text', code: 'why', text: text('Dlaczego'), visibleIf: { '>': [{ answer: 'inner' }, 3] } },
        { type: 'yes-no', code: 'last', text: text('Ostatnie'), visibleIf: { answered: [{ calc: 'double' }] } },
      ],
      calcs: [{ name: 'double', rule: { '*': [{ answer: 'inner' }, 2] } }],
      forms: onePage(['gate', 'inner', 'why', 'last']),
    });
    const open = followFlow(instrument, official, { gate: true, inner: 7, why: 'x', last: true });
    expect([...open.visible]).toEqual(['gate', 'inner', 'why', 'last']);
    expect(open.calcs).toEqual({ double: 14 });
    const shut = followFlow(instrument, official, { gate: false, inner: 7, why: 'x', last: true });
    expect([...shut.visible]).toEqual(['gate']);
    expect(shut.answers).toEqual({ gate: false });
    expect(shut.calcs).toEqual({ double: null });
  });

  it('passes over a page whose rule is not true, with all its questions, and pages left empty', () => {
    const instrument = smallForm({
      forms: {
        full: {
          minutes: 1,
          pages: [
            { code: 'one', title: text('1'), sections: [{ questions: ['lunch'] }] },
            {
              code: 'two',
              title: text('2'),
              visibleIf: { '==': [{ group: true }, 'x'] },
              sections: [{ questions: ['diet'] }],
            },
          ],
        },
      },
    });
    const codes = (group: string | null): string[] =>
      followFlow(instrument, { ...official, group }, { lunch: true }).pages.map(({ code }) => code);
    expect(codes('x')).toEqual(['one', 'two']);
    expect(codes('y')).toEqual(['one']);
    expect(codes(null)).toEqual(['one']);
    expect(followFlow(instrument, { ...official, group: 'x' }, { lunch: false }).pages).toHaveLength(1);
  });

  it('asks in the core form only what that form asks', () => {
    const flow = followFlow(smallInstrument(), { ...official, form: 'core' }, { a1: 3, a2: 5, part: 'yes', b2: 5 });
    expect([...flow.visible]).toEqual(['a1', 'b1', 'c1']);
    expect(flow.answers).toEqual({ a1: 3 });
  });

  it('reports false conditions of answered questions, and none that are unknown', () => {
    const instrument = smallInstrument();
    const invalid = (meetings: number | null): readonly string[] =>
      followFlow(instrument, official, { a1: 1, c1: 1, ...(meetings === null ? {} : { meetings }) }).invalid.map(
        ({ message }) => message.en ?? '',
      );
    expect(invalid(13)).toEqual(['Not 13']);
    expect(invalid(12)).toEqual([]);
    expect(invalid(null)).toEqual([]);
  });

  it('computes a calc of numbers too large to add as unknown', () => {
    const instrument = smallForm({
      questions: [{ type: 'number', code: 'n', text: text('n') }],
      calcs: [{ name: 'square', rule: { '*': [{ answer: 'n' }, { answer: 'n' }] } }],
      forms: onePage(['n']),
    });
    expect(followFlow(instrument, official, { n: 1e300 }).calcs).toEqual({ square: null });
  });

  it('keeps the words of "other" while that choice is taken', () => {
    const instrument = smallInstrument();
    const words = { 'part.other': 'w powiecie' };
    expect(followFlow(instrument, official, { part: 'elsewhere', ...words }).answers).toEqual({
      part: 'elsewhere',
      ...words,
    });
    expect(followFlow(instrument, official, { part: 'no', ...words }).answers).toEqual({ part: 'no' });
  });

  it('is not led astray by names that every object inherits', () => {
    const instrument = smallForm({
      questions: [
        { type: 'short-text', code: 'constructor', text: text('x') },
        { type: 'yes-no', code: 'next', text: text('y'), visibleIf: { answered: [{ answer: 'constructor' }] } },
      ],
      forms: onePage(['constructor', 'next']),
    });
    expect([...followFlow(instrument, official, {}).visible]).toEqual(['constructor']);
  });

  it('changes in nothing when the answer of a hidden question is changed or removed', () => {
    fc.assert(
      fc.property(questionnaires, ({ instrument, given, other }) => {
        const flow = followFlow(instrument, official, given);
        const hidden = instrument.questions.map(({ code }) => code).filter((code) => !flow.visible.has(code));
        const without = Object.fromEntries(Object.entries(given).filter(([code]) => !hidden.includes(code)));
        const changed = { ...without, ...Object.fromEntries(hidden.map((code) => [code, other[code]!])) };
        expect(followFlow(instrument, official, without)).toEqual(flow);
        expect(followFlow(instrument, official, changed)).toEqual(flow);
        for (const code of Object.keys(flow.answers)) expect(flow.visible.has(code)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

function onePage(questions: string[], more: Partial<Page> = {}): Instrument['forms'] {
  return { full: { minutes: 1, pages: [{ code: 'one', title: text('1'), sections: [{ questions }], ...more }] } };
}
