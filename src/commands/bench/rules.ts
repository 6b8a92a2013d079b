import { apply, type RulesLogic } from 'json-logic-js';
import { Model } from 'survey-core';
import { followFlow } from '../../definitions/flow';
import type { Instrument, Question } from '../../definitions/instrument';
import { Failure } from '../../shared/errors';
import type { Bench, Measurement } from './bench';
import { timesOf } from './times';

const fewest = 50;
const most = 2_000;
/** Items that one run follows in all, so that each takes long enough to be measured. */
const items = 200_000;
const turns = 7;

/**
 * One respondent's way through a questionnaire of which a rule of nine nodes decides four items of five, beside
 * the same rules in two libraries; all three must find the same items asked.
 *
 * How it grows is measured against as many items in many questionnaires: rules and answers then take the same room in
 * memory, and what differs is the length alone, not what the processor has at hand.
 */
export const rulesBench: Bench = {
  name: 'rules',
  about: `the rules of questionnaires of ${fewest} to ${most.toLocaleString('en')} items for one respondent, beside two libraries`,
  async *run() {
    for (const size of [fewest, 400, most]) {
      const ways = waysThrough(size);
      const found = [ways.ours(0), ways.jsonLogic(0), ways.surveyCore(0)];
      if (new Set(found).size > 1) throw new Failure('bench-differs', `Items asked: ${found.join(', ')}.`);
      const often = items / size;
      // The slower ones take fewer turns, and count for as many.
      const seldom = Math.max(1, Math.round(often / 50));
      const logic = await timesOf(turns, repeated([ways.ours], often), repeated([ways.jsonLogic], often));
      const survey = await timesOf(turns, repeated([ways.ours], often), repeated([ways.surveyCore], seldom));
      const row = (
        bound: string,
        { ours }: typeof logic,
        other: number,
        budget: Measurement['budget'],
      ): Measurement => ({
        what: `rules of ${size.toLocaleString('en')} items, one respondent`,
        ...{ unit: 'ms', ours: ours.median / often, bound: { what: bound, value: other } },
        ...{ spread: ours.spread, budget },
      });
      yield row('json-logic-js', logic, logic.bound.median / often, null);
      yield row('survey-core', survey, survey.bound.median / seldom, { most: 0.1 });
    }
    const long = waysThrough(most).ours;
    const short = Array.from({ length: most / fewest }, () => waysThrough(fewest).ours);
    const { ours, bound } = await timesOf(turns, repeated([long], items / most), repeated(short, items / fewest));
    yield {
      ...{ what: `an item of a questionnaire of ${most.toLocaleString('en')}`, unit: 'ms', ours: ours.median / items },
      bound: { what: `of ${short.length} questionnaires of ${fewest}`, value: bound.median / items },
      ...{ spread: ours.spread, budget: { most: 1.3 } },
    };
  },
};

/** Several respondents one after the other, the first on the first way, and so on around. */
function repeated(ways: readonly ((respondent: number) => number)[], times: number): () => number {
  return () => {
    let sum = 0;
    for (let time = 0; time < times; time += 1) sum += ways[time % ways.length]?.(Math.floor(time / ways.length)) ?? 0;
    return sum;
  };
}

/** Each takes the number of a respondent and gives the number of items that this one is asked. */
interface Ways {
  readonly ours: (respondent: number) => number;
  readonly jsonLogic: (respondent: number) => number;
  readonly surveyCore: (respondent: number) => number;
}

function waysThrough(size: number): Ways {
  const codes = Array.from({ length: size }, (_, at) => `q${at}`);
  // Every fifth item is asked everybody; what the libraries make of answers to hidden items differs.
  const isConditional = (at: number) => at % 5 !== 0;
  // A rule reads the last two of those: one was rated high, or the group is one of NGOs and the other was answered.
  const earlier = (at: number) => {
    const last = at - (at % 5);
    return [codes[Math.max(0, last - 5)] ?? '', codes[last] ?? ''] as const;
  };
  const people = Array.from({ length: 10 }, (_, person) =>
    Object.fromEntries(codes.map((code, at) => [code, 1 + ((at * 7 + person * 3) % 5)])),
  );
  const group = (respondent: number) => (respondent % 2 === 0 ? 'officials' : 'ngo');
  const answersOf = (respondent: number) => people[respondent % people.length] ?? {};

  const instrument = instrumentOf(codes, earlier);
  const logic = codes.map((_, at): RulesLogic | null => {
    const [high, before] = earlier(at);
    const ngo = { and: [{ '==': [{ var: 'group' }, 'ngo'] }, { '>=': [{ var: before }, 1] }] };
    return !isConditional(at) ? null : ({ or: [{ '>=': [{ var: high }, 3] }, ngo] } as RulesLogic);
  });
  const model = new Model({
    elements: codes.map((name, at) => {
      const [high, before] = earlier(at);
      const visibleIf = !isConditional(at)
        ? {}
        : { visibleIf: `{${high}} >= 3 or ({group} = 'ngo' and {${before}} >= 1)` };
      return { type: 'rating', name, ...visibleIf };
    }),
    clearInvisibleValues: 'onHidden',
  });

  return {
    ours: (respondent) => {
      const context = { form: 'full', group: group(respondent), round: null, facts: {} } as const;
      return followFlow(instrument, context, answersOf(respondent)).visible.size;
    },
    jsonLogic: (respondent) => {
      const given = answersOf(respondent);
      const asked: Record<string, number | string | undefined> = { group: group(respondent) };
      let count = 0;
      for (const [at, rule] of logic.entries()) {
        if (rule !== null && apply(rule, asked) !== true) continue;
        count += 1;
        const code = codes[at] ?? '';
        asked[code] = given[code];
      }
      return count;
    },
    surveyCore: (respondent) => {
      model.setVariable('group', group(respondent));
      model.data = answersOf(respondent);
      return model.getAllQuestions(true).length;
    },
  };
}

function instrumentOf(codes: readonly string[], earlier: (at: number) => readonly [string, string]): Instrument {
  const text = (words: string) => ({ pl: words });
  const questions = codes.map((code, at): Question => {
    const [high, before] = earlier(at);
    const ngo = { and: [{ '==': [{ group: true as const }, 'ngo'] }, { '>=': [{ answer: before }, 1] }] };
    const rule = at % 5 === 0 ? {} : { visibleIf: { or: [{ '>=': [{ answer: high }, 3] }, ngo] } };
    return { type: 'rating', code, text: text(code), area: 'A1', ...rule };
  });
  return {
    ...{ id: 'measured', version: '1.0.0', kind: 'assessment', languages: ['pl'], title: text('Pomiar') },
    groups: [],
    questions,
    forms: { full: { minutes: 5, pages: [{ title: text('Strona'), sections: [{ questions: [...codes] }] }] } },
  } as unknown as Instrument;
}
