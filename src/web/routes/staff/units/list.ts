import type { Request } from 'express';
import type { Standing } from '../../../../assessment/standings';
import { csvText } from '../../../../reports/csv/csv-text';
import { dayOf } from '../../../../shared/clock';
import { file, type Outcome } from '../../../outcome';
import { addressWith, pagedBy } from '../../../view-models/paging';
import { staffPage, type Staff } from '../signed-in';
import { unitWords } from './unit-words';
import { taskAction, taskWords } from '../task-words';
import {
  askedOf,
  facilitatorsFor,
  filterChoices,
  fitting,
  isNarrowed,
  sorted,
  unitSorts,
  type AskedUnits,
} from './asked';

/** Columns of the table, with the order that a press on the header asks for. */
const columns = [
  ['unit', 'name'],
  ['state', 'state'],
  ['next', 'next'],
  ['response', 'response'],
] as const;

/** Answers of a round against the people who were asked; `people` is null where a size is unknown. */
interface Response {
  readonly answers: number;
  readonly people: number | null;
}

/** All units that the person may see: where each stands, what comes next, how many have answered. */
export async function unitsPage(request: Request, staff: Staff): Promise<Outcome> {
  const { t } = staff;
  const asked = askedOf(request);
  const { all, facilitators, rows } = await standingsFor(staff, asked);
  const { shown, paging } = pagedBy(request, rows, t);
  const responses = await responsesOf(staff, shown);
  const { done, count } = request.query;
  return staffPage(staff, 'staff/units/list', {
    title: t('staff:units.title'),
    any: all.length > 0,
    imported: done === 'imported' ? t('territory:units.done', { count: Number(count) || 0 }) : null,
    asked,
    filters: filterChoices(all, asked, facilitators, staff),
    sorts: unitSorts.map((code) => ({ code, text: t(`office:list.sorts.${code}`), selected: code === asked.sort })),
    found: t(isNarrowed(asked) ? 'staff:units.found' : 'office:list.all', { count: rows.length, all: all.length }),
    narrowed: isNarrowed(asked),
    columns: columns.map(([column, sort]) => ({
      text: t(`office:list.columns.${column}`),
      href: addressWith(request, { sort, page: '' }),
      sorted: asked.sort === sort,
    })),
    rows: shown.map((one) => rowOf(one, responses, staff)),
    csv: addressWith(request, { page: '' }).replace('/staff/units', '/staff/units.csv'),
    paging,
  });
}

/** What the list shows, all of it, as a table for spreadsheets. */
export async function unitsTable(request: Request, staff: Staff): Promise<Outcome> {
  const { t, language, services } = staff;
  const { rows } = await standingsFor(staff, askedOf(request));
  const responses = await responsesOf(staff, rows);
  const names = ['name', 'code', 'kind', 'powiat', 'subregion', 'state', 'next', 'due', 'late', 'answers', 'people'];
  const lines = rows.map(({ unit, state, next, round }) => {
    const response = round === null ? undefined : responses.get(round.id);
    return [
      ...[unit.name, unit.code, t(`staff:unit.kinds.${unit.kind}`), unit.powiat, unit.subregion],
      ...[t(`office:states.${state}`), next === null ? '' : taskWords(next, staff).what, next?.due ?? ''],
      next?.overdue ? t('common:yes') : t('common:no'),
      ...[response?.answers ?? null, response?.people ?? null],
    ].map((cell) => (typeof cell === 'string' ? cell.replaceAll('\u00a0', ' ') : cell));
  });
  const table = csvText(language, [names.map((name) => t(`office:list.csv.${name}`)), ...lines]);
  const day = dayOf(services.clock());
  return file(`${t('office:list.file')}-${day}.csv`, 'text/csv; charset=utf-8', table);
}

async function standingsFor(staff: Staff, asked: AskedUnits) {
  const { standings, units } = staff.services.assessment;
  const own = (await units.all()).filter(({ id }) => staff.may('units.read', id));
  const all = await standings.ofUnits(own);
  const facilitators = await facilitatorsFor(staff);
  const rows = fitting(all, asked, facilitators, staff);
  // The answers of all are counted only where their order depends on them.
  const responses = asked.sort === 'response' ? await responsesOf(staff, rows) : new Map<string, Response>();
  const shares = rows.flatMap(({ unit, round }) => {
    const response = round === null ? undefined : responses.get(round.id);
    return response?.people == null ? [] : [[unit.id, response.answers / response.people] as const];
  });
  return { all, facilitators, rows: sorted(rows, asked.sort, new Map(shares)) };
}

/** By the id of the round that a unit stands in; a round that is only planned has none. */
async function responsesOf(staff: Staff, standings: readonly Standing[]): Promise<ReadonlyMap<string, Response>> {
  const begun = standings.flatMap(({ round, answers }) =>
    round === null || round.status === 'draft' ? [] : [{ round, answers }],
  );
  const uncounted = begun.flatMap(({ round, answers }) => (answers === null ? [round] : []));
  const totals = await staff.services.collection.submissions.totals(uncounted);
  return new Map(
    begun.map(({ round: { id, groupSizes }, answers }) => {
      const sizes = Object.values(groupSizes);
      const people = sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0);
      return [id, { answers: answers ?? totals.get(id) ?? 0, people }] as const;
    }),
  );
}

function rowOf({ unit, state, next, round }: Standing, responses: ReadonlyMap<string, Response>, staff: Staff) {
  const { t } = staff;
  const response = round === null ? undefined : responses.get(round.id);
  const { people, answers } = response ?? { people: null, answers: 0 };
  return {
    ...{ href: `/staff/units/${unit.id}`, name: unit.name, state },
    about: unitWords(unit, staff),
    stateName: t(`office:states.${state}`),
    next: next === null ? null : { ...taskWords(next, staff), mine: staff.may(taskAction[next.kind], unit.id) },
    ...(response === undefined
      ? {}
      : {
          response:
            people === null
              ? t('staff:round.answers', { count: answers })
              : t('staff:round.answersOf', { count: answers, people }),
          ...{ answers, people },
        }),
  };
}
