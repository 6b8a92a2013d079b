import fc from 'fast-check';
import type { Answer, Answers } from '../../src/definitions/answers';
import type { Rule } from '../../src/definitions/conditions/rule';
import { followFlow, type FlowContext } from '../../src/definitions/flow';
import type { Instrument, Page, Question } from '../../src/definitions/instrument';
import { choice, item, smallForm, smallInstrument, text } from '../support/instruments';

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

/** Random questionnaires of up to 9 questions and 3 calcs on 3 pages, with two sets of answers to each. */
const questionnaires = fc
  .record({
    kinds: fc.array(fc.constantFrom<Question['type']>('rating', 'yes-no', 'single-choice', 'multiple-choice'), {
      minLength: 2,
      maxLength: 9,
    }),
    seeds: fc.infiniteStream(fc.nat(1_000_000)),
  })
  .map(({ kinds, seeds }) => {
    const pick = (below: number): number => (seeds.next().value as number) % below;
    const questions: Question[] = [];
    const calcs: { name: string; rule: Rule }[] = [];
    kinds.forEach((type, index) => {
      const code = `q${index}`;
      const rule = index > 0 && pick(3) > 0 ? condition(questions, calcs, pick, 2) : null;
      questions.push({ ...blank(type, code), ...(rule === null ? {} : { visibleIf: rule }) });
      const numeric = questions.filter((one) => one.type === 'rating');
      if (numeric.length > 0 && pick(3) === 0) {
        const read = numeric[pick(numeric.length)]!.code;
        calcs.push({ name: `calc${calcs.length}`, rule: { '+': [{ answer: read }, 1] } });
      }
    });
    const cuts = [pick(kinds.length), pick(kinds.length)].sort((one, next) => one - next) as [number, number];
    const codes = questions.map(({ code }) => code);
    const pages = [codes.slice(0, cuts[0]), codes.slice(cuts[0], cuts[1]), codes.slice(cuts[1])].flatMap(
      (part, index): Page[] => {
        if (part.length === 0) return [];
        const before = questions.slice(0, codes.indexOf(part[0]!));
        const rule = before.length > 0 && pick(2) === 0 ? condition(before, [], pick, 1) : null;
        return [
          {
            code: `page${index}`,
            title: text('strona'),
            sections: [{ questions: part }],
            ...(rule === null ? {} : { visibleIf: rule }),
          },
        ];
      },
    );
    const instrument = smallInstrument({ questions, calcs, forms: { full: { minutes: 1, pages } } });
    const answersAtRandom = (): Record<string, Answer> =>
      Object.fromEntries(questions.map((question) => [question.code, answerOf(question, pick)]));
    return { instrument, given: answersAtRandom(), other: answersAtRandom() };
  });

type Pick = (below: number) => number;

function blank(type: Question['type'], code: string): Question {
  if (type === 'rating') return item(code, 'P1.1');
  if (type === 'yes-no') return { type, code, text: text(code) };
  return { type: type as 'single-choice', code, text: text(code), choices: [choice('x'), choice('y'), choice('z')] };
}

function answerOf(question: Question, pick: Pick): Answer {
  if (pick(8) === 0) return { special: 'hard-to-say' };
  const codes = ['x', 'y', 'z'];
  if (question.type === 'rating') return 1 + pick(5);
  if (question.type === 'yes-no') return pick(2) === 0;
  return question.type === 'single-choice' ? codes[pick(3)]! : codes.slice(0, 1 + pick(3));
}

/** A rule over earlier questions and calcs; `depth` limits its nesting. */
function condition(
  questions: readonly Question[],
  calcs: readonly { name: string }[],
  pick: Pick,
  depth: number,
): Rule {
  if (depth > 0 && pick(2) === 0) {
    const parts = [condition(questions, calcs, pick, depth - 1), condition(questions, calcs, pick, depth - 1)];
    return [{ and: parts }, { or: parts }, { not: [parts[0]!] }][pick(3)]!;
  }
  if (calcs.length > 0 && pick(3) === 0) return { '>': [{ calc: calcs[pick(calcs.length)]!.name }, 1 + pick(5)] };
  const question = questions[pick(questions.length)]!;
  const source = { answer: question.code };
  if (pick(4) === 0) return { answered: [source] };
  if (question.type === 'rating') return { '>=': [source, 1 + pick(5)] };
  if (question.type === 'yes-no') return { '==': [source, pick(2) === 0] };
  return question.type === 'single-choice' ? { '==': [source, 'x'] } : { anyIn: [source, ['x', 'z']] };
}
