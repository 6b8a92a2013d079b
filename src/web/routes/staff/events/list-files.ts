import type { Request } from 'express';
import { stringify } from 'csv-stringify/sync';
import { inLanguage } from '../../../../definitions/instrument';
import { timeWords } from '../../../../events/when';
import { file, type Outcome } from '../../../outcome';
import { answerWords } from '../../../view-models/answer-words';
import { registrationInstrument } from '../../events/register';
import { askedIn } from '../../events/registration-input';
import { staffPage } from '../signed-in';
import { lastName } from './attendance';
import { personRows, type StaffEvent } from './one-event';

/** The list for Polish Excel: BOM, semicolons, and nothing that a spreadsheet would run as a formula. */
export async function listCsv(_request: Request, one: StaffEvent): Promise<Outcome> {
  const { staff, event } = one;
  const { t, language, services } = staff;
  const marked = await services.events.attendances.of(event.id);
  const instrument = registrationInstrument(services, event);
  const questions = instrument === null ? [] : askedIn(instrument);
  const columns = ['number', 'standing', 'name', 'email', 'organisation', 'kind', 'seat', 'contact', 'arrived', 'why'];
  const head = [
    ...columns.map((column) => t(`events:staff.columns.${column}`)),
    t('events:staff.columns.present'),
    ...questions.map(({ text }) => inLanguage(text, language)),
  ];
  const rows = personRows(one, await services.territory.all()).map((row) => {
    const { number, standing, name, email, organisation, kind, seat, contact, arrived, why } = row;
    const present = marked.get(row.id);
    const answers = row.registrant.person.answers ?? {};
    return [
      ...[String(number), standing, name, email, organisation, kind, seat, contact, arrived, why],
      present === undefined ? '' : t(present ? 'common:yes' : 'common:no'),
      ...questions.map((question) =>
        instrument === null ? '' : answerWords(instrument, question, answers, language).join(', '),
      ),
    ].map((cell) => cell.replaceAll('\u00a0', ' '));
  });
  const csv = stringify([head, ...rows], {
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  return file(`lista-${event.startsAt.slice(0, 10)}.csv`, 'text/csv; charset=utf-8', csv);
}

/** The list to print and sign: people with a place, by surname. */
export async function printList(_request: Request, one: StaffEvent): Promise<Outcome> {
  const { staff, event, path } = one;
  const { compare } = new Intl.Collator('pl');
  const people = personRows(one, await staff.services.territory.all())
    .filter(({ is }) => is === 'placed')
    .sort((a, b) => compare(lastName(a.name), lastName(b.name)) || compare(a.name, b.name))
    .map(({ name, organisation }, index) => ({ number: index + 1, name, organisation }));
  return staffPage(staff, 'staff/events/print-list', {
    title: staff.t('events:staff.print.title'),
    name: event.title[staff.language] ?? event.title.pl,
    time: timeWords(event, staff.language),
    place: `${event.place}, ${event.address}`,
    controller: event.controller,
    people,
    home: path,
  });
}
