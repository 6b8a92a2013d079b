import type { Instrument } from '../../src/definitions/instrument';
import { choice, item, smallInstrument, text } from './instruments';

/** Every type of question in every form it can take, on one page, with questions that depend on others of the page. */
export function allKinds(): Instrument {
  const hint = text('Podpowiedź do pytania, nieco dłuższa.', 'A hint, somewhat longer.');
  const special = ['hard-to-say', 'not-applicable'] as const;
  const choices = [choice('a'), choice('b'), choice('c', { other: true }), choice('none', { exclusive: true })];
  const yes = { '==': [{ answer: 'yes-no' }, true] };
  return smallInstrument({
    id: 'kinds',
    questions: [
      { type: 'yes-no', code: 'yes-no', report: 'none', text: text('Tak czy nie?', 'Yes or no?'), hint, special },
      item('rating', 'P1.1', {
        hint,
        highMeans: text('Wysoka ocena: zawsze i wszędzie.', 'High score: always and everywhere.'),
      }),
      item('row-1', 'P1.2', { highMeans: text('Wysoka ocena: zawsze.', 'High score: always.') }),
      item('row-2', 'P1.2', { visibleIf: yes }),
      ...[3, 4, 5, 6, 7].map((number) => item(`row-${number}`, 'P1.2')),
      item('extra', 'P2.1', { visibleIf: yes }),
      {
        type: 'single-choice',
        code: 'single',
        report: 'none',
        text: text('Która?', 'Which one?'),
        hint,
        choices,
        special,
      },
      {
        type: 'multiple-choice',
        code: 'multiple',
        report: 'none',
        text: text('Które?', 'Which?'),
        hint,
        choices,
        special,
        maxChoices: 2,
      },
      {
        type: 'ranking',
        code: 'ranking',
        report: 'none',
        text: text('W jakiej kolejności?', 'In which order?'),
        hint,
        choices,
        places: 2,
      },
      {
        type: 'number',
        code: 'number',
        report: 'none',
        text: text('Ile dni?', 'How many days?'),
        hint,
        unit: text('dni', 'days'),
        special,
      },
      { type: 'percent', code: 'percent', report: 'none', text: text('Jaka część?', 'What share?') },
      { type: 'money', code: 'money', report: 'none', text: text('Jaka kwota?', 'What amount?') },
      { type: 'date', code: 'date', report: 'none', text: text('Kiedy?', 'When?'), hint, requiredIf: yes },
      {
        type: 'short-text',
        code: 'short',
        report: 'none',
        text: text('Jak się nazywa?', 'What is it called?'),
        maxLength: 20,
      },
      {
        type: 'long-text',
        code: 'long',
        report: 'none',
        text: text('Co chcą Państwo dodać?', 'What would you like to add?'),
        hint,
        maxLength: 50,
      },
    ],
    calcs: [],
    forms: {
      full: {
        minutes: 2,
        pages: [
          {
            code: 'all',
            title: text('Wszystkie rodzaje pytań', 'All kinds of questions'),
            sections: [
              { questions: ['yes-no', 'rating'] },
              {
                area: 'P1.2',
                display: 'matrix',
                questions: ['row-1', 'row-2', 'row-3', 'row-4', 'row-5', 'row-6', 'row-7'],
              },
              { area: 'P2.1', questions: ['extra'] },
              { questions: ['single', 'multiple', 'ranking', 'number', 'percent', 'money', 'date', 'short', 'long'] },
            ],
          },
        ],
      },
    },
  });
}
