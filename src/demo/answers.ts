import type { Answer, Answers } from '../definitions/answers';
import { partsOf, type Instrument, type Question, type Side } from '../definitions/instrument';
import type { Chance } from './random';

/** How a made-up respondent sees an area, on the scale; the side decides. */
export type Levels = (area: string, side: Side | null) => number;

/**
 * Answers of one made-up respondent to the whole bank; those to hidden questions are dropped when they are sent, as for
 * anybody. People lean to higher or lower ratings as a whole, and leave some questions out.
 */
export function plausibleAnswers(instrument: Instrument, group: string, levels: Levels, chance: Chance): Answers {
  const side = instrument.groups?.find(({ code }) => partsOf(group).includes(code))?.side ?? null;
  const leaning = chance.bell() * 0.45;
  return Object.fromEntries(
    instrument.questions.flatMap((question): [string, Answer][] => {
      const answer = plausible(instrument, question, chance, (area) => levels(area, side) + leaning);
      return answer === null ? [] : [[question.code, answer]];
    }),
  );
}

function plausible(
  instrument: Instrument,
  question: Question,
  chance: Chance,
  level: (area: string) => number,
): Answer | null {
  switch (question.type) {
    case 'rating': {
      if (chance.happens(0.04)) return null;
      if (chance.happens(0.05)) return { special: 'hard-to-say' };
      if (chance.happens(0.02)) return { special: 'not-applicable' };
      const { min, max } = instrument.scale ?? { min: 1, max: 5 };
      const felt = level(question.area ?? '') + chance.bell() * 0.7;
      return Math.min(max, Math.max(min, Math.round(felt)));
    }
    case 'single-choice':
      return chance.some(usual(question), 1)[0] ?? null;
    case 'multiple-choice': {
      const most = Math.min(question.maxChoices ?? 3, 3);
      const chosen = chance.some(usual(question), 1 + Math.floor(chance.next() * most));
      return question.choices.map(({ code }) => code).filter((code) => chosen.includes(code));
    }
    case 'ranking':
      return chance.some(usual(question), question.places ?? 3);
    case 'number':
    case 'percent':
    case 'money':
      return Math.min(question.max ?? 6, (question.min ?? 0) + Math.floor(chance.next() * 6));
    case 'yes-no':
      return chance.happens(0.6);
    case 'date':
    case 'short-text':
    case 'long-text':
      return null;
  }
}

/** Choices that need no words and exclude no others. */
function usual(question: Extract<Question, { choices: unknown }>): string[] {
  return question.choices.filter(({ exclusive, other }) => !exclusive && !other).map(({ code }) => code);
}
