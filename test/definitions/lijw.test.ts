import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Answers, FactValues } from '../../src/definitions/answers';
import { followFlow } from '../../src/definitions/flow';
import {
  areasOf,
  itemsOf,
  wordingFor,
  type FactField,
  type FormName,
  type Instrument,
  type Language,
  type Text,
} from '../../src/definitions/instrument';

const file = join(__dirname, '..', '..', 'survey-definitions', 'lijw-1.0.0.json');
const lijw = JSON.parse(readFileSync(file, 'utf8')) as Instrument;
const languages: readonly Language[] = ['pl', 'en'];
const groups = lijw.groups ?? [];
const questionOf = new Map(lijw.questions.map((question) => [question.code, question]));
const codesAsked = (form: FormName) =>
  (lijw.forms[form]?.pages ?? []).flatMap((page) => page.sections.flatMap((section) => section.questions));

/** Every text of the document with the place where it stands. */
function textsIn(value: unknown, place: string): { place: string; text: Text }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('pl' in value && typeof value.pl === 'string') return [{ place, text: value as Text }];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${place}/${key}`));
}
const texts = textsIn(lijw, '');
const inEvery = (language: Language) => texts.map(({ place, text }) => ({ place, words: text[language] ?? '' }));
/** Places of the texts that match a pattern which they should not match. */
const offending = (language: Language, pattern: RegExp) =>
  inEvery(language)
    .filter(({ words }) => pattern.test(words))
    .map(({ place, words }) => `${place}: ${words}`);

const visibleTo = (
  group: string,
  given: Answers,
  { form = 'full', round = 'baseline', facts = {} }: { form?: FormName; round?: string; facts?: FactValues } = {},
) => followFlow(lijw, { form, group, round, facts }, given).visible;

describe('the shape of lijw 1.0.0', () => {
  test('it is named as its file', () => {
    expect(lijw).toMatchObject({ id: 'lijw', version: '1.0.0', kind: 'assessment', languages: ['pl', 'en'] });
  });

  test('it has three planes and twelve areas, six of them in the first', () => {
    const planes = lijw.planes ?? [];
    expect(planes.map((plane) => [plane.code, plane.areas.map((area) => area.code)])).toEqual([
      ['P1', ['P1.1', 'P1.2', 'P1.3', 'P1.4', 'P1.5', 'P1.6']],
      ['P2', ['P2.1', 'P2.2', 'P2.3']],
      ['P3', ['P3.1', 'P3.2', 'P3.3']],
    ]);
    expect(areasOf(lijw).map((area) => area.shortName.pl)).toEqual([
      'Diagnoza',
      'Informowanie',
      'Współtworzenie',
      'Konsultacje',
      'Wdrażanie',
      'Ocena',
      'Formy finansowe',
      'Formy niefinansowe',
      'Partnerstwo projektowe',
      'Wsparcie inicjatyw',
      'Integracja sektora',
      'Partnerstwa lokalne',
    ]);
    expect(areasOf(lijw).filter((area) => area.description === undefined)).toEqual([]);
  });

  test('its groups stand on their sides, with a hint each', () => {
    expect(groups.map((group) => [group.code, group.side])).toEqual([
      ['officials', 'administration'],
      ['councillors', 'administration'],
      ['authorities', 'administration'],
      ['municipal-units', 'administration'],
      ['ngo', 'ngo'],
      ['informal', 'ngo'],
      ['benefit-council', null],
    ]);
    expect(groups.filter((group) => group.hint === undefined)).toEqual([]);
  });

  test('it merges only groups of one side, and never councillors or the benefit council', () => {
    const sideOf = new Map(groups.map((group) => [group.code, group.side]));
    const merges = lijw.mergePlan ?? [];
    expect(merges).not.toHaveLength(0);
    for (const merge of merges) expect(new Set(merge.groups.map((code) => sideOf.get(code))).size).toBe(1);
    const merged = merges.flatMap((merge) => merge.groups);
    expect(merged).not.toContain('councillors');
    expect(merged).not.toContain('benefit-council');
  });

  test('its scale has a word for each point, and its thresholds are those of the method', () => {
    expect(lijw.scale).toMatchObject({ min: 1, max: 5 });
    expect(Object.keys(lijw.scale?.points ?? {})).toEqual(['1', '2', '3', '4', '5']);
    expect(lijw.rounds).toEqual(['baseline', 'follow-up']);
    expect(lijw.thresholds).toEqual({
      k: 5,
      comments: 8,
      minAnsweredShare: 0.5,
      practicallySame: 0.25,
      assumedVariance: { area: 1, overall: 0.6 },
    });
  });
});

describe('items', () => {
  const items = itemsOf(lijw);

  test('each area has three or four, exactly one of them core', () => {
    for (const { code } of areasOf(lijw)) {
      const own = items.filter((item) => item.area === code);
      expect([3, 4]).toContain(own.length);
      expect(own.filter((item) => item.core === true)).toHaveLength(1);
    }
  });

  test('each describes a low and a high practice in a few words, and names its principles', () => {
    const known = new Set((lijw.principles ?? []).map((principle) => principle.code));
    expect(known.size).toBe(6);
    for (const item of items) {
      for (const text of [item.lowMeans, item.highMeans]) {
        for (const language of languages) {
          const words = text?.[language] ?? '';
          // A few words that go on after the point: „1 – nie pytano”.
          expect(words).toMatch(/^[^.;:]+$/u);
          expect(words.split(' ').length).toBeLessThanOrEqual(9);
          expect(words).not.toMatch(/wysoka ocena|high score|zawsze|always/iu);
        }
      }
      expect(item.principles ?? []).not.toHaveLength(0);
      for (const principle of item.principles ?? []) expect(known).toContain(principle);
    }
  });

  test('each principle is carried by items of at least three areas', () => {
    for (const { code } of lijw.principles ?? []) {
      const areas = new Set(items.filter((item) => item.principles?.includes(code)).map((item) => item.area));
      expect(areas.size).toBeGreaterThanOrEqual(3);
    }
  });

  test('core items are asked of everybody, without a condition', () => {
    for (const item of items.filter((one) => one.core === true)) expect(item.visibleIf).toBeUndefined();
  });

  test('no two questions have the same words for any group', () => {
    for (const group of groups) {
      for (const language of languages) {
        const words = lijw.questions.map((question) => wordingFor(question, group.code).text[language]);
        expect(new Set(words).size).toBe(words.length);
      }
    }
  });

  test('officials, councillors, heads of units, NGOs and informal groups each have words of their own', () => {
    for (const group of ['officials', 'councillors', 'municipal-units', 'ngo', 'informal', 'benefit-council']) {
      const own = lijw.questions.filter((question) => wordingFor(question, group).text !== question.text);
      expect(own).not.toHaveLength(0);
    }
  });

  test('codes of items are their area and a letter', () => {
    for (const item of items)
      expect(item.code).toMatch(new RegExp(`^${item.area.toLowerCase().replace('.', '')}[a-d]$`));
  });
});

describe('words', () => {
  test('every text is there in both languages', () => {
    expect(texts.length).toBeGreaterThan(300);
    for (const language of languages) expect(offending(language, /^\s*$/u)).toEqual([]);
    const sameInBoth = texts.filter(({ text }) => text.pl === text.en).map(({ text }) => text.pl);
    expect(sameInBoth).toEqual(['m²']);
  });

  test('a sentence has at most 20 words', () => {
    const long = languages.flatMap((language) =>
      inEvery(language).flatMap(({ place, words }) =>
        words
          .split(/(?<=[.?:])\s+(?=[\p{Lu}„“])/u)
          .filter((sentence) => sentence.split(/\s+/u).length > 20)
          .map((sentence) => `${place}: ${sentence}`),
      ),
    );
    expect(long).toEqual([]);
  });

  test('typography: no exclamation marks, straight quotes, doubled or unbreakable spaces', () => {
    for (const language of languages) expect(offending(language, /!|"|'|\.\.\.| {2}|^\s|\s$| [,.:?]| - /u)).toEqual([]);
    // Spaces that do not break are set where words become a page, so the document stays easy to edit.
    for (const language of languages) expect(offending(language, /\u00a0/u)).toEqual([]);
    expect(offending('pl', /“/u)).toEqual([]);
    expect(offending('en', /„/u)).toEqual([]);
  });
});

describe('conditions', () => {
  const nothing: Answers = { s_meetings: 0, s_consulted: false, s_offer: false, s_agreement: false, s_forms: ['none'] };
  const everything: Answers = {
    s_meetings: 4,
    s_consulted: true,
    s_offer: true,
    s_agreement: true,
    s_forms: ['premises', 'training', 'promotion', 'team', 'project', 'initiative', 'partnership'],
  };
  const facts: FactValues = { p14_council: true, p31_initiative_resolution: false, p31_participatory_budget: true };

  test.each(groups.map((group) => group.code))('%s: whoever took part in everything is asked everything', (group) => {
    expect([...visibleTo(group, everything, { round: 'follow-up', facts })]).toEqual(codesAsked('full'));
  });

  test('whoever took part in nothing still rates every area, by at least its core item', () => {
    const visible = visibleTo('ngo', nothing);
    for (const { code } of areasOf(lijw)) {
      const asked = itemsOf(lijw).filter((item) => item.area === code && visible.has(item.code));
      expect(asked.map((item) => item.core)).toContain(true);
    }
    expect(visible.size).toBeLessThan(visibleTo('ngo', everything).size - 10);
  });

  test.each([
    ['p14b', 'took part in a consultation', { s_consulted: true }],
    ['p12d', 'went to a meeting', { s_meetings: 1 }],
    ['p21b', 'had to do with a call for grants', { s_offer: true }],
    ['p21d', 'had to do with a grant agreement', { s_agreement: true }],
    ['p22b', 'used premises', { s_forms: ['premises'] }],
    ['p22d', 'used training', { s_forms: ['training'] }],
    ['p23c', 'had a joint project', { s_forms: ['project'] }],
    ['p31b', 'used a local initiative', { s_forms: ['initiative'] }],
    ['p33b', 'was in a local partnership', { s_forms: ['partnership'] }],
    ['p13d', 'sat in a joint team', { s_forms: ['team'] }],
    ['p15b', 'cooperated in any form', { s_forms: ['promotion'] }],
    ['p15c', 'cooperated by a grant alone', { s_agreement: true }],
  ])('%s is asked of whoever %s, and of nobody else', (code, _who, experience) => {
    expect(visibleTo('ngo', nothing)).not.toContain(code);
    expect(visibleTo('ngo', {})).not.toContain(code);
    expect(visibleTo('ngo', { ...nothing, ...experience })).toContain(code);
  });

  test('the benefit council is asked about where there is one; its members always know it', () => {
    expect(visibleTo('ngo', {})).not.toContain('p14d');
    expect(visibleTo('ngo', {}, { facts: { p14_council: false } })).not.toContain('p14d');
    expect(visibleTo('ngo', {}, { facts: { p14_council: true } })).toContain('p14d');
    expect(visibleTo('benefit-council', {})).toContain('p14d');
  });

  test('the most useful form is asked for from two forms on', () => {
    expect(visibleTo('ngo', { s_forms: ['none'] })).not.toContain('best_form');
    expect(visibleTo('ngo', { s_forms: ['team'] })).not.toContain('best_form');
    expect(visibleTo('ngo', { s_forms: ['premises', 'team'] })).toContain('best_form');
  });

  test.each(['full', 'core'] as const)('%s: the change is asked for in the follow-up only', (form) => {
    expect(visibleTo('ngo', {}, { form, round: 'baseline' })).not.toContain('change');
    expect(visibleTo('ngo', {}, { form, round: 'follow-up' })).toContain('change');
  });
});

describe('forms', () => {
  test('the full form asks every question of the bank, in its order', () => {
    expect(codesAsked('full')).toEqual(lijw.questions.map((question) => question.code));
  });

  test('both forms have one area a page', () => {
    for (const form of ['full', 'core'] as const) {
      const areas = lijw.forms[form]!.pages.map(({ sections }) => {
        const asked = sections.flatMap(({ questions }) => questions).map((code) => questionOf.get(code)!);
        return new Set(asked.flatMap((question) => (question.type === 'rating' ? question.area : [])));
      });
      expect(areas.filter(({ size }) => size > 1)).toEqual([]);
      expect(areas.filter(({ size }) => size === 1)).toHaveLength(12);
    }
    expect(lijw.forms.full.pages).toHaveLength(14);
  });

  test('the short form has a page per area with its core item, and a last page', () => {
    const pages = lijw.forms.core?.pages ?? [];
    expect(pages).toHaveLength(13);
    const rated = codesAsked('core').filter((code) => questionOf.get(code)?.type === 'rating');
    expect(rated).toEqual(
      itemsOf(lijw)
        .filter((item) => item.core === true)
        .map((item) => item.code),
    );
  });

  test.each(['full', 'core'] as const)('%s: a comment on each plane and the barriers are asked for', (form) => {
    const comments = codesAsked(form).flatMap((code) => {
      const question = questionOf.get(code);
      return question?.type === 'long-text' ? [question.commentOn] : [];
    });
    expect(comments).toEqual(['P1', 'P2', 'P3']);
    expect(codesAsked(form)).toEqual(expect.arrayContaining(['barriers', 'needs']));
  });

  test('of the barriers up to three may be chosen, with one of your own, or none', () => {
    const barriers = questionOf.get('barriers');
    expect(barriers).toMatchObject({ type: 'multiple-choice', maxChoices: 3 });
    const choices = barriers !== undefined && 'choices' in barriers ? barriers.choices : [];
    expect(choices.filter((choice) => choice.other === true)).toHaveLength(1);
    expect(choices.filter((choice) => choice.exclusive === true)).toHaveLength(1);
  });

  test('nothing is compulsory', () => {
    expect(lijw.questions.filter((question) => question.requiredIf !== undefined)).toEqual([]);
  });
});

describe('the fact sheet', () => {
  /** Y/N, N number, % share, PLN money, D date: the working list of indicators, area by area. */
  const expected: Record<string, Record<string, string>> = {
    'P1.1': { p11_diagnosis: 'Y/N', p11_meetings: 'N', p11_directory: 'Y/N' },
    'P1.2': { p12_contact: 'Y/N', p12_channel: 'Y/N', p12_meetings: 'N', p12_ngo_plans: 'Y/N' },
    'P1.3': {
      p13_ngo_in_teams: '%',
      p13_teams: 'N',
      p13_team_meetings: 'N',
      p13_programme_drafted: 'Y/N',
      p13_multiyear: 'Y/N',
      p13_adopted: 'D',
    },
    'P1.4': {
      p14_consulted: '%',
      p14_resolution: 'Y/N',
      p14_days: 'N',
      p14_remarks: 'N',
      p14_answered: '%',
      p14_accepted: '%',
      p14_council: 'Y/N',
      p14_opinions: 'N',
    },
    'P1.5': { p15_teams: 'N', p15_joint_tasks: '%' },
    'P1.6': { p16_ngo_part: 'Y/N', p16_report: 'D', p16_done: '%' },
    'P2.1': {
      p21_grants: 'PLN',
      p21_share: '%',
      p21_calls: 'N',
      p21_offers: 'N',
      p21_funded: '%',
      p21_entrusting: '%',
      p21_multiyear: 'N',
      p21_small_grants: 'N',
      p21_regranting: 'Y/N',
      p21_commission: '%',
    },
    'P2.2': {
      p22_premises: 'N',
      p22_area: 'N',
      p22_rules: 'Y/N',
      p22_trainings: 'N',
      p22_patronages: 'N',
      p22_promotion: 'Y/N',
    },
    'P2.3': { p23_applications: 'N', p23_funded: '%', p23_agreements: 'N', p23_procedure: 'Y/N' },
    'P3.1': {
      p31_initiative_resolution: 'Y/N',
      p31_initiative_applications: 'N',
      p31_initiative_accepted: '%',
      p31_participatory_budget: 'Y/N',
      p31_support_centre: 'Y/N',
      p31_volunteer_centre: 'Y/N',
    },
    'P3.2': { p32_federation: 'Y/N', p32_meetings: 'N', p32_representation: 'Y/N', p32_centre: 'Y/N' },
    'P3.3': { p33_partnerships: 'N', p33_lgd: 'Y/N', p33_charter: 'Y/N' },
  };
  const marks: Partial<Record<FactField['type'], string>> = {
    'yes-no': 'Y/N',
    number: 'N',
    percent: '%',
    money: 'PLN',
    date: 'D',
  };
  const facts = lijw.facts ?? [];

  test('it has every indicator, in its area, with its type', () => {
    const found: Record<string, Record<string, string>> = {};
    for (const fact of facts) {
      const area = (found[fact.area ?? 'none'] ??= {});
      area[fact.code] = marks[fact.type] ?? fact.type;
    }
    expect(found).toEqual(expected);
  });

  test('numbers, shares and amounts have bounds; no two labels are alike', () => {
    for (const fact of facts.filter(({ type }) => ['number', 'percent', 'money'].includes(type))) {
      expect(fact).toMatchObject({ min: 0, max: expect.any(Number) as number });
      if (fact.type === 'percent') expect(fact.max).toBe(100);
    }
    for (const language of languages) {
      expect(new Set(facts.map((fact) => fact.text[language])).size).toBe(facts.length);
    }
  });
});
