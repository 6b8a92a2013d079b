import { baseMark } from '../letters/base-mark';
import type { OutgoingMail } from '../letters/transport';
import { typesetLetter } from '../letters/typeset-letter';
import { formatDate, formatTime } from '../locales/formats';
import { translator } from '../locales/translate';
import { dayOf } from '../shared/clock';
import type { Account } from './account';
import type { OneTimeLink } from './one-time-link';

/** Where a link leads. */
export function linkPath(token: string): string {
  return `/staff/sign-in/link/${token}`;
}

/** The letter with a link: what it is for, until when and where it works, and what to do if nobody asked for it. */
export function linkLetter(link: OneTimeLink, account: Account, token: string): OutgoingMail {
  const { id, purpose, language, browser } = link;
  const t = translator(language);
  const moment = (at: string) => ({
    day: formatDate(dayOf(new Date(at)), language),
    time: formatTime(new Date(at), language),
  });
  const asked = moment(link.askedAt);
  const browserName = browser?.words || t('accounts:browser.unknown');
  const paragraphs = [
    account.name === '' ? t('accounts:letters.greeting') : t('accounts:letters.greetingName', { name: account.name }),
    t(`accounts:letters.${purpose}.lead`),
    `${baseMark}${linkPath(token)}`,
    t('accounts:letters.until', moment(link.endsAt)),
    browser === null ? '' : t('accounts:letters.browser', { browser: browserName, ...asked }),
    t(`accounts:letters.${purpose}.notYou`),
    t('accounts:letters.automatic'),
  ];
  return {
    id,
    to: account.email ?? '',
    subject: t(`accounts:letters.${purpose}.subject`),
    text: `${paragraphs
      .filter((one) => one !== '')
      .map((one) => typesetLetter(one, language))
      .join('\n\n')}\n`,
  };
}
