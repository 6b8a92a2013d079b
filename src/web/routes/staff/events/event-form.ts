import type { Answer } from '../../../../definitions/answers';
import type { FactField } from '../../../../definitions/instrument';
import { eventKinds, type Event, type EventKind } from '../../../../events/event';
import type { EventInput } from '../../../../events/events';
import type { Services } from '../../../services';
import { asNumber, asText, fieldError, textOf, type FormError, type StaffForm } from '../form';

const say = (key: string) => textOf(`events:staff.form.${key}`);
const none = 'none';

/**
 * The form of an event; what may be chosen comes from the programmes that have not ended, or the event's own, and the
 * installed registration forms.
 *
 * @param today `YYYY-MM-DD`
 */
export function eventForm(services: Services, event: Event | null, today: string): StaffForm {
  const isNew = event === null;
  const programmes = services.programmes.all().filter(({ id, endsOn }) => endsOn >= today || id === event?.programme);
  const activities = programmes.flatMap((programme) =>
    programme.activities
      .filter(({ kind }) => isEventKind(kind))
      .map(({ code, name }) => ({
        code: `${programme.id}:${code}`,
        text:
          programmes.length === 1
            ? name
            : {
                pl: `${name.pl} (${programme.name.pl})`,
                en: `${name.en ?? name.pl} (${programme.name.en ?? programme.name.pl})`,
              },
      })),
  );
  const subregions = new Map(
    programmes.flatMap((one) => one.subregions.map(({ code, name }) => [code, name] as const)),
  );
  const fields: FactField[] = [
    {
      ...({ type: 'single-choice', code: 'activity', text: say('activity'), choices: activities } as const),
      ...(activities.length === 0 ? { hint: say('noActivity') } : {}),
    },
    { type: 'short-text', code: 'titlePl', text: say('titlePl') },
    { type: 'short-text', code: 'titleEn', text: say('titleEn') },
    { type: 'long-text', code: 'descriptionPl', text: say('descriptionPl') },
    { type: 'long-text', code: 'descriptionEn', text: say('descriptionEn') },
    { type: 'short-text', code: 'place', text: say('place'), hint: say('placeHint') },
    { type: 'short-text', code: 'address', text: say('address') },
    {
      type: 'single-choice',
      code: 'subregion',
      text: say('subregion'),
      choices: [...[...subregions].map(([code, text]) => ({ code, text })), { code: none, text: say('wholeRegion') }],
    },
    { type: 'date', code: 'startDay', text: say('startDay') },
    { type: 'short-text', code: 'startTime', text: say('startTime'), hint: say('timeHint'), maxLength: 5 },
    { type: 'date', code: 'endDay', text: say('endDay'), hint: say('endDayHint') },
    { type: 'short-text', code: 'endTime', text: say('endTime'), maxLength: 5 },
    { type: 'long-text', code: 'agenda', text: say('agenda'), hint: say('agendaHint'), maxLength: 8000 },
    ...(isNew ? [{ type: 'number', code: 'seats', text: say('seats'), min: 1, max: 100_000 } as const] : []),
    { type: 'date', code: 'opensDay', text: say('opensDay'), hint: say('opensDayHint') },
    { type: 'short-text', code: 'opensTime', text: say('opensTime'), maxLength: 5 },
    { type: 'date', code: 'closesDay', text: say('closesDay'), hint: say('closesDayHint') },
    { type: 'short-text', code: 'closesTime', text: say('closesTime'), maxLength: 5 },
    { type: 'number', code: 'perFormLimit', text: say('perFormLimit'), min: 1, max: 20 },
    {
      type: 'single-choice',
      code: 'form',
      text: say('form'),
      choices: [
        ...registrationForms(services).map(({ code, title }) => ({ code, text: title })),
        { code: none, text: say('noForm') },
      ],
    },
    { type: 'long-text', code: 'controller', text: say('controller'), hint: say('controllerHint'), maxLength: 500 },
    { type: 'date', code: 'deleteAfter', text: say('deleteAfter'), hint: say('deleteAfterHint') },
  ];
  // What is left out of these has a usual value, which the hints tell.
  const needed = ['activity', 'titlePl', 'startDay', 'startTime', 'endTime', 'place', 'address', 'controller'];
  const required = [...needed, 'deleteAfter', ...(isNew ? ['seats'] : [])];
  return { fields, required: Object.fromEntries(required.map((field) => [field, `events:staff.missing.${field}`])) };
}

/** Latest versions of the instruments that only ask. */
function registrationForms({ instruments }: Services) {
  const ids = new Set(
    instruments.all().flatMap(({ instrument }) => (instrument.kind === 'form' ? [instrument.id] : [])),
  );
  return [...ids].flatMap((id) => {
    const latest = instruments.latest(id);
    return latest ? [{ code: id, title: latest.instrument.title, latest }] : [];
  });
}

const usualPerForm = 5;

/** What was typed as an event's details, or what is wrong with it. */
export function eventInputOf(
  form: StaffForm,
  values: Readonly<Record<string, Answer | null>>,
  services: Services,
  before: Event | null,
  today: string,
  translate: (key: string, words?: Readonly<Record<string, unknown>>) => string,
): { readonly input: EventInput; readonly seats: number; readonly errors: readonly FormError[] } {
  const errors: FormError[] = [];
  const text = (field: string): string =>
    asText(values[field])
      .replace(/[\p{Cc}]+/gu, ' ')
      .trim();
  const time = (field: string): string => {
    const found = /^(\d{1,2})[:.](\d{2})$/.exec(text(field));
    const [hour, minute] = [Number(found?.[1]), Number(found?.[2])];
    if (found && hour < 24 && minute < 60) return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    if (text(field) !== '') errors.push(fieldError(form, field, translate('events:staff.errors.time')));
    return '00:00';
  };
  const agenda = asText(values['agenda'])
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => {
      const found = /^(\d{1,2})[:.](\d{2})\s*[–-]?\s*(.{1,200})$/.exec(row);
      const fits = found && Number(found[1]) < 24 && Number(found[2]) < 60;
      if (!fits) errors.push(fieldError(form, 'agenda', translate('events:staff.errors.agenda', { row })));
      return { time: `${(found?.[1] ?? '0').padStart(2, '0')}:${found?.[2] ?? '00'}`, text: found?.[3] ?? row };
    });
  if (agenda.length > 40) errors.push(fieldError(form, 'agenda', translate('events:staff.errors.agendaLong')));

  const [programme = '', activity = ''] = text('activity').split(':');
  const kind = services.programmes.get(programme)?.activities.find(({ code }) => code === activity)?.kind;
  const localized = (pl: string, en: string) => ({ pl, ...(en === '' ? {} : { en }) });
  const description = asText(values['descriptionPl']).trim();
  const startDay = text('startDay');
  const startTime = time('startTime');
  // Left empty, registration opens at once and closes when the event begins.
  const opens = { day: text('opensDay') || today, time: text('opensTime') === '' ? '00:00' : time('opensTime') };
  const closes =
    text('closesDay') === ''
      ? { day: startDay, time: startTime }
      : { day: text('closesDay'), time: text('closesTime') === '' ? '23:59' : time('closesTime') };
  const input: EventInput = {
    programme,
    activity,
    kind: kind !== undefined && isEventKind(kind) ? kind : 'conference',
    title: localized(text('titlePl'), text('titleEn')),
    description: description === '' ? null : localized(description, asText(values['descriptionEn']).trim()),
    place: text('place'),
    address: text('address'),
    subregion: ['', none].includes(text('subregion')) ? null : text('subregion'),
    startsAt: `${startDay}T${startTime}`,
    endsAt: `${text('endDay') || startDay}T${time('endTime')}`,
    agenda: agenda.slice(0, 40),
    registrationOpensAt: `${opens.day}T${opens.time}`,
    registrationClosesAt: `${closes.day}T${closes.time}`,
    perFormLimit: asNumber(values['perFormLimit']) ?? usualPerForm,
    form: formPin(text('form'), services, before),
    controller: text('controller'),
    deleteAfter: text('deleteAfter'),
  };
  return { input, seats: asNumber(values['seats']) ?? 0, errors };
}

/** The version asked before stays: people have answered it. */
function formPin(id: string, services: Services, before: Event | null): EventInput['form'] {
  if (id === none || id === '') return null;
  if (before?.form?.id === id) return before.form;
  const latest = services.instruments.latest(id);
  return latest ? { id, version: latest.instrument.version, hash: latest.hash } : null;
}

/** A stored event as answers to its form. */
export function answersOf(event: Event): Record<string, Answer> {
  const [startDay = '', startTime = ''] = event.startsAt.split('T');
  const [endDay = '', endTime = ''] = event.endsAt.split('T');
  const [opensDay = '', opensTime = ''] = event.registrationOpensAt.split('T');
  const [closesDay = '', closesTime = ''] = event.registrationClosesAt.split('T');
  const { place, address, perFormLimit, controller, deleteAfter } = event;
  return {
    ...{ place, address, perFormLimit, controller, deleteAfter },
    ...{ startDay, startTime, endTime, opensDay, opensTime, closesDay, closesTime },
    activity: `${event.programme}:${event.activity}`,
    titlePl: event.title.pl,
    titleEn: event.title.en ?? '',
    descriptionPl: event.description?.pl ?? '',
    descriptionEn: event.description?.en ?? '',
    subregion: event.subregion ?? none,
    ...(endDay === startDay ? {} : { endDay }),
    agenda: event.agenda.map(({ time, text }) => `${time} ${text}`).join('\n'),
    form: event.form?.id ?? none,
  };
}

/** Which field a refusal is about. */
export const fieldOfRefusal: Readonly<Record<string, string>> = {
  'ends-before-starts': 'endTime',
  'registration-closes-before-opens': 'closesDay',
  'registration-closes-after-start': 'closesDay',
  'deleted-before-end': 'deleteAfter',
  'deletion-promised-earlier': 'deleteAfter',
  'form-in-use': 'form',
  'seats-malformed': 'seats',
};

/** Which field a malformed time is about. */
export const fieldOfTime: Readonly<Record<string, string>> = {
  startsAt: 'startTime',
  endsAt: 'endTime',
  registrationOpensAt: 'opensTime',
  registrationClosesAt: 'closesTime',
};

function isEventKind(kind: string): kind is EventKind {
  return eventKinds.some((one) => one === kind);
}
