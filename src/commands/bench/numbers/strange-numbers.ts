import { formatDate } from '../../../locales/formats';
import { resources } from '../../../locales/resources';
import type { Language } from '../../../locales/translate';
import type { ReportDocument } from '../../../reports/edition/edition';
import { agreedScores, compareAgreed } from '../../../scoring';
import { walk, type Shown } from './shown';

/**
 * Numbers of an output that neither the document holds nor follows from it by a sum that is written here: shares of
 * counts, totals, means and differences of agreed scores, ends of what is told apart by a sign.
 */
export function strangeNumbers(shown: readonly Shown[], document: ReportDocument, language: Language): string[] {
  const known = knownNumbers(document, language);
  const words = namesOf(document);
  const strange = shown.flatMap((one) => {
    if (typeof one === 'number') return known.has(plain(Math.abs(one))) ? [] : [String(one)];
    const without = words.reduce((text, name) => text.replaceAll(name, ' '), one.replaceAll('\u00a0', ' '));
    return numbersIn(without).filter((number) => !known.has(number));
  });
  return [...new Set(strange)];
}

/** Numbers as they are written, without sign, grouping and zeros at the end of decimals. */
export function numbersIn(text: string): string[] {
  const grouped = text.replaceAll('\u00a0', ' ').replace(/(?<=\d)[  ](?=\d{3}\b)/g, '');
  return [...grouped.matchAll(/\d+(?:[.,]\d+)?/g)].map(([number]) => plain(Number(number.replace(',', '.'))));
}

const plain = (value: number): string => String(Number(value.toFixed(6)));

function knownNumbers(document: ReportDocument, language: Language): ReadonlySet<string> {
  const known = new Set<string>();
  /** As it is, and rounded as tables round it. */
  const add = (value: number): void => {
    known.add(plain(Math.abs(value)));
    if (!Number.isInteger(value))
      for (const decimals of [1, 2, 3]) known.add(plain(Math.abs(rounded(value, decimals))));
  };
  const share = (part: number, whole: number): void => {
    if (whole === 0) return;
    const percent = (100 * part) / whole;
    // In words, as the length of a bar, and as the half that stands on either side of the middle.
    [Math.round(percent), percent, percent / 2].forEach(add);
  };
  walk(document, (value) =>
    typeof value === 'number' ? add(value) : numbersIn(value).forEach((one) => known.add(one)),
  );
  // Constants of the wording: „od 1 do 5”, „95 %”.
  walk(
    resources[language].report,
    (value) => typeof value === 'string' && numbersIn(value).forEach((one) => known.add(one)),
  );
  for (const { released, agreed, study, facts } of document.rounds) {
    add(2 * released.k);
    const shown = released.groups.flatMap(({ respondents, size }) =>
      respondents === null ? [] : [{ respondents, size }],
    );
    const total = shown.reduce((sum, { respondents }) => sum + respondents, 0);
    const people = shown.reduce((sum, { size }) => sum + (size ?? 0), 0);
    [total, people, facts.filter(({ value }) => value !== null).length].forEach(add);
    share(total, people);
    for (const { holders } of released.questions) {
      for (const { answered, chosen } of holders) Object.values(chosen).forEach((count) => share(count, answered));
    }
    for (const { holders } of Object.values(released.items))
      for (const holder of holders) distribution(holder, add, share);
    for (const day of [study?.from, study?.to])
      if (day) numbersIn(formatDate(day, language)).forEach((one) => known.add(one));
    if (agreed === null) continue;
    walk(agreedScores(document.instrument, agreed.scores), (value) => typeof value === 'number' && add(value));
    for (const [area, score] of Object.entries(agreed.scores)) {
      const survey = released.scorecard.areas[area]?.survey;
      if (score !== null && survey != null) add(score - survey);
    }
    const index = released.scorecard.index.survey;
    const together = agreedScores(document.instrument, agreed.scores).index;
    if (index !== null && together !== null) add(together - index);
  }
  const [first, second] = document.rounds;
  if (first.agreed && second?.agreed) {
    walk(
      compareAgreed(document.instrument, first.agreed.scores, second.agreed.scores),
      (value) => typeof value === 'number' && add(value),
    );
  }
  numbersIn(formatDate(document.madeOn, language)).forEach((one) => known.add(one));
  // „Dla 6 z 12 obszarów”; numbers of items, facts and places of the scale that the instrument has.
  const { planes, questions, facts, scale } = document.instrument;
  const areas = planes.flatMap((plane) => plane.areas).length;
  for (let count = 0; count <= Math.max(areas, scale.max); count += 1) add(count);
  for (const items of [questions.filter(({ type }) => type === 'rating'), facts]) add(items.length);
  add(questions.filter((one) => one.type === 'rating' && one.core).length);
  // „p < 0,0001”: where the released p is rounded to 0.
  add(0.0001);
  // Ends of axes of shares.
  for (let percent = 0; percent <= 100; percent += 10) add(percent);
  return known;
}

function distribution(
  { n, ratings, unrated }: ReportDocument['rounds'][0]['released']['items'][string]['holders'][number],
  add: (value: number) => void,
  share: (part: number, whole: number) => void,
): void {
  for (const counts of Object.values(ratings)) {
    const points = Object.values(counts);
    points.forEach((count) => share(count, n));
    // „ocena 4 lub 5”, „ocena 1 lub 2”.
    const [one = 0, two = 0, , four = 0, five = 0] = points;
    share(one + two, n);
    share(four + five, n);
  }
  for (const one of Object.values(unrated)) {
    add(one.hardToSay + one.notApplicable + one.unanswered);
    Object.values(one).forEach((count: number) => share(count, n + one.hardToSay + one.notApplicable + one.unanswered));
  }
}

/** Codes and checksums have digits that are no numbers. Longest first, so that none is cut by a part of it. */
function namesOf({ instrument, rounds, pair }: ReportDocument): readonly string[] {
  const { hash, version, planes, questions, facts } = instrument;
  const codes = [...planes.flatMap(({ code, areas }) => [code, ...areas.map((area) => area.code)]), ...questions.map(({ code }) => code), ...facts.map(({ code }) => code)]; // prettier-ignore
  const asked = [...rounds.map(({ released }) => released), ...(pair ? [pair.baseline, pair.followUp] : [])];
  const versions = asked.map((one) => one.instrument.version);
  return [hash, hash.slice(0, 12), ...versions, version, ...codes].toSorted((a, b) => b.length - a.length);
}

const rounded = (value: number, decimals: number): number => {
  const unit = 10 ** decimals;
  return (Math.sign(value) * Math.floor(Math.abs(value) * unit + 0.5 + 1e-9)) / unit;
};
