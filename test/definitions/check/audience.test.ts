import { text } from '../../support/instruments';
import { at, family, q } from './families';

/* eslint-disable @typescript-eslint/no-explicit-any -- broken documents have any shape */

const onlyFor = (...groups: string[]) => ({ in: [{ group: true }, groups] });
const asksInCore = (copy: any, ...codes: string[]) => (copy.forms.core.pages[0].sections[0].questions = codes);

family('an area that a side never rates', [
  [
    'every item is for the other side',
    (copy) => {
      copy.questions[at.c1].visibleIf = onlyFor('ngo', 'informal');
    },
    [['area-hidden-from-side', '/planes/1/areas/0']],
  ],
  [
    'one item is for one side, the other for nobody on any side',
    (copy) => {
      copy.questions[at.c1].visibleIf = { '==': [{ group: true }, 'benefit-council'] };
    },
    [['area-hidden-from-side', '/planes/1/areas/0']],
  ],
  [
    'its page is for the other side',
    (copy) => {
      copy.forms.full.pages[1].visibleIf = onlyFor('officials', 'councillors');
      delete copy.questions[at.c2].visibleIf;
      delete copy.forms.core;
    },
    [['area-hidden-from-side', '/planes/1/areas/0']],
  ],
  [
    'an answer that only the other side can give opens it',
    (copy) => {
      copy.questions[at.part].visibleIf = onlyFor('officials');
      for (const code of ['b1', 'b2'] as const) copy.questions[at[code]].visibleIf = { answered: [{ answer: 'part' }] };
      asksInCore(copy, 'part', 'a1', 'b1', 'c1');
    },
    [['area-hidden-from-side', '/planes/0/areas/1']],
  ],
  [
    'in one round only',
    (copy) => {
      copy.questions[at.c1].visibleIf = { or: [onlyFor('officials'), { '==': [{ round: true }, 'follow-up'] }] };
      copy.questions[at.c2].visibleIf = onlyFor('officials', 'councillors');
    },
    [['area-hidden-from-side', '/planes/1/areas/0']],
  ],
  [
    'in the short form only',
    (copy) => {
      copy.questions[at.c1].visibleIf = onlyFor('officials', 'councillors');
    },
    [['area-hidden-from-side', '/planes/1/areas/0']],
  ],
]);

family('an area that both sides may rate', [
  [
    'each by an item of its own',
    (copy) => {
      copy.questions[at.c1].visibleIf = onlyFor('officials');
      delete copy.forms.core;
    },
    [],
  ],
  [
    'where an answer or a fact opens it',
    (copy) => {
      copy.questions[at.b1].visibleIf = { or: [{ fact: 'council' }, { '==': [{ answer: 'part' }, 'no'] }] };
      asksInCore(copy, 'part', 'a1', 'b1', 'c1');
    },
    [],
  ],
]);

family('words that nobody reads', [
  [
    'a wording for a group that never sees the question',
    (copy) => {
      copy.questions[at.c2].variants = [{ groups: ['informal', 'officials'], text: text('Dla nas', 'For us') }];
    },
    [['unseen-wording', `${q('c2')}/variants/0/groups/1`]],
  ],
  [
    'a wording of a page for others',
    (copy) => {
      copy.forms.full.pages[2].visibleIf = { '!=': [{ group: true }, 'councillors'] };
      copy.questions[at.barriers].variants = [
        { groups: ['councillors'], text: text('Dla radnych', 'For councillors') },
      ];
    },
    [['unseen-wording', `${q('barriers')}/variants/0/groups/0`]],
  ],
]);
