import type { ReportInput } from '../../src/reports/model';
import { reportedRecommendation, reviewedRecommendation } from './recommendations';
import { lijw, lijwPeople, reportInput } from './report';

/** People of each group of lijw who answer. */
export const somePeople = {
  officials: 14,
  councillors: 2,
  authorities: 3,
  'municipal-units': 4,
  ngo: 22,
  informal: 4,
  'benefit-council': 3,
};
const areas = lijw.planes!.flatMap((plane) => plane.areas.map(({ code }) => code));
const agreed = Object.fromEntries(areas.map((code, at) => [code, at === 3 ? null : 1 + (at % 9) / 2]));
const longWords = Object.fromEntries(
  areas.map((code) => [
    code,
    { reasons: 'Uzasadnienie ze wspólnego spotkania. '.repeat(50), dissent: 'Zdanie odrębne. '.repeat(60) },
  ]),
);
const sizes = {
  officials: 18,
  councillors: 15,
  authorities: 3,
  'municipal-units': 9,
  ngo: 31,
  informal: 8,
  'benefit-council': 10,
};

const longest = 'Utworzyć stały punkt pomocy we współpracy. '.repeat(24).slice(0, 1000);
const recommendations = Array.from({ length: 6 }, (_, at) =>
  reportedRecommendation({
    ...{ area: areas[at] ?? null, what: longest, who: 'Wieloosobowe stanowisko do spraw współpracy. '.repeat(4) },
    ...{ due: '2027-12-31', priority: at < 3, remark: longest },
  }),
);
const reviewed = Array.from({ length: 8 }, (_, at) =>
  reviewedRecommendation({
    ...{ area: at === 0 ? null : (areas[at] ?? null), what: longest, fate: at % 2 === 0 ? 'partly' : null },
    ...{ why: longest, evidence: `https://bip.przyklad.example/${'dokument'.repeat(50)}` },
  }),
);

/** A comparison that is hard to lay out: hidden groups, areas out of scope, long reasons, the longest name. */
export function hardestReport(): ReportInput {
  const input = reportInput(
    lijw,
    [
      { respondents: lijwPeople(21, 2.4, somePeople), groupSizes: sizes, agreed, outOfScope: ['P1.4'] },
      {
        respondents: lijwPeople(22, 3.3, { ...somePeople, councillors: 7 }),
        groupSizes: sizes,
        agreed,
        outOfScope: ['P1.4', 'P3.3'],
      },
    ],
    { unit: 'Gmina Miejsko-Wiejska Bardzo Długa Nazwa nad Rzeką w Powiecie Przykładowym i Okolicach Sąsiednich' },
  );
  const rounds = input.rounds.map((one) => ({
    ...one,
    study: { from: '2025-09-22', to: '2025-12-30' },
    agreed: one.agreed && { ...one.agreed, words: longWords },
    ...(one.name === 'follow-up' ? { recommendations, reviewed } : {}),
  }));
  return { ...input, rounds };
}
