import type { Language } from '../locales/translate';
import { contextOf } from './context';
import type { ReportInput } from './input';
import type { Section } from './section';
import { agreedSection } from './sections/agreed';
import { answersSection } from './sections/answers';
import { annexSections } from './sections/annex';
import { commentsSection } from './sections/comments';
import { factsSection } from './sections/facts';
import { methodSection } from './sections/method';
import { participationSection } from './sections/participation';
import { planeSections } from './sections/planes';
import { questionSections } from './sections/questions';
import { recommendationsSection } from './sections/recommendations';
import { sidesSection } from './sections/sides';
import { madeWords, publishedLines } from './sections/published';
import { summaryOf, type Summary } from './sections/summary';
import { wordingOf } from './wording';

export type * from './input';
export type { Chart } from './charts/chart';
export type { Part, Section } from './section';
export type { Summary } from './sections/summary';
export type { Table } from './table';

/** One report in one language: plain JSON that pages, prints and tests read. Every figure in it is already words. */
export interface ReportModel {
  readonly language: Language;
  /** Of the document: „Gmina Przykładowa – raport z samooceny współpracy”. */
  readonly title: string;
  readonly heading: string;
  readonly summaryHeading: string;
  readonly unit: string;
  readonly madeOn: string;
  /** „Sporządzono 23 listopada 2026”; of an edition „Wydanie 2 z 23 listopada 2026”. */
  readonly made: string;
  readonly rounds: readonly { readonly name: string; readonly lines: readonly string[] }[];
  /** Of an edition, a line each: who decided, why it exists, where it is, whom to ask, on what terms. */
  readonly published: readonly string[];
  /** Short name, version. */
  readonly version: string;
  readonly summary: Summary;
  /** In reading order; sections without anything to tell are not there. */
  readonly sections: readonly Section[];
}

/** The one report model behind page, PDF and their tests. Pure: the same input gives the same report. */
export function buildReport(input: ReportInput, language: Language): ReportModel {
  const w = wordingOf(language);
  const context = contextOf(input, w);
  const sections: readonly (Section | null)[] = [
    participationSection(context),
    ...planeSections(context),
    agreedSection(context),
    sidesSection(context),
    factsSection(context),
    ...questionSections(context),
    commentsSection(context),
    recommendationsSection(context),
    methodSection(context),
    answersSection(context),
    ...annexSections(context),
  ];
  return {
    language,
    // Metadata and file lists search by plain blanks.
    title: w.say('title', { unit: input.unit }).replaceAll('\u00a0', ' '),
    heading: w.say('heading'),
    summaryHeading: w.say('summaryHeading'),
    unit: input.unit,
    madeOn: input.madeOn,
    made: madeWords(context),
    published: publishedLines(context),
    rounds: context.rounds.map(({ name, round }) => ({
      name,
      lines: [
        ...(round.assessedYear === null ? [] : [w.say('cover.year', { year: String(round.assessedYear) })]),
        ...(round.study === null
          ? []
          : [
              w.say(round.study.from === round.study.to ? 'cover.studyDay' : 'cover.study', {
                ...{ from: w.date(round.study.from), to: w.date(round.study.to) },
              }),
              ...(round.study.resumed === undefined ? [] : [w.say('cover.resumed', { count: round.study.resumed })]),
              ...(round.study.codes === undefined ? [] : [w.say('cover.codes', { ...round.study.codes })]),
              ...(round.study.paper?.answers ? [w.say('cover.paper', { count: round.study.paper.answers })] : []),
            ]),
      ],
    })),
    version: w.say('cover.version', { version: `${input.instrument.id} ${input.instrument.version}` }),
    summary: summaryOf(context),
    sections: sections.filter((section) => section !== null),
  };
}
