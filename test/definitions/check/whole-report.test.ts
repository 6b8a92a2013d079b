import { checkInstrument } from '../../../src/definitions/check/check-instrument';
import { altered, choice, smallInstrument, text } from '../../support/instruments';
import { at, expectAdvice } from './families';

describe('a document with many faults at once', () => {
  const broken = altered(smallInstrument(), (copy) => {
    copy.version = '1.0';
    delete copy.description;
    copy.titel = copy.title;
    copy.scale.points['6'] = text('x');
    copy.groups[1].side = 'council';
    copy.groups[3].code = 'NGO';
    copy.mergePlan[0].groups = ['ngo', 'officials'];
    delete copy.planes[0].areas[0].name.en;
    copy.planes[1].areas.push({ code: 'P2.2', name: text('x'), shortName: text('x') });
    copy.questions[at.part].choices[2].text.pl = '';
    copy.questions[at.a1].area = 'P1.9';
    copy.questions[at.a1].requiredIf = true;
    copy.questions[at.a2].weight = -1;
    copy.questions[at.a2].variants[0].groups[0] = 'mayors';
    copy.questions[at.b1].principles = ['equality'];
    copy.questions[at.b1].visibleIf = { '>': [{ answer: 'c1' }, 3] };
    copy.questions[at.b2].visibleIf = { '==': [{ answer: 'part' }, 'perhaps'] };
    copy.questions[at.comment].commentOn = 'P7';
    copy.questions[at.c1].visibleIf = { '==': [{ answer: 'a1' }, '3'] };
    copy.questions[at.c2].visibleIf = { '>': [{ answer: 'a1' }, 5] };
    copy.questions[at.barriers].choices.push(choice('money'));
    copy.questions[at.barriers].minChoices = 3;
    copy.questions[at.meetings].min = 60;
    copy.questions[at.meetings].vissibleIf = true;
    copy.calcs[0].rule = { mean: [{ calc: 'other' }, { answer: 'a9' }] };
    copy.calcs.push({ name: 'other', rule: { '+': [{ calc: 'satisfaction' }, 1] } });
    copy.facts[0].type = 'rating';
    copy.forms.full.pages[0].sections[1].questions.push('a1');
    copy.forms.full.pages[1].code = 'policies';
    copy.forms.full.pages[2].sections[0].questions = ['meetings'];
    copy.forms.core.pages[0].sections[0].questions = ['a2', 'b1'];
    copy.thresholds = { ...copy.thresholds, k: 2 };
  });
  const problems = checkInstrument(broken);

  it('is reported whole: every fault with its code and pointer, in the order of the document', () => {
    expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'bad-code /version',
      'unknown-point /scale/points/6',
      'not-allowed-value /groups/1/side',
      'repeated-code /groups/3/code',
      'merge-of-two-sides /mergePlan/0/groups',
      'area-without-core-item /planes/0/areas/0',
      'missing-translation /planes/0/areas/0/name',
      'area-without-items /planes/1/areas/1',
      'empty-text /questions/0/choices/2/text/pl',
      'unknown-area /questions/1/area',
      'core-item-not-asked /questions/1/core',
      'required-rating /questions/1/requiredIf',
      'too-small /questions/2/weight',
      'unknown-group /questions/2/variants/0/groups/0',
      'unknown-group /questions/2/variants/0/groups/1',
      'unknown-principle /questions/3/principles/0',
      'forward-reference /questions/3/visibleIf/>/0',
      'unknown-choice /questions/4/visibleIf/==/1',
      'unknown-plane /questions/5/commentOn',
      'core-item-not-asked /questions/6/core',
      'type-mismatch /questions/6/visibleIf/==',
      'never-true /questions/7/visibleIf',
      'unused-question /questions/8',
      'repeated-code /questions/8/choices/4/code',
      'min-above-max-choices /questions/8/minChoices',
      'min-above-max /questions/9',
      'out-of-range /questions/9/valid/0/rule/!=/1',
      'unknown-property /questions/9/vissibleIf',
      'cycle /calcs/0/rule/mean/0',
      'unknown-name /calcs/0/rule/mean/1',
      'not-allowed-value /facts/0/type',
      'question-asked-twice /forms/full/pages/0/sections/1/questions/2',
      'repeated-code /forms/full/pages/1/code',
      'not-core /forms/core/pages/0/sections/0/questions/0',
      'reads-unasked-question /forms/core/pages/0/sections/0/questions/1',
      'too-small /thresholds/k',
      'unknown-property /titel',
    ]);
  });

  it('says of each what to do', () => {
    expectAdvice(broken);
  });
});
