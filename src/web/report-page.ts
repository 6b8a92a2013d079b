import type { Request } from 'express';
import type { Language } from '../locales/translate';
import { buildReport, type ReportInput } from '../reports/model';
import { sectionsFor } from '../reports/section';
import { choicesOf, chosenSection } from '../reports/sections/chosen';

/**
 * A report as a page, what staff preview and what is published alike: `views/partials/report/web.hbs` shows it. What a
 * reader chooses to see alone comes in the address, so that it can be kept and passed on.
 *
 * @param path of the page
 */
export function reportPage(request: Request, path: string, input: ReportInput, language: Language) {
  const model = buildReport(input, language);
  const sections = sectionsFor(model.sections, 'page');
  const asked = (name: string) => {
    const value = request.query[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const choice = { place: asked('place'), holder: asked('holder'), round: asked('round') };
  const { places, holders, rounds } = choicesOf(input, language);
  const chosen = chosenSection(input, language, choice);
  const field = (name: keyof typeof choice, options: typeof places) => ({
    name,
    options: options.map((one) => ({ ...one, selected: chosen !== null && one.value === choice[name] })),
  });
  return {
    model,
    k: input.k,
    // All figures of a report are for those who look for one of them.
    sections: sections.filter(({ id }) => !id.startsWith('annex')),
    annex: sections.filter(({ id }) => id.startsWith('annex')),
    choice: {
      path,
      fields: [
        field('place', places),
        field('holder', holders),
        ...(rounds.length > 0 ? [field('round', rounds)] : []),
      ],
      chosen,
    },
  };
}
