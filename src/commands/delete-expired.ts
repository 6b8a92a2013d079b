import type { AddressRetention } from '../collection/invitations/retention';
import type { Retention } from '../events/retention';
import { Failure } from '../shared/errors';
import type { Command } from './command-line';

const help = `
Usage: npm run --silent delete-expired [-- --clock-is-right]

Deletes the personal data of events whose day of deletion is past: who registered, letters and attendance. How many
people had a place and came, by powiat and kind of organisation, is kept for the progress of the programme. Deletes also
the addresses of people who were invited to rounds that are 90 days past their planned end and still open. The running
application does the same at every start and every six hours; this is for those who stop it for long. The data are found
as the application finds them. With the embedded store the application has to be stopped meanwhile.

What is deleted cannot be brought back, so where the clock has jumped since the last run (by more than a week, or back by
more than a day) nothing is deleted, unless --clock-is-right says that a person has looked at it.

Output: {"events": [{"id": "…", "title": "Szkolenie z Modelu", "deleteAfter": "2026-06-30"}], "addresses": 0}

Example:
  $ npm run --silent delete-expired
`;

const options = { 'clock-is-right': { type: 'boolean' } } as const;

/** What deletes, and how to let go of its store afterwards. */
export interface OpenRetention {
  readonly retention: Retention;
  readonly addresses: AddressRetention;
  close(): Promise<void>;
}

export function deleteExpiredCommand(open: () => Promise<OpenRetention>): Command<typeof options> {
  return {
    help,
    options,
    async run({ positionals, values }) {
      if (positionals.length > 0) throw new Failure('bad-option', 'delete-expired takes no words. See --help.');
      const opened = await open();
      try {
        const { done, heldBack } =
          values['clock-is-right'] === true
            ? { done: await opened.retention.confirmClock(), heldBack: null }
            : await opened.retention.deleteExpired();
        if (heldBack !== null) {
          throw new Failure(
            'clock-jumped',
            `Nothing was deleted: the clock shows ${heldBack.now}, but the last moment known is ${heldBack.known}. ` +
              'If the clock is right, run this again with --clock-is-right; what is deleted cannot be brought back.',
          );
        }
        const events = done.map(({ id, title, deleteAfter }) => ({ id, title: title.pl, deleteAfter }));
        const addresses = await opened.addresses.forgetPast();
        process.stdout.write(`${JSON.stringify({ events, addresses })}\n`);
        return 0;
      } finally {
        await opened.close();
      }
    },
  };
}
