import type { Instrument } from '../../../definitions/instrument';
import type { SimulatedSurvey } from './surveys';

/** Three planes of four areas; each area has as many items as the survey says. */
export function instrumentOf({ groups, itemsAnArea, mergePlan }: SimulatedSurvey): Instrument {
  const text = (pl: string) => ({ pl });
  const named = (code: string) => ({ code, name: text(code), shortName: text(code) });
  const planes = [1, 2, 3].map((plane) => ({
    ...named(`P${plane}`),
    areas: [1, 2, 3, 4].map((area) => named(`P${plane}.${area}`)),
  }));
  const questions = planes.flatMap(({ areas }) =>
    areas.flatMap(({ code: area }) =>
      Array.from({ length: itemsAnArea }, (_, index) => ({
        type: 'rating' as const,
        code: `${area} ${index}`,
        area,
        text: text(area),
      })),
    ),
  );
  const page = { code: 'all', title: text('all'), sections: [{ questions: questions.map(({ code }) => code) }] };
  return {
    id: 'simulated',
    version: '1.0.0',
    kind: 'assessment',
    languages: ['pl'],
    title: text('Simulated'),
    scale: { min: 1, max: 5, points: {} },
    groups: groups.map(({ code }) => ({
      code,
      name: text(code),
      side: code.startsWith('a') ? ('administration' as const) : ('ngo' as const),
    })),
    ...(mergePlan === undefined ? {} : { mergePlan: [{ groups: mergePlan, name: text(mergePlan.join(' + ')) }] }),
    planes,
    questions,
    forms: { full: { minutes: 5, pages: [page] } },
  };
}
