import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { embeddedTestStore } from '../../support/stores';
import { invite, invitingRound, opening } from './invitation-builders';
import { messyList } from './messy-list';

/** After how many letters the sender is killed, with no chance to tidy up. */
const kills = [23, 120];

let server: SMTPServer;
let received: { readonly to: string; readonly id: string }[];
let sender: ChildProcess | null;

beforeEach(async () => {
  received = [];
  sender = null;
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      simpleParser(stream).then(
        ({ messageId = '' }) => {
          received.push({ to: session.envelope.rcptTo[0]?.address ?? '', id: messageId });
          // The letter is taken; whoever sent it may not live to hear of it.
          if (kills.includes(received.length)) sender?.kill('SIGKILL');
          done();
        },
        (error: unknown) => done(error as Error),
      );
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

test('200 letters of a sender that is killed twice: none goes out twice, and none is missing unseen', async () => {
  const files = await embeddedTestStore();
  const inviting = await invitingRound(files.store, () => opening);
  const { letters, round } = inviting;
  const messy = messyList(true);
  expect(await invite(inviting, messy.lines.join('\n'))).toBe(201);
  await letters.mailings.sendInvitations(round.id);

  for (let run = 0; run <= kills.length; run++) {
    // A try that was cut off is given up after ten minutes.
    const time = new Date(opening.getTime() + run * 11 * 60_000).toISOString();
    const { port } = server.server.address() as AddressInfo;
    const script = join(__dirname, 'sending-process.ts');
    sender = spawn(process.execPath, ['--import', 'tsx', script, files.folder, String(port), time], {
      stdio: 'inherit',
    });
    const [code, signal] = (await once(sender, 'exit')) as [number | null, string | null];
    expect([code, signal]).toEqual(run < kills.length ? [null, 'SIGKILL'] : [0, null]);
  }

  expect(new Set(received.map(({ to }) => to)).size).toBe(received.length);
  const all = await letters.invitations.ofRound(round.id);
  const unsure = all.filter(({ state }) => state === 'unsure').map(({ address }) => address);
  // Nobody can know of these: the server had them, and the sender died before it was told.
  expect(unsure.length).toBeLessThanOrEqual(kills.length);
  expect([...new Set([...received.map(({ to }) => to), ...unsure])].sort()).toEqual(all.map(({ address }) => address));
  const [invitation] = await letters.mailings.ofRound(round.id);
  expect(invitation).toMatchObject({ state: 'done', settling: [] });
  expect(invitation!.counts.sent + invitation!.counts.unsure).toBe(all.length);
  await files.dispose();
});
