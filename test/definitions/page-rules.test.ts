import fc from 'fast-check';
import { followFlow, type FlowContext } from '../../src/definitions/flow';
import { rulesOfPage, type PageRules } from '../../src/definitions/page-rules';
import type { Answers } from '../../src/definitions/answers';
import type { Instrument } from '../../src/definitions/instrument';
import { item, smallInstrument, text } from '../support/instruments';
import { questionnaires } from './questionnaires';

const ngo: FlowContext = { form: 'full', group: 'ngo', round: 'baseline', facts: {} };

function rulesFor(instrument: Instrument, context: FlowContext, given: Answers, code: string): PageRules | null {
  const page = instrument.forms.full.pages.find((one) => one.code === code)!;
  return rulesOfPage(instrument, context, given, followFlow(instrument, context, given), page);
}

describe('the rules of one page', () => {
  it('show what the whole questionnaire shows, whatever is answered on the page', () => {
    let compared = 0;
    fc.assert(
      fc.property(questionnaires, ({ instrument, given, other }) => {
        const flow = followFlow(instrument, ngo, given);
        for (const page of flow.pages) {
          const codes = page.sections.flatMap(({ questions }) => questions);
          const here = Object.fromEntries(codes.map((code) => [code, other[code]!]));
          const whole = followFlow(instrument, ngo, { ...given, ...here }).visible;
          const rules = rulesOfPage(instrument, ngo, given, flow, page);
          const shown = rules
            ? followFlow(rules.instrument, rules.context, { ...rules.answers, ...here }).visible
            : flow.visible;
          expect(codes.filter((code) => shown.has(code))).toEqual(codes.filter((code) => whole.has(code)));
          compared += rules ? 1 : 0;
        }
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  const questions = [
    ...smallInstrument().questions.filter(({ code }) => code !== 'b2'),
    item('b2', 'P1.2', {
      visibleIf: {
        and: [
          { '==': [{ answer: 'part' }, 'yes'] },
          { '>': [{ fact: 'grants' }, 1000] },
          { '!=': [{ fact: 'mayor' }, 'Nowak'] },
          { in: [{ group: true }, ['ngo', 'informal']] },
        ],
      },
    }),
    item('b3', 'P1.2', { visibleIf: { '<': [{ answer: 'b1' }, { fact: 'limit' }] } }),
  ];
  const pages = [
    { code: 'one', title: text('1'), sections: [{ questions: ['part', 'b1', 'b2', 'b3'] }] },
    { code: 'two', title: text('2'), sections: [{ questions: ['a1', 'c1', 'c2'] }] },
  ];
  const instrument = smallInstrument({ questions, forms: { full: { minutes: 1, pages } } });
  const facts = { grants: 123_456, mayor: 'Kowalska', limit: 4, secret: 987_654 };

  it('carry results instead of facts, and of facts only what an answer is compared with', () => {
    const rules = rulesFor(instrument, { ...ngo, facts }, { a1: 5 }, 'one')!;
    const data = JSON.stringify(rules);
    for (const kept of ['123456', 'Kowalska', 'Nowak', '987654', '1000', 'informal', 'Pozycja', 'a1']) {
      expect(data).not.toContain(kept);
    }
    expect(rules.context).toEqual({ form: 'full', group: null, round: null, facts: {} });
    const visibleIf = Object.fromEntries(rules.instrument.questions.map((one) => [one.code, one.visibleIf]));
    expect(visibleIf['b2']).toEqual({ and: [{ '==': [{ answer: 'part' }, 'yes'] }, true, true, true] });
    expect(visibleIf['b3']).toEqual({ '<': [{ answer: 'b1' }, 4] });
  });

  it('are none where nothing on the page depends on its answers', () => {
    expect(rulesFor(instrument, { ...ngo, facts }, {}, 'two')).toBeNull();
  });

  it('keep unknown what is unknown', () => {
    const rules = rulesFor(instrument, ngo, {}, 'one')!;
    const { visible } = followFlow(rules.instrument, rules.context, { part: 'yes', b1: 1 });
    expect([...visible].sort()).toEqual(['b1', 'part']);
  });
});
