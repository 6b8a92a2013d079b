import type { Choice, Instrument, Question, RatingQuestion, Text } from '../../src/definitions/instrument';

/** A text in both languages. */
export function text(pl: string, en = pl): Text {
  return { pl, en };
}

/** An item (rating of an area) with sensible defaults. */
export function item(code: string, area: string, overrides: Partial<RatingQuestion> = {}): RatingQuestion {
  return { type: 'rating', code, area, text: text(`Pozycja ${code}`, `Item ${code}`), ...overrides };
}

export function choice(code: string, overrides: Partial<Choice> = {}): Choice {
  return { code, text: text(`Odpowiedź ${code}`, `Answer ${code}`), ...overrides };
}

/**
 * A small but whole assessment that passes every check: 2 planes, 3 areas with 2 items each (one of them core), 5 groups
 * of which `benefit-council` has no side, a choice that opens items, barriers, a comment, a calc and two facts.
 */
export function smallInstrument(overrides: Partial<Instrument> = {}): Instrument {
  return {
    id: 'small',
    version: '1.0.0',
    kind: 'assessment',
    languages: ['pl', 'en'],
    title: text('Mały kwestionariusz', 'A small questionnaire'),
    scale: {
      min: 1,
      max: 5,
      points: {
        '1': text('wcale', 'not at all'),
        '2': text('rzadko', 'seldom'),
        '3': text('czasem', 'sometimes'),
        '4': text('często', 'often'),
        '5': text('zawsze', 'always'),
      },
    },
    groups: [
      { code: 'officials', name: text('Urzędnicy', 'Officials'), side: 'administration' },
      { code: 'councillors', name: text('Radni', 'Councillors'), side: 'administration' },
      { code: 'ngo', name: text('Organizacje', 'NGOs'), side: 'ngo' },
      { code: 'informal', name: text('Grupy nieformalne', 'Informal groups'), side: 'ngo' },
      { code: 'benefit-council', name: text('Rada pożytku', 'Public benefit council'), side: null },
    ],
    mergePlan: [{ groups: ['ngo', 'informal'], name: text('Organizacje i grupy', 'NGOs and groups') }],
    rounds: ['baseline', 'follow-up'],
    principles: [{ code: 'partnership', name: text('Partnerstwo', 'Partnership') }],
    planes: [
      {
        code: 'P1',
        name: text('Polityki publiczne', 'Public policies'),
        shortName: text('Polityki', 'Policies'),
        areas: [
          { code: 'P1.1', name: text('Diagnoza', 'Diagnosis'), shortName: text('Diagnoza', 'Diagnosis') },
          { code: 'P1.2', name: text('Konsultacje', 'Consultations'), shortName: text('Konsultacje', 'Consultations') },
        ],
      },
      {
        code: 'P2',
        name: text('Zadania publiczne', 'Public tasks'),
        shortName: text('Zadania', 'Tasks'),
        areas: [{ code: 'P2.1', name: text('Dotacje', 'Grants'), shortName: text('Dotacje', 'Grants') }],
      },
    ],
    questions: [
      {
        type: 'single-choice',
        code: 'part',
        report: 'none',
        text: text('Czy brali Państwo udział w konsultacjach?', 'Did you take part in consultations?'),
        choices: [choice('yes'), choice('no'), choice('elsewhere', { other: true })],
        special: ['hard-to-say'],
      },
      item('a1', 'P1.1', { core: true, principles: ['partnership'] }),
      item('a2', 'P1.1', {
        weight: 2,
        variants: [{ groups: ['ngo', 'informal'], text: text('Inaczej', 'Otherwise') }],
      }),
      item('b1', 'P1.2', { core: true }),
      item('b2', 'P1.2', { visibleIf: { '==': [{ answer: 'part' }, 'yes'] } }),
      { type: 'long-text', code: 'p1-comment', text: text('Uwagi', 'Comments'), report: 'comments', commentOn: 'P1' },
      item('c1', 'P2.1', { core: true }),
      item('c2', 'P2.1', { visibleIf: { in: [{ group: true }, ['ngo', 'informal', 'benefit-council']] } }),
      {
        type: 'multiple-choice',
        code: 'barriers',
        report: 'barriers',
        text: text('Co przeszkadza?', 'What stands in the way?'),
        choices: [choice('money'), choice('time'), choice('trust'), choice('none', { exclusive: true })],
        maxChoices: 2,
      },
      {
        type: 'number',
        code: 'meetings',
        report: 'none',
        text: text('Ile było spotkań?', 'How many meetings were there?'),
        min: 0,
        max: 50,
        visibleIf: { '<': [{ calc: 'satisfaction' }, 3] },
        requiredIf: { '==': [{ round: true }, 'follow-up'] },
        valid: [{ rule: { '!=': [{ answer: 'meetings' }, 13] }, message: text('Nie 13', 'Not 13') }],
      },
    ],
    calcs: [{ name: 'satisfaction', rule: { mean: [{ answer: 'a1' }, { answer: 'c1' }] } }],
    facts: [
      { type: 'yes-no', code: 'council', text: text('Czy działa rada?', 'Is there a council?'), area: 'P1.2' },
      { type: 'money', code: 'grants', text: text('Kwota dotacji', 'Amount of grants'), area: 'P2.1' },
    ],
    forms: {
      full: {
        minutes: 10,
        pages: [
          {
            code: 'policies',
            title: text('Polityki', 'Policies'),
            sections: [
              { questions: ['part'] },
              { area: 'P1.1', display: 'matrix', questions: ['a1', 'a2'] },
              { area: 'P1.2', questions: ['b1', 'b2'] },
              { questions: ['p1-comment'] },
            ],
          },
          {
            code: 'tasks',
            title: text('Zadania', 'Tasks'),
            sections: [{ area: 'P2.1', questions: ['c1', 'c2'] }],
          },
          {
            code: 'end',
            title: text('Na koniec', 'At the end'),
            sections: [{ questions: ['barriers', 'meetings'] }],
          },
        ],
      },
      core: {
        minutes: 3,
        pages: [{ code: 'all', title: text('Pytania', 'Questions'), sections: [{ questions: ['a1', 'b1', 'c1'] }] }],
      },
    },
    thresholds: { k: 5, comments: 8, minAnsweredShare: 0.5, practicallySame: 0.25 },
    ...overrides,
  };
}

/** A form without areas, such as the questions of a registration. */
export function smallForm(overrides: Partial<Instrument> = {}): Instrument {
  const questions: readonly Question[] = [
    { type: 'yes-no', code: 'lunch', text: text('Czy zostają Państwo na obiad?', 'Will you stay for lunch?') },
    {
      type: 'short-text',
      code: 'diet',
      text: text('Dieta', 'Diet'),
      visibleIf: { '==': [{ answer: 'lunch' }, true] },
    },
  ];
  return {
    id: 'small-form',
    version: '1.0.0',
    kind: 'form',
    languages: ['pl', 'en'],
    title: text('Zapisy', 'Registration'),
    questions,
    forms: {
      full: {
        minutes: 1,
        pages: [{ code: 'one', title: text('Pytania', 'Questions'), sections: [{ questions: ['lunch', 'diet'] }] }],
      },
    },
    ...overrides,
  };
}

/** A deep copy of a document, changed freely: for documents that break a rule of the type. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- broken documents have any shape
export function altered(document: unknown, change: (copy: any) => void): unknown {
  const copy: unknown = structuredClone(document);
  change(copy);
  return copy;
}
