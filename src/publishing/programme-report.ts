import { hashOf } from '../definitions/hash';
import type { Language } from '../locales/translate';
import { subregionOfUnit } from '../programme/counting/counted';
import type { Programmes } from '../programme/document/load';
import type { Programme } from '../programme/document/programme';
import type { Progress } from '../programme/progress';
import { programmeHtml } from '../reports/print/html';
import type { Print } from '../reports/print/print-report';
import { programmeModel, type ProgrammeInput, type ProgrammeModel } from '../reports/programme-report/model';
import { spreadRounds, type PublishedScores } from '../reports/programme-report/spread';
import { dayOf, type Clock } from '../shared/clock';
import type { Card } from './card';
import type { Editions } from './editions';
import type { FileAnswer, Jobs } from './jobs/jobs';
import type { Maker } from './jobs/worker';
import { currentOf, type Shelved } from './library';

export const programmeReport = 'programme-report';

export interface ProgrammeReportDependencies {
  readonly clock: Clock;
  readonly programmes: Programmes;
  readonly progress: Progress;
  readonly editions: Pick<Editions, 'published'>;
}

interface ProgrammeReportRequest {
  readonly programme: string;
  readonly language: Language;
}

/** The report of a programme for the office that pays: what was done, and how the published scores lie. */
export async function programmeReportModel(
  deps: ProgrammeReportDependencies,
  programme: Programme,
  language: Language,
): Promise<ProgrammeModel> {
  const shelved = currentOf(await deps.editions.published()).filter(
    ({ card: { unit } }) => subregionOfUnit(programme, unit) !== null,
  );
  return programmeModel(
    {
      programme,
      madeOn: dayOf(deps.clock()),
      progress: await deps.progress.of(programme),
      recommendations: await deps.progress.recommendations(programme),
      ...publishedScores(shelved),
    },
    language,
  );
}

/** The PDF of the report as it stands now, or how far it is. */
export function requestProgrammeReport(jobs: Jobs, programme: Programme, model: ProgrammeModel): Promise<FileAnswer> {
  const { language } = model;
  const input: ProgrammeReportRequest = { programme: programme.id, language };
  return jobs.request({
    id: `programme/${programme.id}/${language}/${hashOf(model)}`,
    ...{ kind: programmeReport, group: 'programme-reports', rank: 0, input },
  });
}

export function programmeReportMaker(deps: ProgrammeReportDependencies & { readonly print: Print }): Maker {
  return {
    timeLimit: 3 * 60_000,
    keepDays: 1,
    async make(given) {
      const { programme: id, language } = given as ProgrammeReportRequest;
      const programme = deps.programmes.get(id);
      if (!programme) return { outcome: 'gone' };
      const pdf = await deps.print(programmeHtml(await programmeReportModel(deps, programme, language)));
      return { outcome: 'made', type: 'application/pdf', content: [pdf] };
    },
  };
}

/**
 * One set of scores for each unit and round, from the report that was published last. Areas and scale are those of the
 * report that was published last of all; units with others are counted, and left out.
 */
export function publishedScores(
  shelved: readonly Shelved[],
): Pick<ProgrammeInput, 'published' | 'otherUnits' | 'areas' | 'scale'> {
  const newestFirst = shelved.toSorted(
    (one, other) =>
      compare(other.publishedOn, one.publishedOn) ||
      other.card.rounds.length - one.card.rounds.length ||
      compare(one.id, other.id),
  );
  const newest = newestFirst[0]?.card;
  if (newest === undefined) return { published: [], otherUnits: 0, areas: [], scale: { min: 1, max: 5 } };
  const fitting = newestFirst.filter(({ card }) => scheme(card) === scheme(newest));
  const published = new Map<string, PublishedScores>();
  for (const { card } of fitting) {
    for (const round of spreadRounds) {
      const key = `${card.unit.code} ${round}`;
      const scores = scoresIn(card, round);
      if (scores !== null && !published.has(key)) published.set(key, scores);
    }
  }
  const used = new Set(fitting.map(({ card }) => card.unit.code));
  const all = new Set(newestFirst.map(({ card }) => card.unit.code));
  return {
    published: [...published.values()],
    otherUnits: all.size - used.size,
    areas: newest.areas.map(({ code, name }) => ({ code, name })),
    scale: newest.scale,
  };
}

/** Reports can stand beside each other where they have the same areas on the same scale. */
function scheme({ areas, scale }: Card): string {
  return JSON.stringify([areas.map(({ code }) => code), scale.min, scale.max]);
}

function scoresIn({ rounds, survey, areas }: Card, round: PublishedScores['round']): PublishedScores | null {
  const at = rounds.findIndex(({ name }) => name === round);
  if (at < 0) return null;
  // In a report of one round its figures are those of now.
  const pick = at === rounds.length - 1 ? 'now' : 'before';
  return {
    round,
    index: survey[pick],
    areas: Object.fromEntries(areas.map((area) => [area.code, area[pick]])),
  };
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
