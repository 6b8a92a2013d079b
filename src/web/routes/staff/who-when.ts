import { formatMoment } from '../../../locales/formats';
import type { Staff } from './signed-in';

/** What somebody is called who did something, by the user name that was kept with it. */
export type NameOf = (user: string) => string;

/** Reads what these people are called; who was erased is called so, and never nothing. */
export async function namesOf({ services, t }: Staff, users: readonly string[]): Promise<NameOf> {
  const called = await services.people.called(users.filter((user) => user !== ''));
  return (user) => called.get(user) ?? t('accounts:erased');
}

/** „Anna Przykładowa, 29 listopada 2026, 14.30”; the name alone where nobody kept when. */
export function whoWhen({ language }: Pick<Staff, 'language'>, who: string, moment: string | null): string {
  return moment === null ? who : `${who}, ${formatMoment(new Date(moment), language)}`;
}
