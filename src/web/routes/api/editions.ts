import type { Request } from 'express';
import { unitKinds } from '../../../assessment/units';
import { currentOf, editionPath, found, pageOf, type OpenedEdition, type Shelved } from '../../../publishing/services';
import { changeRecords, figureRecords } from '../../../reports/records/records';
import { reportInput } from '../../../reports/report-input';
import type { Handler } from '../../handle';
import { file, json, validated, type Outcome } from '../../outcome';
import type { Services } from '../../services';
import { siteAddress } from '../../site-address';
import { libraryFilters, libraryQuery, pageNumber, unitOf } from '../library/query';
import type { EditionFigures, EditionList, EditionSummary } from './answers';
import { problem } from './problem';

export const mostPerPage = 100;
const usualPerPage = 20;
/** All parameters of the list. */
export const listParameters = [...libraryFilters, 'page', 'perPage'] as const;

/** Refuses parameters that a call does not know: a filter with a slip in its name would silently find everything. */
export function knowing(names: readonly string[], handler: Handler): Handler {
  return (request) => {
    for (const [name, value] of Object.entries(request.query)) {
      if (!names.includes(name)) {
        const known = names.length === 0 ? 'This call takes none.' : `The parameters are: ${names.join(', ')}.`;
        return problem(400, `There is no parameter "${name}". ${known}`, name);
      }
      if (typeof value !== 'string') return problem(400, `Give "${name}" once.`, name);
    }
    return handler(request);
  };
}

/** The current edition of every report, with the filters of the library. */
export function editionList(services: Services): Handler {
  return async (request) => {
    const { kind = '', year = '', page, perPage = String(usualPerPage) } = request.query as Record<string, string>;
    if (kind !== '' && !unitKinds.some((one) => one === kind)) {
      return problem(400, `"kind" must be one of: ${unitKinds.join(', ')}.`, 'kind');
    }
    if (year !== '' && !/^\d{4}$/.test(year)) return problem(400, '"year" must be a year such as 2025.', 'year');
    const size = /^[1-9]\d{0,2}$/.test(perPage) ? Number(perPage) : 0;
    if (size < 1 || size > mostPerPage) {
      return problem(400, `"perPage" must be a whole number from 1 to ${mostPerPage}.`, 'perPage');
    }
    const number = pageNumber(page);
    if (number === null) return problem(400, '"page" must be a whole number from 1.', 'page');
    const all = found(currentOf(await services.publishing.editions.published()), libraryQuery(request.query));
    const shown = pageOf(all, number, size);
    if (shown === null) return problem(404, `There is no page ${number}: ${all.length} editions fit.`, 'page');
    const answer: EditionList = {
      editions: shown.items.map((one) => summaryOf(one, siteAddress(request, services.baseUrl))),
      ...{ page: shown.number, pages: shown.pages, total: shown.total },
    };
    return json(answer);
  };
}

/** The document of an edition, exactly as it was published. */
export function editionDocument(services: Services): Handler {
  return withEdition(services, ({ about, text }) =>
    validated(
      file(`${about.unit}-${about.report}-${about.number}.json`, 'application/json; charset=utf-8', text, true),
      about.hash,
    ),
  );
}

/** Its figures, one record each. */
export function editionFigures(services: Services): Handler {
  return withEdition(services, ({ about, edition }) => {
    const input = reportInput(edition);
    const answer: EditionFigures = { figures: figureRecords(input), changes: changeRecords(input) };
    return validated(json(answer), `${about.hash}-figures`);
  });
}

function withEdition(services: Services, handler: (opened: OpenedEdition) => Outcome): Handler {
  const { editions } = services.publishing;
  return async (request: Request) => {
    const { report, number } = request.params;
    const asked = /^[1-9]\d{0,5}$/.test(String(number)) ? Number(number) : null;
    const about = asked === null ? null : await editions.get(unitOf(request), String(report), asked);
    if (about === null) return problem(404, 'There is no such edition. GET /api/v1/editions lists all of them.');
    const opened = await editions.open(about);
    if (opened !== null) return handler(opened);
    const gone = (await editions.byId(about.id)) ?? about;
    return problem(
      410,
      `This edition was withdrawn on ${gone.withdrawnOn ?? 'a day unknown'}: ${gone.withdrawnWhy ?? ''}`,
    );
  };
}

function summaryOf(shelved: Shelved, site: string): EditionSummary {
  const { card, unit, report, number, publishedOn, reason, hash } = shelved;
  const api = `${site}/api/v1/editions/${unit}/${report}/${number}`;
  return {
    ...{ unit: card.unit, report, kind: card.kind, rounds: card.rounds, edition: number, publishedOn, reason, hash },
    index: { survey: card.survey, agreed: card.agreed },
    links: { page: `${site}${editionPath(shelved)}`, document: api, figures: `${api}/figures` },
  };
}
