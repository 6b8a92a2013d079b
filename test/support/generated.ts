import fc from 'fast-check';
import type { Answer, Answers } from '../../src/definitions/answers';
import type { Rule } from '../../src/definitions/conditions/rule';
import type { Calc, Instrument, Question } from '../../src/definitions/instrument';
import type { RoundInput } from '../../src/scoring/scorecard';
import { choice, item, smallInstrument, text } from './instruments';

/** What a generated rule reads: an earlier question, the group, the round or a fact. */
interface RuleSeed {
  readonly kind: 'none' | 'answer' | 'not-answer' | 'answered' | 'calc' | 'group' | 'round' | 'fact';
  readonly target: number;
  readonly value: number;
}

interface QuestionSeed {
  readonly type: 'item' | 'choice' | 'yes-no' | 'number';
  readonly area: number;
  readonly weight: number;
  readonly core: boolean;
  readonly rule: RuleSeed;
}

const ruleSeed = fc.record<RuleSeed>({
  kind: fc.constantFrom('none', 'none', 'none', 'answer', 'not-answer', 'answered', 'calc', 'group', 'round', 'fact'),
  target: fc.nat(40),
  value: fc.integer({ min: 1, max: 5 }),
});

const questionSeed = fc.record<QuestionSeed>({
  type: fc.constantFrom('item', 'item', 'item', 'choice', 'yes-no', 'number'),
  area: fc.nat(20),
  weight: fc.constantFrom(1, 1, 1, 2, 0.5, 0.1, 0.3),
  core: fc.boolean(),
  rule: ruleSeed,
});

export const groupCodes = ['officials', 'councillors', 'ngo', 'informal', 'benefit-council'];

/** A test of an earlier question that fits its type. */
function testOf(question: Question, value: number): Rule {
  const source = { answer: question.code };
  switch (question.type) {
    case 'single-choice':
      return { '==': [source, question.choices[value % question.choices.length]!.code] };
    case 'yes-no':
      return value % 2 === 0 ? source : { not: source };
    default:
      return { '>=': [source, value] };
  }
}

function ruleOf(seed: RuleSeed, earlier: readonly Question[], calcs: Calc[]): Rule | undefined {
  const target = earlier.length === 0 ? undefined : earlier[seed.target % earlier.length];
  switch (seed.kind) {
    case 'group':
      return { in: [{ group: true }, groupCodes.slice(0, seed.value)] };
    case 'round':
      return { '==': [{ round: true }, 'baseline'] };
    case 'fact':
      return { fact: 'council' };
    default:
  }
  if (target === undefined) return undefined;
  switch (seed.kind) {
    case 'answer':
      return testOf(target, seed.value);
    case 'not-answer':
      return { or: [{ not: testOf(target, seed.value) }, { not: { answered: [{ answer: target.code }] } }] };
    case 'answered':
      return { answered: [{ answer: target.code }] };
    case 'calc': {
      const name = `calc${calcs.length}`;
      calcs.push({ name, rule: testOf(target, seed.value) });
      return { calc: name };
    }
    default:
      return undefined;
  }
}

/** Instruments of 1 to 3 planes with 1 to 3 areas each, items and gates in any order, with rules that read backwards. */
export const generatedInstrument: fc.Arbitrary<Instrument> = fc
  .record({
    planes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    questions: fc.array(questionSeed, { minLength: 4, maxLength: 20 }),
    pages: fc.array(fc.record({ length: fc.integer({ min: 1, max: 6 }), rule: ruleSeed }), { maxLength: 4 }),
    minAnsweredShare: fc.constantFrom(0.25, 1 / 3, 0.5, 0.75, 1),
    sideWeights: fc.option(fc.record({ administration: fc.constantFrom(1, 0.3), ngo: fc.constantFrom(1, 0.7, 2) })),
  })
  .map(({ planes, questions: seeds, pages: pageSeeds, minAnsweredShare, sideWeights }) => {
    const named = (code: string) => ({ code, name: text(code), shortName: text(code) });
    const areas = planes.flatMap((count, plane) =>
      Array.from({ length: count }, (_, area) => `P${plane + 1}.${area + 1}`),
    );
    // Every area has at least one item.
    const all: QuestionSeed[] = [
      ...seeds,
      ...areas.map((_, area): QuestionSeed => ({ type: 'item', area, weight: 1, core: true, rule: noRule })),
    ];
    const calcs: Calc[] = [];
    const questions: Question[] = [];
    for (const [index, seed] of all.entries()) {
      const rule = ruleOf(seed.rule, questions, calcs);
      const visibleIf = rule === undefined ? {} : { visibleIf: rule };
      const code = `q${index}`;
      const base = { code, text: text(code), report: 'none' as const, ...visibleIf };
      switch (seed.type) {
        case 'item':
          questions.push(
            item(code, areas[seed.area % areas.length]!, { weight: seed.weight, core: seed.core, ...visibleIf }),
          );
          break;
        case 'choice':
          questions.push({
            ...base,
            type: 'single-choice',
            choices: [choice('yes'), choice('no')],
            special: ['hard-to-say'],
          });
          break;
        case 'yes-no':
          questions.push({ ...base, type: 'yes-no' });
          break;
        case 'number':
          questions.push({ ...base, type: 'number', min: 0, max: 9 });
      }
    }
    // Pages cut the bank into stretches; a page's rule may read what comes before its first question.
    const pages = [];
    let start = 0;
    for (const seed of [...pageSeeds, { length: questions.length, rule: noRule }]) {
      const codes = questions.slice(start, start + seed.length).map(({ code }) => code);
      if (codes.length === 0) break;
      const rule = ruleOf(seed.rule, questions.slice(0, start), calcs);
      const visibleIf = rule === undefined ? {} : { visibleIf: rule };
      pages.push({ code: `page${start}`, title: text('Strona'), ...visibleIf, sections: [{ questions: codes }] });
      start += seed.length;
    }
    const core = questions.filter((question) => question.type !== 'rating' || question.core === true);
    const small = smallInstrument();
    const facts = small.facts?.map((fact) => ({ ...fact, area: areas[0]! }));
    return {
      ...small,
      id: 'generated',
      planes: planes.map((_, plane) => ({
        ...named(`P${plane + 1}`),
        areas: areas.filter((area) => area.startsWith(`P${plane + 1}.`)).map(named),
      })),
      questions,
      calcs,
      facts: facts ?? [],
      forms: {
        full: { minutes: 5, pages },
        core: {
          minutes: 5,
          pages: [{ code: 'all', title: text('Strona'), sections: [{ questions: core.map(({ code }) => code) }] }],
        },
      },
      thresholds: { ...small.thresholds!, minAnsweredShare },
      ...(sideWeights === null ? {} : { sideWeights }),
    };
  });

const noRule: RuleSeed = { kind: 'none', target: 0, value: 1 };

/** An answer that fits the question, special ones included. */
export function generatedAnswer(question: Question): fc.Arbitrary<Answer> {
  const hs: Answer = { special: 'hard-to-say' };
  switch (question.type) {
    case 'rating':
      return fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 1, max: 5 }) },
        { weight: 1, arbitrary: fc.constantFrom<Answer>(hs, { special: 'not-applicable' }) },
      );
    case 'single-choice':
      return fc.constantFrom<Answer>(hs, ...question.choices.map(({ code }) => code));
    case 'yes-no':
      return fc.boolean();
    default:
      return fc.integer({ min: 0, max: 9 });
  }
}

/** Answers to any of the questions, whether they would be asked or not. */
export function generatedAnswers(instrument: Instrument): fc.Arbitrary<Answers> {
  const each = instrument.questions.map(({ code }, index) => [code, generatedAnswer(instrument.questions[index]!)]);
  const some = fc.record(Object.fromEntries(each) as Record<string, fc.Arbitrary<Answer>>, { requiredKeys: [] });
  return some as fc.Arbitrary<Answers>;
}

/** A round of a generated instrument, with groups of very different sizes. */
export const generatedRound: fc.Arbitrary<{ readonly instrument: Instrument; readonly input: RoundInput }> =
  generatedInstrument.chain((instrument) => {
    const areas = (instrument.planes ?? []).flatMap((plane) => plane.areas.map(({ code }) => code));
    const respondent = fc.record({
      group: fc.constantFrom(...groupCodes, 'ngo'),
      answers: generatedAnswers(instrument),
    });
    return fc
      .record({
        form: fc.constantFrom('full' as const, 'full' as const, 'core' as const),
        round: fc.constantFrom(null, 'baseline', 'follow-up'),
        people: fc.array(respondent, { maxLength: 16, size: '+1' }),
        facts: fc.record({ council: fc.boolean() }, { requiredKeys: [] }),
        spare: fc.record(
          Object.fromEntries(groupCodes.map((group) => [group, fc.nat(8)])) as Record<string, fc.Arbitrary<number>>,
          { requiredKeys: [] },
        ),
        outOfScope: fc.subarray(areas, { maxLength: Math.max(0, areas.length - 1) }),
        k: fc.integer({ min: 1, max: 5 }),
      })
      .map(({ people, spare, ...rest }) => {
        const sizeOf = (group: string) => people.filter((one) => one.group === group).length;
        const groupSizes = Object.fromEntries(
          Object.entries(spare).map(([group, more]) => [group, Math.max(1, sizeOf(group) + (more ?? 0))]),
        );
        const respondents = people.map((one, index) => ({ id: `r${index}`, ...one }));
        return { instrument, input: { ...rest, respondents, groupSizes } };
      });
  });
