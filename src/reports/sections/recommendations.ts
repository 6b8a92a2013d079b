import { mostPriorities } from '../../assessment/recommendations/recommendation';
import { fateCounts } from '../../assessment/recommendations/reviews';
import { formatDayOrMonth, formatMonthInside } from '../../locales/formats';
import { shortened } from '../../shared/plain-text';
import { areaPlace, longName, type Context, type RoundWords } from '../context';
import type { ReportRecommendation, ReviewedRecommendation } from '../input';
import { part, type Part, type RecommendationLines, type Section } from '../section';

/** What stands of the recommendations on the two pages that everybody reads. */
export interface SummaryRecommendations {
  /** „Z 6 rekomendacji rundy początkowej wykonano 3 …”; null where nothing was reviewed. */
  readonly reviewed: string | null;
  /** The three priorities at most, shortened where they are long. */
  readonly priorities: readonly { readonly what: string; readonly how: string }[];
  /** Where the rest is; null where everything is said. */
  readonly more: string | null;
}

/** So many characters of a recommendation, and of who is to do it, stand in the summary: two lines of the print. */
const summaryLength = { what: 125, who: 50 };
/** Recommendations with more characters in all may run over the end of a page. */
const longLength = 1200;

/** A meaning with more characters takes the whole width of a print, others stand two beside each other. */
const widestMeaning = 60;

/** What a reader looks for first. */
const strong = { strong: true } as const;

/** What became of the earlier recommendations, then what the group recommends now; left out where there are none. */
export function recommendationsSection(context: Context): Section | null {
  const { w, rounds } = context;
  const parts = [
    ...rounds.flatMap(({ round }) => reviewedPart(context, round.reviewed)),
    ...rounds.flatMap((words) => ownPart(context, words)),
  ];
  if (parts.length === 0) return null;
  return { id: 'recommendations', title: w.say('recommendations.title'), lead: [w.say('recommendations.lead')], parts };
}

function reviewedPart(context: Context, reviewed: readonly ReviewedRecommendation[]): readonly Part[] {
  const { w } = context;
  if (reviewed.length === 0) return [];
  return [
    part({
      title: w.say('recommendations.reviewed'),
      finding: reviewedFinding(context, reviewed),
      recommendations: reviewed.map((one, at) => {
        const { fate, why, evidence } = one;
        return linesOf(context, at, one, null, [
          {
            ...strong,
            term: w.say('recommendations.fateTerm'),
            meaning: w.say(`recommendations.fate.${fate ?? 'open'}`),
          },
          ...(why === '' ? [] : [{ term: w.say('recommendations.why'), meaning: why }]),
          ...(evidence === '' ? [] : [{ term: w.say('recommendations.evidence'), meaning: evidence }]),
        ]);
      }),
    }),
  ];
}

function ownPart(context: Context, { round, inside }: RoundWords): readonly Part[] {
  const { w, rounds } = context;
  const { recommendations } = round;
  if (recommendations.length === 0) return [];
  const marked = recommendations.filter(({ priority }) => priority).length;
  return [
    part({
      title: rounds.length > 1 ? w.say('recommendations.own', { round: inside }) : w.say('recommendations.ownOne'),
      finding: [
        w.say('recommendations.count', { count: recommendations.length }),
        ...(marked === 0 ? [] : [w.say('recommendations.marked', { count: marked })]),
      ].join(' '),
      recommendations: recommendations.map((one, at) => {
        const { priority, state, remark } = one;
        return linesOf(context, at, one, priority ? w.say('recommendations.priority') : null, [
          { ...strong, term: w.say('recommendations.stateTerm'), meaning: w.say(`recommendations.state.${state}`) },
          ...(remark === '' ? [] : [{ term: w.say('recommendations.remark'), meaning: remark }]),
        ]);
      }),
    }),
  ];
}

function linesOf(
  context: Context,
  at: number,
  { area, what, who, due }: ReportRecommendation | ReviewedRecommendation,
  mark: string | null,
  rest: readonly Omit<RecommendationLines['lines'][number], 'wide'>[],
): RecommendationLines {
  const { w } = context;
  const unsettled = w.say('recommendations.unsettled');
  const lines = [
    { term: w.say('column.area'), meaning: areaWords(context, area) },
    { term: w.say('recommendations.who'), meaning: who === '' ? unsettled : who },
    { term: w.say('recommendations.due'), meaning: due === null ? unsettled : formatDayOrMonth(due, w.language) },
    ...rest,
  ].map((line) => ({ ...line, wide: line.meaning.length > widestMeaning }));
  const length = lines.reduce((sum, { meaning }) => sum + meaning.length, what.length);
  return { number: at + 1, what, mark, lines, long: length > longLength };
}

/** „P1.2 Wzajemne informowanie się”, or what stands for all areas together. */
export function areaWords(context: Context, area: string | null): string {
  return area === null ? context.w.say('recommendations.whole') : `${area} ${longName(context, areaPlace(area))}`;
}

/** Done, partly and not done, of how many. */
export function reviewedFinding({ w }: Context, reviewed: readonly ReviewedRecommendation[]): string {
  const { all, done, partly, notDone, open } = fateCounts(reviewed);
  const counts = w.say('recommendations.counts', {
    ...{ count: all, done: w.count(done), partly: w.count(partly), notDone: w.count(notDone) },
  });
  return open === 0 ? counts : `${counts} ${w.say('recommendations.open', { count: open })}`;
}

export function summaryRecommendations(context: Context): SummaryRecommendations | null {
  const { w, latest } = context;
  const { recommendations, reviewed } = latest;
  if (recommendations.length + reviewed.length === 0) return null;
  const marked = recommendations.filter(({ priority }) => priority).slice(0, mostPriorities);
  const short = (one: ReportRecommendation): ReportRecommendation => ({
    ...{ ...one, what: shortened(one.what, summaryLength.what), who: shortened(one.who, summaryLength.who) },
  });
  const priorities = marked.map((one) => ({ what: short(one).what, how: howWords(context, short(one)) }));
  const cut = marked.some((one) => short(one).what !== one.what || short(one).who !== one.who);
  const all = reviewed.length > 0 || cut || marked.length < recommendations.length;
  return {
    reviewed: reviewed.length === 0 ? null : reviewedFinding(context, reviewed),
    priorities,
    more: all ? w.say('recommendations.more') : null,
  };
}

/** „Referat rozwoju, do końca czerwca 2026”; '' where neither is settled. */
function howWords({ w }: Context, { who, due }: ReportRecommendation): string {
  const by =
    due === null
      ? []
      : due.length === 10
        ? [w.say('recommendations.byDay', { day: w.date(due) })]
        : [w.say('recommendations.byMonth', { month: formatMonthInside(due, w.language) })];
  return [...(who === '' ? [] : [who]), ...by].join(', ');
}
