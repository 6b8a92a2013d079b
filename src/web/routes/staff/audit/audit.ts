import type { Request } from 'express';
import { dayOf } from '../../../../shared/clock';
import { csvText } from '../../../../reports/csv/csv-text';
import { formatDate } from '../../../../locales/formats';
import { file, type Outcome } from '../../../outcome';
import { staffPage, type Staff } from '../signed-in';
import { entryWords, namesNow, personName } from './entry-words';
import { addressOf, askedLog, auditedActions } from './query';

const pageSize = 50;
/** Most entries of one file; who needs more asks by days. */
const mostInFile = 20_000;
/** Days of which the page says how many sign-ins were refused. */
const daysOfRefused = 7;

/** The log: newest first, looked through by person, action, unit and days. */
export async function auditPage(request: Request, staff: Staff): Promise<Outcome> {
  const { services, t, language } = staff;
  const asked = askedLog(request);
  const [names, found] = await Promise.all([
    namesNow(staff),
    asked.strange.length > 0 ? [] : services.audit.find(asked.query, pageSize + 1, asked.before),
  ]);
  const shown = found.slice(0, pageSize);
  const rows = await Promise.all(shown.map((entry) => entryWords(entry, names, staff)));
  const filter = (name: 'person' | 'action' | 'unit', choices: readonly (readonly [string, string])[]) => ({
    ...{ id: `filter-${name}`, name, label: t(`audit:filter.${name}`) },
    options: [['', t('audit:filter.any')] as const, ...choices].map(([value, text]) => ({
      ...{ value, text, selected: value === asked.fields[name] },
    })),
  });
  const today = services.clock();
  const weekAgo = new Date(today.getTime() - (daysOfRefused - 1) * 86_400_000);
  const refused = await services.audit.refusedSignIns(dayOf(weekAgo), dayOf(today));
  const oldest = shown.at(-1);
  return staffPage(staff, 'staff/audit/log', {
    title: t('audit:title'),
    errors: asked.strange.map((name) => ({ text: t('audit:strangeDay'), href: `#${name}` })),
    filters: [
      filter('person', [...names.people.keys()].map((id) => [id, personName(id, names, staff)])), // prettier-ignore
      filter('action', auditedActions.map((action) => [action, t(`audit:actions.${action}`)])), // prettier-ignore
      filter('unit', [...names.units.values()].map(({ id, name }) => [id, name])), // prettier-ignore
    ],
    fields: asked.fields,
    fault: Object.fromEntries(asked.strange.map((name) => [name, t('audit:strangeDay')])),
    isAsked: addressOf(asked) !== '',
    rows,
    csv: `/staff/audit.csv?${addressOf(asked)}`,
    newest: asked.before === undefined ? null : `/staff/audit?${addressOf(asked)}`,
    older: found.length > pageSize && oldest ? `/staff/audit?${addressOf(asked, { before: oldest.id })}` : null,
    refused: refused.map(({ day, count }) => ({ day: formatDate(day, language), count })),
  });
}

/** The same entries as a file, for a spreadsheet. */
export async function auditCsv(request: Request, staff: Staff): Promise<Outcome> {
  const { services, t, language } = staff;
  const [names, found] = await Promise.all([namesNow(staff), services.audit.find(askedLog(request).query, mostInFile)]);
  const head = (['day', 'time', 'who', 'what', 'outcome', 'unit', 'subject', 'changes'] as const).map((column) =>
    t(`audit:columns.${column}`),
  );
  const lines: string[][] = [head];
  for (const entry of found) {
    const { day, time, who, what, outcome, unit, subject, changes } = await entryWords(entry, names, staff);
    const changed = changes.map(({ label, words }) => `${label}: ${words}`).join('\n');
    lines.push([day, time, who, what, outcome, unit, subject, changed].map((cell) => cell.replaceAll('\u00a0', ' ')));
  }
  return file(`${t('audit:file')}.csv`, 'text/csv; charset=utf-8', csvText(language, lines));
}
