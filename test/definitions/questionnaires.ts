import fc from 'fast-check';
import type { Answer } from '../../src/definitions/answers';
import type { Rule } from '../../src/definitions/conditions/rule';
import type { Page, Question } from '../../src/definitions/instrument';
import { choice, item, smallInstrument, text } from '../support/instruments';

/** Random questionnaires of up to 9 questions and 3 calcs on 3 pages, with two sets of answers to each. */
export const questionnaires = fc
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
      const variants = pick(3) === 0 ? [{ groups, text: text(`Inaczej ${code}`) }] : null;
      questions.push({
        ...blank(type, code),
        ...(rule === null ? {} : { visibleIf: rule }),
        ...(variants === null ? {} : { variants }),
      });
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

const groups = ['officials', 'ngo'];

type Pick = (below: number) => number;

function blank(type: Question['type'], code: string): Question {
  if (type === 'rating') return item(code, 'P1.1');
  if (type === 'yes-no') return { type, code, report: 'none', text: text(code) };
  return {
    type: type as 'single-choice',
    code,
    report: 'none',
    text: text(code),
    choices: [choice('x'), choice('y'), choice('z')],
  };
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
  if (pick(6) === 0) return { in: [{ group: true }, [groups[pick(groups.length)]!, 'benefit-council']] };
  const question = questions[pick(questions.length)]!;
  const source = { answer: question.code };
  if (pick(4) === 0) return { answered: [source] };
  if (question.type === 'rating') return { '>=': [source, 1 + pick(5)] };
  if (question.type === 'yes-no') return { '==': [source, pick(2) === 0] };
  return question.type === 'single-choice' ? { '==': [source, 'x'] } : { anyIn: [source, ['x', 'z']] };
}
