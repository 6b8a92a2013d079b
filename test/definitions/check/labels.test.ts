import { text } from '../../support/instruments';
import { at, family, q } from './families';

family('labels', [
  [
    'two choices',
    (copy) => (copy.questions[at.part].choices[1].text = text('Odpowiedź yes', 'Something else')),
    [['repeated-label', `${q('part')}/choices/1/text`]],
  ],
  [
    'two choices that only capitals, spaces and unseen characters tell apart',
    (copy) => (copy.questions[at.barriers].choices[2].text = text('ODPOWIEDŹ \u200Bmo\u00ADney', 'Other')),
    [['repeated-label', `${q('barriers')}/choices/2/text`]],
  ],
  [
    'two choices, in English only',
    (copy) => (copy.questions[at.part].choices[2].text.en = 'Answer no'),
    [['repeated-label', `${q('part')}/choices/2/text`]],
  ],
  [
    'two items',
    (copy) => (copy.questions[at.b1].text = text('Pozycja a1', 'x')),
    [['repeated-label', `${q('b1')}/text`]],
  ],
  [
    'two items of one group',
    (copy) => (copy.questions[at.c2].variants = [{ groups: ['informal'], text: text('Inaczej', 'Other words') }]),
    [['repeated-label', `${q('c2')}/variants/0/text`]],
  ],
  [
    'two groups',
    (copy) => (copy.groups[3].name = text('organizacje', 'Groups')),
    [['repeated-label', '/groups/3/name']],
  ],
  ['two planes', (copy) => (copy.planes[1].name.pl = 'Polityki publiczne'), [['repeated-label', '/planes/1/name']]],
  [
    'two areas in charts',
    (copy) => (copy.planes[1].areas[0].shortName.pl = 'Diagnoza'),
    [['repeated-label', '/planes/1/areas/0/shortName']],
  ],
  [
    'two points of the scale',
    (copy) => (copy.scale.points['4'] = text('zawsze', 'often')),
    [['repeated-label', '/scale/points/5']],
  ],
  ['two facts', (copy) => (copy.facts[1].text.pl = 'Czy działa rada?'), [['repeated-label', '/facts/1/text']]],
]);

family('labels that nobody can mix up', [
  [
    'items of which nobody is asked both',
    (copy) => {
      copy.questions[at.c1].text = copy.questions[at.c2].text;
      copy.questions[at.c1].visibleIf = { in: [{ group: true }, ['officials', 'councillors']] };
      delete copy.forms.core;
    },
    [],
  ],
  [
    'items that one answer parts',
    (copy) => {
      copy.questions[at.b1].text = copy.questions[at.b2].text;
      copy.questions[at.b1].visibleIf = { '==': [{ answer: 'part' }, 'no'] };
      delete copy.forms.core;
    },
    [],
  ],
  ['choices of two questions', (copy) => (copy.questions[at.part].choices[0].text.pl = 'Odpowiedź money'), []],
]);
