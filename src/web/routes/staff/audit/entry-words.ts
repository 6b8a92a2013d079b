import type { Account } from '../../../../accounts/account';
import type { AuditEntry } from '../../../../accounts/audit-entry';
import type { Unit } from '../../../../assessment/units';
import { inLanguage } from '../../../../definitions/instrument';
import { formatDate, formatTime } from '../../../../locales/formats';
import { hasWords } from '../../../../locales/translate';
import { dayOf } from '../../../../shared/clock';
import { roundTitle } from '../round-lines';
import type { Staff } from '../signed-in';

/** An entry as people read it, on the page and in the file. */
export interface EntryWords {
  readonly day: string;
  /** '' where only the day is kept. */
  readonly time: string;
  readonly who: string;
  readonly what: string;
  /** '' for what was done. */
  readonly outcome: string;
  readonly unit: string;
  readonly subject: string;
  readonly changes: readonly { readonly label: string; readonly words: string }[];
}

/** Who and what the ids of entries stand for, as things are called now. */
export interface Names {
  readonly people: ReadonlyMap<string, Account>;
  readonly units: ReadonlyMap<string, Unit>;
}

export async function namesNow({ services }: Staff): Promise<Names> {
  const [people, units] = await Promise.all([services.people.all(), services.assessment.units.all()]);
  return {
    people: new Map(people.map((one) => [one.id, one])),
    units: new Map(units.map((one) => [one.id, one])),
  };
}

export async function entryWords(entry: AuditEntry, names: Names, staff: Staff): Promise<EntryWords> {
  const { t, language } = staff;
  const isDay = entry.at.length === 10;
  const day = isDay ? entry.at : dayOf(new Date(entry.at));
  return {
    day: formatDate(day, language),
    time: isDay ? '' : formatTime(new Date(entry.at), language),
    who: entry.accountId === null ? t('audit:command') : personName(entry.accountId, names, staff),
    what: hasWords(language, `audit:actions.${entry.action}`) ? t(`audit:actions.${entry.action}`) : entry.action,
    outcome: outcomeWords(entry, staff),
    unit: entry.unitId === null ? '' : (names.units.get(entry.unitId)?.name ?? t('audit:gone')),
    subject: await subjectWords(entry, names, staff),
    changes: entry.changes.map(({ label, before, after }) => ({
      label,
      words:
        before === null
          ? t('audit:changed')
          : t('audit:fromTo', { before: before || t('audit:empty'), after: after || t('audit:empty') }),
    })),
  };
}

/** Of who is gone the beginning of the id is left, which tells two of them apart. */
export function personName(id: string, { people }: Names, { t }: Pick<Staff, 't'>): string {
  const account = people.get(id);
  const isGone = account === undefined || account.state === 'erased';
  return isGone ? `${t('accounts:erased')} (${id.slice(0, 8)})` : account.name || account.user;
}

function outcomeWords({ outcome, reason, action }: AuditEntry, { t, language }: Staff): string {
  if (outcome === 'done') return '';
  const key = `refusals:${reason ?? ''}`;
  // What a refusal says may have gaps that only the page of that time could fill.
  const why = reason !== null && action !== '' && hasWords(language, key) ? t(key) : '';
  return why === '' || why.includes('{{')
    ? t(`audit:outcomes.${outcome}`)
    : `${t(`audit:outcomes.${outcome}`)}: ${why}`;
}

async function subjectWords({ subject }: AuditEntry, names: Names, staff: Staff): Promise<string> {
  if (subject === null || subject.kind === 'unit') return '';
  const { assessment, events } = staff.services;
  const { id } = subject;
  switch (subject.kind) {
    case 'account':
      return personName(id, names, staff);
    case 'round': {
      const round = await assessment.rounds.get(id);
      return round === null ? staff.t('audit:gone') : roundTitle(round, staff);
    }
    case 'assessment':
      return (await assessment.assessments.get(id))?.title ?? staff.t('audit:gone');
    case 'event': {
      const event = await events.events.get(id);
      return event === null ? staff.t('audit:gone') : inLanguage(event.title, staff.language);
    }
  }
}
