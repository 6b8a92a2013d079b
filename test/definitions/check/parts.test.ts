import { altered, choice, smallForm, smallInstrument, text } from '../../support/instruments';
import { at, family, found, q } from './families';

/* eslint-disable @typescript-eslint/no-explicit-any -- broken documents have any shape */

family('shape', [
  [
    'unknown property',
    (copy) => (copy.questions[1].vissibleIf = true),
    [['unknown-property', `${q('a1')}/vissibleIf`]],
  ],
  [
    'property of another type',
    (copy) => (copy.questions[1].choices = []),
    [['unknown-property', `${q('a1')}/choices`]],
  ],
  ['missing property', (copy) => delete copy.title, [['missing-property', '']]],
  ['wrong type', (copy) => (copy.title = 'x'), [['wrong-type', '/title']]],
  ['unknown kind', (copy) => (copy.kind = 'survey'), [['not-allowed-value', '/kind']]],
  ['bad version', (copy) => (copy.version = '1.0'), [['bad-code', '/version']]],
  ['empty text', (copy) => (copy.title.pl = ' '), [['empty-text', '/title/pl']]],
  ['weight of 0', (copy) => (copy.questions[2].weight = 0), [['too-small', `${q('a2')}/weight`]]],
  [
    'share above 1',
    (copy) => (copy.thresholds.minAnsweredShare = 1.5),
    [['too-large', '/thresholds/minAnsweredShare']],
  ],
  ['share of 0', (copy) => (copy.thresholds.minAnsweredShare = 0), [['too-small', '/thresholds/minAnsweredShare']]],
  ['weight beyond use', (copy) => (copy.questions[2].weight = 5000), [['too-large', `${q('a2')}/weight`]]],
  ['answers that nobody gives', (copy) => (copy.thresholds.comments = 500), [['too-large', '/thresholds/comments']]],
  ['hours of questions', (copy) => (copy.forms.full.minutes = 300), [['too-large', '/forms/full/minutes']]],
  ['a bound past all counting', (copy) => (copy.facts[1].max = 1e15), [['too-large', '/facts/1/max']]],
  ['k below 3', (copy) => (copy.thresholds.k = 2), [['too-small', '/thresholds/k']]],
  [
    'fewer than two choices',
    (copy) => (copy.questions[at.barriers].choices.length = 1),
    [['too-few', `${q('barriers')}/choices`]],
  ],
  [
    'no real date',
    (copy) => copy.facts.push({ type: 'date', code: 'day', text: text('Dzień'), min: '2015-02-30' }),
    [['not-a-date', '/facts/2/min']],
  ],
  ['language named twice', (copy) => copy.languages.push('pl'), [['repeated-entry', '/languages']]],
  ['rule on a fact', (copy) => (copy.facts[0].visibleIf = true), [['unknown-property', '/facts/0/visibleIf']]],
]);

family('structure', [
  [
    'no groups',
    (copy) => {
      delete copy.groups;
      delete copy.mergePlan;
    },
    [
      ['assessment-incomplete', ''],
      ['unknown-group', `${q('a2')}/variants/0/groups/0`],
      ['unknown-group', `${q('a2')}/variants/0/groups/1`],
      ['no-groups', `${q('c2')}/visibleIf/in/0`],
    ],
  ],
  [
    'a side that nobody speaks for',
    (copy) => copy.groups.slice(0, 2).forEach((group: any) => (group.side = null)),
    [['side-without-groups', '/groups']],
  ],
  ['scale upside down', (copy) => (copy.scale.min = 6), [['scale-order', '/scale']]],
  ['point without a word', (copy) => delete copy.scale.points['3'], [['point-without-word', '/scale/points']]],
  ['word of no point', (copy) => (copy.scale.points['6'] = text('x')), [['unknown-point', '/scale/points/6']]],
  [
    'area without items',
    (copy) => copy.planes[0].areas.push({ code: 'P1.3', name: text('x'), shortName: text('x') }),
    [['area-without-items', '/planes/0/areas/2']],
  ],
  [
    'area without a core item',
    (copy) => {
      delete copy.questions[at.c1].core;
      copy.forms.core.pages[0].sections[0].questions.pop();
    },
    [['area-without-core-item', '/planes/1/areas/0']],
  ],
  [
    'a change that no scale has',
    (copy) => (copy.thresholds.practicallySame = 5),
    [['beyond-scale', '/thresholds/practicallySame']],
  ],
  [
    'a change as large as the scale',
    (copy) => (copy.thresholds.practicallySame = 4),
    [['beyond-scale', '/thresholds/practicallySame']],
  ],
  [
    'a variance that no answers have',
    (copy) => (copy.thresholds.assumedVariance = { area: 4, overall: 4.1 }),
    [['beyond-scale', '/thresholds/assumedVariance/overall']],
  ],
  ['a change within the scale', (copy) => (copy.thresholds.practicallySame = 1), []],
  ['comments below k', (copy) => (copy.thresholds.comments = 4), [['comments-below-k', '/thresholds/comments']]],
]);

family(
  'structure of a form',
  [
    [
      'planes',
      (copy) => (copy.planes = smallInstrument().planes),
      [
        ['not-in-a-form', '/planes'],
        ['area-without-items', '/planes/0/areas/0'],
        ['area-without-items', '/planes/0/areas/1'],
        ['area-without-items', '/planes/1/areas/0'],
      ],
    ],
    [
      'rating without a scale',
      (copy) => (copy.questions[0].type = 'rating'),
      [
        ['rating-without-scale', '/questions/0/type'],
        ['type-mismatch', '/questions/1/visibleIf/=='],
      ],
    ],
    ['core form', (copy) => (copy.forms.core = copy.forms.full), [['not-in-a-form', '/forms/core']]],
    ['rounds', (copy) => (copy.rounds = ['one']), [['not-in-a-form', '/rounds']]],
    [
      'a rule on the group where there are none',
      (copy) => (copy.questions[1].visibleIf = { '==': [{ group: true }, 'ngo'] }),
      [['no-groups', '/questions/1/visibleIf/==/0']],
    ],
    [
      'a rule on the round where there are none',
      (copy) => (copy.questions[1].visibleIf = { '==': [{ round: true }, 'ngo'] }),
      [['no-rounds', '/questions/1/visibleIf/==/0']],
    ],
  ],
  smallForm,
);

family('codes', [
  ['question', (copy) => copy.facts.push({ ...copy.facts[0] }), [['repeated-code', '/facts/2/code']]],
  [
    'choice, capitals apart',
    (copy) => (copy.questions[at.barriers].choices[1].code = 'Money'),
    [['repeated-code', `${q('barriers')}/choices/1/code`]],
  ],
  ['group', (copy) => copy.groups.push(copy.groups[0]), [['repeated-code', '/groups/5/code']]],
  [
    'plane and area',
    (copy) => copy.planes.push(copy.planes[1]),
    [
      ['repeated-code', '/planes/2/code'],
      ['repeated-code', '/planes/2/areas/0/code'],
    ],
  ],
  ['principle', (copy) => copy.principles.push(copy.principles[0]), [['repeated-code', '/principles/1/code']]],
  ['round', (copy) => copy.rounds.push('Baseline'), [['repeated-code', '/rounds/2']]],
  ['page', (copy) => (copy.forms.full.pages[1].code = 'END'), [['repeated-code', '/forms/full/pages/2/code']]],
  ['calc', (copy) => copy.calcs.push(copy.calcs[0]), [['repeated-code', '/calcs/1/name']]],
  ['inherited name', (copy) => (copy.facts[0].code = 'toString'), [['reserved-code', '/facts/0/code']]],
  [
    'name that starts a chain',
    (copy) => (copy.facts[0].code = '__proto__'),
    [
      ['bad-code', '/facts/0/code'],
      ['reserved-code', '/facts/0/code'],
    ],
  ],
  [
    'column of every file of answers',
    (copy) => {
      copy.questions[at.barriers].code = 'Respondent';
      copy.forms.full.pages[2].sections[0].questions[0] = 'Respondent';
    },
    [['reserved-code', `${q('barriers')}/code`]],
  ],
  [
    'column of other words',
    (copy) => {
      copy.questions[at.barriers].code = 'part.other';
      copy.forms.full.pages[2].sections[0].questions[0] = 'part.other';
    },
    [['reserved-code', `${q('barriers')}/code`]],
  ],
  [
    'choice that reads as hard to say',
    (copy) => (copy.questions[at.barriers].choices[0].code = 'hs'),
    [['reserved-code', `${q('barriers')}/choices/0/code`]],
  ],
]);

family('references', [
  ['area of a fact', (copy) => (copy.facts[0].area = 'P9.9'), [['unknown-area', '/facts/0/area']]],
  [
    'area of a section',
    (copy) => (copy.forms.full.pages[1].sections[0].area = 'P2'),
    [['unknown-area', '/forms/full/pages/1/sections/0/area']],
  ],
  [
    'items in a section of another area',
    (copy) => (copy.forms.full.pages[1].sections[0].area = 'P1.1'),
    [
      ['item-in-other-area', '/forms/full/pages/1/sections/0/questions/0'],
      ['item-in-other-area', '/forms/full/pages/1/sections/0/questions/1'],
    ],
  ],
  [
    'group of a variant',
    (copy) => (copy.questions[2].variants[0].groups[1] = 'mayors'),
    [['unknown-group', `${q('a2')}/variants/0/groups/1`]],
  ],
  [
    'group with two wordings',
    (copy) => copy.questions[2].variants.push(copy.questions[2].variants[0]),
    [
      ['repeated-group', `${q('a2')}/variants/1/groups/0`],
      ['repeated-group', `${q('a2')}/variants/1/groups/1`],
    ],
  ],
  ['principle', (copy) => (copy.questions[1].principles = ['x']), [['unknown-principle', `${q('a1')}/principles/0`]]],
  [
    'plane of a comment',
    (copy) => (copy.questions[at.comment].commentOn = 'P3'),
    [['unknown-plane', `${q('comment')}/commentOn`]],
  ],
  [
    'question of a page',
    (copy) => copy.forms.full.pages[2].sections[0].questions.push('x'),
    [['unknown-question', '/forms/full/pages/2/sections/0/questions/2']],
  ],
  [
    'merge of two sides',
    (copy) => (copy.mergePlan[0].groups = ['ngo', 'officials']),
    [['merge-of-two-sides', '/mergePlan/0/groups']],
  ],
  [
    'group merged twice',
    (copy) => copy.mergePlan.push(copy.mergePlan[0]),
    [
      ['repeated-group', '/mergePlan/1/groups/0'],
      ['repeated-group', '/mergePlan/1/groups/1'],
    ],
  ],
  [
    'matrix of another type',
    (copy) => (copy.forms.full.pages[0].sections[0].display = 'matrix'),
    [['no-rating-in-matrix', '/forms/full/pages/0/sections/0/questions/0']],
  ],
]);

family('texts', [
  [
    'missing translation',
    (copy) => delete copy.planes[0].areas[1].shortName.en,
    [['missing-translation', '/planes/0/areas/1/shortName']],
  ],
  [
    'missing translation of a point',
    (copy) => delete copy.scale.points['2'].en,
    [['missing-translation', '/scale/points/2']],
  ],
  ['missing Polish', (copy) => delete copy.title.pl, [['missing-property', '/title']]],
  ['Polish not declared', (copy) => (copy.languages = ['en']), [['polish-missing', '/languages']]],
  [
    'language not declared',
    (copy) => (copy.languages = ['pl']),
    expect.arrayContaining([['undeclared-language', '/title/en']]) as never,
  ],
]);

family('questions', [
  [
    'compulsory rating',
    (copy) => (copy.questions[1].requiredIf = true),
    [['required-rating', `${q('a1')}/requiredIf`]],
  ],
  [
    'core without an area',
    (copy) => {
      delete copy.questions[1].area;
      copy.questions[1].report = 'none';
    },
    [
      ['area-without-core-item', '/planes/0/areas/0'],
      ['not-an-item', `${q('a1')}/core`],
    ],
  ],
  ['no place in the report', (copy) => delete copy.questions[at.barriers].report, [['no-report-place', q('barriers')]]],
  [
    'words where the report counts',
    (copy) => (copy.questions[at.comment].report = 'support'),
    [['wrong-report-place', `${q('comment')}/report`]],
  ],
  [
    'an item with a place of its own',
    (copy) => (copy.questions[1].report = 'views'),
    [['report-misplaced', `${q('a1')}/report`]],
  ],
  ['number range', (copy) => (copy.facts[1].max = -5), [['min-above-max', '/facts/1']]],
  [
    'percent range',
    (copy) => copy.facts.push({ type: 'percent', code: 'p', text: text('x'), min: 101 }),
    [['min-above-max', '/facts/2']],
  ],
  [
    'date range',
    (copy) => copy.facts.push({ type: 'date', code: 'd', text: text('x'), min: '2015-02-02', max: '2015-02-01' }),
    [['min-above-max', '/facts/2']],
  ],
  [
    'two others',
    (copy) => (copy.questions[0].choices[0].other = true),
    [['several-others', `${q('part')}/choices/2/other`]],
  ],
  [
    'exclusive in a single choice',
    (copy) => (copy.questions[0].choices[0].exclusive = true),
    [['exclusive-misplaced', `${q('part')}/choices/0/exclusive`]],
  ],
  [
    'at most one',
    (copy) => (copy.questions[at.barriers].maxChoices = 1),
    [['max-choices-one', `${q('barriers')}/maxChoices`]],
  ],
  [
    'more than there are',
    (copy) => (copy.questions[at.barriers].maxChoices = 4),
    [['more-than-choices', `${q('barriers')}/maxChoices`]],
  ],
  [
    'least above most',
    (copy) => (copy.questions[at.barriers].minChoices = 3),
    [['min-above-max-choices', `${q('barriers')}/minChoices`]],
  ],
  [
    'all exclusive',
    (copy) => copy.questions[at.barriers].choices.forEach((one: any) => (one.exclusive = true)),
    [['too-few-together', `${q('barriers')}/choices`]],
  ],
  [
    'more places than choices',
    (copy) =>
      copy.facts.push({ type: 'ranking', code: 'r', text: text('x'), choices: [choice('a'), choice('b')], places: 3 }),
    [['more-places-than-choices', '/facts/2/places']],
  ],
]);

family('forms', [
  [
    'asked twice',
    (copy) => copy.forms.full.pages[2].sections[0].questions.push('a1'),
    [['question-asked-twice', '/forms/full/pages/2/sections/0/questions/2']],
  ],
  [
    'out of order',
    (copy) => copy.forms.full.pages[1].sections[0].questions.reverse(),
    [['out-of-bank-order', '/forms/full/pages/1/sections/0/questions/1']],
  ],
  [
    'unused question',
    (copy) => copy.forms.full.pages[2].sections[0].questions.shift(),
    [['unused-question', q('barriers')]],
  ],
  [
    'core item not asked',
    (copy) => copy.forms.core.pages[0].sections[0].questions.shift(),
    [['core-item-not-asked', `${q('a1')}/core`]],
  ],
  [
    'item that is not core',
    (copy) => copy.forms.core.pages[0].sections[0].questions.splice(1, 0, 'a2'),
    [['not-core', '/forms/core/pages/0/sections/0/questions/1']],
  ],
  [
    'core item that reads what core does not ask',
    (copy) => (copy.questions[at.b1].visibleIf = { '==': [{ answer: 'part' }, 'yes'] }),
    [['reads-unasked-question', '/forms/core/pages/0/sections/0/questions/1']],
  ],
  [
    'core item that reads through a calc what core does not ask',
    (copy) => {
      copy.calcs.push({ name: 'early', rule: { '+': [{ answer: 'a2' }, 1] } });
      copy.questions[at.c1].visibleIf = { '<': [{ calc: 'early' }, 4] };
    },
    [['reads-unasked-question', '/forms/core/pages/0/sections/0/questions/2']],
  ],
]);

describe('forms', () => {
  it('let core ask an item that its rules need, and questions that are not scored', () => {
    const document = altered(smallInstrument(), (copy) => {
      copy.questions[at.b1].visibleIf = { '==': [{ answer: 'part' }, 'yes'] };
      copy.questions[at.c1].visibleIf = { '>': [{ answer: 'a2' }, 2] };
      copy.forms.core.pages[0].sections[0].questions = ['part', 'a1', 'a2', 'b1', 'c1', 'barriers'];
    });
    expect(found(document)).toEqual([]);
  });
});

family('texts that cannot be seen as they are written', [
  ['a zero-width space', (copy) => (copy.title.pl = '\u200B'), [['empty-text', '/title/pl']]],
  ['soft hyphens and spaces', (copy) => (copy.groups[0].name.en = ' \u00AD '), [['empty-text', '/groups/0/name/en']]],
  [
    'a blank choice',
    (copy) => (copy.questions[at.part].choices[0].text.pl = '\u2060'),
    [['empty-text', `${q('part')}/choices/0/text/pl`]],
  ],
  [
    'a blank word of the scale',
    (copy) => (copy.scale.points['3'].pl = '\u3164'),
    [['empty-text', '/scale/points/3/pl']],
  ],
  [
    'an override of the direction',
    (copy) => (copy.questions[at.a1].text.pl = 'Urząd \u202Epytał'),
    [['forbidden-character', `${q('a1')}/text/pl`]],
  ],
  [
    'a control character in a message',
    (copy) => (copy.questions[at.meetings].valid[0].message.en = 'Not\u0007 13'),
    [['forbidden-character', `${q('meetings')}/valid/0/message/en`]],
  ],
  ['a soft hyphen in a long word', (copy) => (copy.title.pl = 'Współ\u00ADpraca'), []],
  ['a text of two lines', (copy) => (copy.description = text('Raz\ndwa', 'One\ntwo')), []],
]);

family('bounds that leave no answer', [
  [
    'no whole number between',
    (copy) => Object.assign(copy.facts[1], { type: 'number', min: 0.2, max: 0.8 }),
    [['no-number-possible', '/facts/1']],
  ],
  [
    'one with decimals',
    (copy) => Object.assign(copy.facts[1], { type: 'number', min: 0.2, max: 0.8, decimals: 1 }),
    [],
  ],
  [
    'a day of another age',
    (copy) => copy.facts.push({ type: 'date', code: 'day', text: text('Dzień'), min: '0202-01-01' }),
    [['far-off-day', '/facts/2/min']],
  ],
]);

family('calcs that nothing reads', [
  [
    'one beside others',
    (copy) => copy.calcs.push({ name: 'lone', rule: { '+': [{ answer: 'a1' }, 1] } }),
    [['unused-calc', '/calcs/1']],
  ],
  [
    'two that only read one another',
    (copy) =>
      copy.calcs.push(
        { name: 'lone', rule: { '+': [{ answer: 'a1' }, 1] } },
        { name: 'twice', rule: { '*': [{ calc: 'lone' }, 2] } },
      ),
    [
      ['unused-calc', '/calcs/1'],
      ['unused-calc', '/calcs/2'],
    ],
  ],
  [
    'one that is read through another',
    (copy) => {
      copy.calcs.push({ name: 'low', rule: { '<': [{ calc: 'satisfaction' }, 3] } });
      copy.questions[at.meetings].visibleIf = { calc: 'low' };
    },
    [],
  ],
]);
