import type { Retention } from '../events/retention';
import { Failure } from '../shared/errors';
import type { Command } from './command-line';

const help = `
Usage: npm run --silent delete-expired

Deletes the personal data of events whose day of deletion is past: who registered, letters and attendance. How many
people had a place and came, by powiat and kind of organisation, is kept for the progress of the programme. The running
application does the same at every start and every six hours; this is for those who stop it for long. The data are found
as the application finds them. With the embedded store the application has to be stopped meanwhile.

Output: {"events": [{"id": "…", "title": "Szkolenie z Modelu", "deleteAfter": "2026-06-30"}]}

Example:
  $ npm run --silent delete-expired
`;

const options = {} as const;

/** What deletes, and how to let go of its store afterwards. */
export interface OpenRetention {
  readonly retention: Retention;
  close(): Promise<void>;
}

export function deleteExpiredCommand(open: () => Promise<OpenRetention>): Command<typeof options> {
  return {
    help,
    options,
    async run({ positionals }) {
      if (positionals.length > 0) throw new Failure('bad-option', 'delete-expired takes no words. See --help.');
      const opened = await open();
      try {
        const done = await opened.retention.deleteExpired();
        const events = done.map(({ id, title, deleteAfter }) => ({ id, title: title.pl, deleteAfter }));
        process.stdout.write(`${JSON.stringify({ events })}\n`);
        return 0;
      } finally {
        await opened.close();
      }
    },
  };
}
