import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Answer, Answers } from '../../../definitions/answers';
import { followFlow } from '../../../definitions/flow';
import type { Instrument, Question } from '../../../definitions/instrument';

/**
 * Writes a CSV file of answers as respondents give them: of those that their questionnaire asks, nine of ten. Drawn from
 * a fixed sequence, the same on every machine.
 */
export async function writeMadeUpAnswers(instrument: Instrument, respondents: number, file: string): Promise<void> {
  const groups = instrument.groups ?? [];
  const codes = instrument.questions.map(({ code }) => code);
  const draw = sequence();
  const output = createWriteStream(file);
  output.write(`${['respondent', 'group', ...codes].join(',')}\n`);
  for (let person = 0; person < respondents; person += 1) {
    const group = groups[draw(groups.length)]?.code ?? '';
    const drawn: Record<string, Answer> = {};
    for (const question of instrument.questions) if (draw(10) > 0) drawn[question.code] = madeUpAnswer(question, draw);
    const { answers } = followFlow(instrument, { form: 'full', group, round: 'baseline', facts: {} }, drawn);
    const line = [String(person), group, ...codes.map((code) => cellOf(answers, code))].join(',');
    if (!output.write(`${line}\n`)) await once(output, 'drain');
  }
  output.end();
  await once(output, 'finish');
}

type Draw = (below: number) => number;

/** A linear congruential generator (Park and Miller). */
function sequence(): Draw {
  let state = 20_150_630;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function madeUpAnswer(question: Question, draw: Draw): Answer {
  switch (question.type) {
    case 'rating':
      return draw(12) === 0 ? { special: 'hard-to-say' } : 1 + draw(5);
    case 'single-choice':
      return question.choices[draw(question.choices.length)]?.code ?? '';
    case 'multiple-choice':
    case 'ranking':
      return question.choices.slice(0, 1 + draw(2)).map(({ code }) => code);
    case 'yes-no':
      return draw(2) === 0;
    case 'number':
    case 'percent':
    case 'money':
      return draw(5);
    case 'date':
      return '2024-11-30';
    case 'short-text':
    case 'long-text':
      return 'Uwaga zmyślona na potrzeby pomiaru';
  }
}

function cellOf(answers: Answers, code: string): string {
  const answer = answers[code];
  if (answer === undefined) return '';
  if (typeof answer !== 'object') return String(answer);
  return 'special' in answer ? 'hs' : answer.join('|');
}
