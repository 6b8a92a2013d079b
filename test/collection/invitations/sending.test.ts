import { readCode } from '../../../src/collection/code';
import { allowed, assessmentOver } from '../../support/builders';
import { interposed } from '../../support/interposed-store';
import { eitherTestStore, type TestStore } from '../../support/stores';
import {
  addresses,
  byAddress,
  codeIn,
  fakePost,
  invite,
  invitingRound,
  opening,
  stopPassIn,
  type FakePost,
  type Inviting,
} from './invitation-builders';

let files: TestStore;
let now: Date;
let post: FakePost;
let inviting: Inviting;

beforeEach(async () => {
  files = await eitherTestStore();
  now = opening;
  post = fakePost();
  inviting = await invitingRound(files.store, () => now);
});
afterEach(() => files.dispose());

const warsaw = (time: string, offset = '+02:00') => new Date(`${time}:00${offset}`);
const send = () => inviting.letters.sending.deliverDue(post);
/** As the running program does: it keeps house, which looks at the clock, and sends. */
async function tick(): Promise<number> {
  await inviting.letters.forgetPast();
  return send();
}
const all = () => inviting.letters.invitations.ofRound(inviting.round.id);
const mailing = async (number: number) =>
  (await inviting.letters.mailings.ofRound(inviting.round.id)).find((one) => one.number === number)!;
const plan = (at: string) => inviting.letters.mailings.planReminder(inviting.round, at);
const begin = () => inviting.letters.mailings.sendInvitations(inviting.round.id);
const recipients = () => post.sent.map(({ to }) => to).sort();

/** Somebody answers by the link of a letter. */
async function answer(letter: { readonly text: string }): Promise<void> {
  const { tickets } = inviting.services;
  const ticket = (await tickets.ofCode(inviting.round.id, readCode(codeIn(letter))!))!;
  const claimed = await tickets.claim(inviting.round.id, ticket, 'claim');
  if (typeof claimed !== 'object') throw new Error(`The ticket is ${claimed}.`);
  await tickets.markUsed(inviting.round.id, claimed);
}

/** The program looks every minute; here twice a day, with the clock set as it would be. */
async function live(until: Date): Promise<void> {
  while (now < until) {
    now = new Date(Math.min(until.getTime(), now.getTime() + 12 * 3_600_000));
    await tick();
  }
}

describe('the invitation', () => {
  it('waits until somebody sends it, then goes to everybody once, each with a link of their own', async () => {
    expect(await invite(inviting, addresses(12).join('\n'))).toBe(12);
    expect(await send()).toBe(0);
    await begin();
    expect(await send()).toBe(12);
    await begin();
    expect(await send()).toBe(0);
    expect(recipients()).toEqual(addresses(12));
    expect(new Set(post.sent.map(codeIn)).size).toBe(12);
    expect(await mailing(1)).toMatchObject({ state: 'done', counts: { sent: 12, bounced: 0 }, settling: [] });
    expect(await inviting.services.tickets.counts(inviting.round.id)).toEqual({ ngo: { issued: 12, used: 0 } });
    for (const { text } of post.sent) {
      expect(text).toContain(`https://lijw.example.org/survey/${inviting.round.linkCode}/ticket/`);
      expect(text).not.toMatch(/[{}]/);
    }
  });

  it('goes to those who come onto the list later when it is sent again, and to nobody twice', async () => {
    await invite(inviting, addresses(3).join('\n'));
    await begin();
    await send();
    expect(await invite(inviting, addresses(5).join('\n'))).toBe(2);
    await begin();
    expect(await send()).toBe(2);
    expect(recipients()).toEqual(addresses(5));
  });

  it('can be paused in the middle and taken up again', async () => {
    await invite(inviting, addresses(10).join('\n'));
    await begin();
    const { transport } = post;
    const pausing = {
      ...post,
      transport: {
        ...transport,
        send: async (mail: Parameters<typeof transport.send>[0]) => {
          await transport.send(mail);
          if (post.sent.length === 4) allowed(await inviting.letters.mailings.move(await mailing(1), 'staff', 'pause'));
        },
      },
    };
    expect(await inviting.letters.sending.deliverDue(pausing)).toBe(4);
    expect(await send()).toBe(0);
    allowed(await inviting.letters.mailings.move(await mailing(1), 'staff', 'go-on'));
    expect(await send()).toBe(6);
    expect(recipients()).toEqual(addresses(10));
  });

  it('shows by address what did not arrive, and sends the same link to the corrected one', async () => {
    const [good = '', wrong = '', lost = ''] = addresses(3);
    await invite(inviting, [good, wrong, lost].join('\n'));
    post.faults.set(wrong, ['refused']).set(lost, ['unsure']);
    await begin();
    expect(await send()).toBe(1);
    expect((await all()).map(({ state }) => state)).toEqual(['settled', 'bounced', 'unsure']);
    expect(await mailing(1)).toMatchObject({ state: 'done', counts: { sent: 1, bounced: 1, unsure: 1 } });
    const { id } = byAddress(await all(), wrong);
    expect(await inviting.letters.invitations.sendAgain(inviting.round.id, id, 'nowhere')).toMatchObject({
      refused: 'address-without-at',
    });
    const before = await inviting.services.tickets.invite(inviting.round.id, 'ngo', id);
    allowed(await inviting.letters.invitations.sendAgain(inviting.round.id, id, ' Poprawiony@Example.org '));
    expect(await send()).toBe(1);
    const again = post.sent.at(-1)!;
    expect([again.to, readCode(codeIn(again))]).toEqual(['poprawiony@example.org', before]);
    expect(await inviting.letters.invitations.sendAgain(inviting.round.id, id, wrong)).toEqual({
      refused: 'invitation-not-failed',
    });
  });

  it('moves to another seat where the corrected address is somebody else’s', async () => {
    const [one = '', wrong = ''] = addresses(2);
    await invite(inviting, [one, wrong].join('\n'));
    post.faults.set(wrong, ['refused']);
    await begin();
    await send();
    const { id } = byAddress(await all(), wrong);
    allowed(await inviting.letters.invitations.sendAgain(inviting.round.id, id, one));
    await send();
    expect((await all()).map(({ address, seat }) => `${address} ${seat}`).sort()).toEqual([`${one} 1`, `${one} 2`]);
    expect(post.sent.at(-1)!.text).toContain('więcej niż jedno zaproszenie');
  });

  it('tells of a mail server that is away, and loses no letter', async () => {
    const [first = ''] = addresses(3);
    await invite(inviting, addresses(3).join('\n'));
    for (const address of addresses(3)) post.faults.set(address, ['away']);
    await begin();
    expect(await send()).toBe(0);
    expect((await all()).filter(({ error }) => error === 'away')).toHaveLength(1);
    for (const address of addresses(3)) post.faults.set(address, []);
    now = new Date(now.getTime() + 60_000);
    expect(await send()).toBe(3);
    expect(recipients()[0]).toBe(first);
  });
});

describe('a crash', () => {
  /** Everything that the sender asks the store to change, one crash before each in turn. */
  it('before any step doubles no letter and no count, and whoever may have been missed is shown', async () => {
    await invite(inviting, addresses(4).join('\n'));
    await begin();
    for (let crashAt = 1; crashAt <= 17; crashAt++) {
      let step = 0;
      const dying = interposed(files.store, ({ write }) => {
        if (write && ++step === crashAt) throw new Error('killed');
      });
      await assessmentOver(dying, { clock: () => now })
        .invitations.sending.deliverDue(post)
        .catch(() => undefined);
      // What was in hand counts as cut off after ten minutes.
      now = new Date(now.getTime() + 11 * 60_000);
    }
    await send();
    expect(new Set(recipients()).size).toBe(post.sent.length);
    const { counts, settling, state } = await mailing(1);
    expect({ settling, state }).toEqual({ settling: [], state: 'done' });
    const unsure = (await all()).filter((one) => one.state === 'unsure');
    expect(counts.unsure).toBe(unsure.length);
    expect(counts.sent).toBe(4 - unsure.length);
    for (const { address } of await all()) {
      expect(recipients().includes(address) || unsure.some((one) => one.address === address)).toBe(true);
    }
  });

  it('of one of two senders leaves the other to go on; together they send each letter once', async () => {
    await invite(inviting, addresses(12).join('\n'));
    await begin();
    const other = assessmentOver(files.store, { clock: () => now });
    const sent = await Promise.all([send(), other.invitations.sending.deliverDue(post), send()]);
    expect(sent.reduce((sum, one) => sum + one)).toBe(12);
    expect(recipients()).toEqual(addresses(12));
    expect((await mailing(1)).counts.sent).toBe(12);
  });
});

describe('reminders', () => {
  beforeEach(async () => {
    await invite(inviting, addresses(6).join('\n'));
    await begin();
    await send();
  });

  it('go only to those who have not answered, with the same link, and nothing tells them apart by address', async () => {
    await answer(post.sent[0]!);
    await answer(post.sent[1]!);
    const links = new Map(post.sent.map((letter) => [letter.to, codeIn(letter)]));
    const answered = post.sent.slice(0, 2).map(({ to }) => to);
    allowed(await plan('2026-03-20T09:00'));
    post.sent.length = 0;
    // One goes out at the second try.
    post.faults.set(
      addresses(6).find((address) => !answered.includes(address))!,
      ['busy'],
    );
    await live(warsaw('2026-03-20T22:00', '+01:00'));
    expect(recipients()).toEqual(addresses(6).filter((address) => !answered.includes(address)));
    for (const letter of post.sent) expect(codeIn(letter)).toBe(links.get(letter.to));
    expect(await mailing(2)).toMatchObject({ state: 'done', counts: { sent: 4, spared: 2, bounced: 0, unsure: 0 } });
    const rows = (await all()).map((one) => JSON.stringify({ ...one, id: '', address: '' }));
    expect(new Set(rows).size).toBe(1);
  });

  it('that bounce are counted and leave nothing by address', async () => {
    allowed(await plan('2026-03-20T09:00'));
    post.faults.set(addresses(1)[0]!, ['refused']).set(addresses(2)[1]!, ['unsure']);
    await live(warsaw('2026-03-20T22:00', '+01:00'));
    expect((await mailing(2)).counts).toEqual({ sent: 4, spared: 0, bounced: 1, unsure: 1 });
    expect((await all()).map(({ state, error }) => [state, error])).toEqual(Array(6).fill(['settled', null]));
  });

  it.each([
    ['in the past', '2026-03-16T11:00', 'reminder-in-past'],
    ['too soon after the invitation', '2026-03-18T23:59', 'reminder-too-soon'],
    ['in the hour that summer time leaves out', '2026-03-29T02:30', 'time-malformed'],
    ['on no day', '2026-02-30T09:00', 'time-malformed'],
    ['after the end of the round', '2026-05-01T09:00', 'reminder-after-end'],
  ])('are refused %s', async (_when, at, refused) => {
    expect(await plan(at)).toMatchObject({ refused });
  });

  it('are at most three, three days apart at least, before as after one another', async () => {
    allowed(await plan('2026-03-25T09:00'));
    expect(await plan('2026-03-27T23:00')).toMatchObject({ refused: 'reminder-too-soon' });
    expect(await plan('2026-03-23T01:00')).toMatchObject({ refused: 'reminder-too-soon' });
    allowed(await plan('2026-03-28T00:00'));
    allowed(await plan('2026-03-22T23:00'));
    expect(await plan('2026-04-20T09:00')).toMatchObject({ refused: 'too-many-reminders' });
    await inviting.letters.mailings.dropReminder(inviting.round.id, 3);
    allowed(await plan('2026-04-20T09:00'));
    // In the order of the days, whatever the order of planning.
    const began: number[] = [];
    for (; now < warsaw('2026-04-21T09:00'); now = new Date(now.getTime() + 12 * 3_600_000)) began.push(await tick());
    expect(began.filter((sent) => sent > 0)).toEqual([6, 6, 6]);
    expect((await inviting.letters.mailings.ofRound(inviting.round.id)).map(({ begunOn }) => begunOn)).toEqual(
      ['2026-03-16', '2026-03-23', '2026-03-26', '2026-04-20'], // prettier-ignore
    );
  });

  it('planned by two people at once keep the most and the gap', async () => {
    const both = await Promise.all(['2026-03-25T09:00', '2026-03-25T10:00', '2026-03-26T10:00'].map(plan));
    expect(both.filter((one) => !('refused' in one))).toHaveLength(1);
  });

  it('keep hour and gap across the change to summer time', async () => {
    allowed(await plan('2026-03-27T09:00'));
    allowed(await plan('2026-03-30T09:00'));
    const sentAt: string[] = [];
    // 8 March in UTC is 9:00 in winter, 7:00 UTC is 9:00 in summer.
    for (now = new Date('2026-03-26T23:00:00Z'); now < new Date('2026-03-31T00:00:00Z');) {
      if ((await send()) > 0) sentAt.push(now.toISOString());
      now = new Date(now.getTime() + 30 * 60_000);
    }
    expect(sentAt).toEqual(['2026-03-27T08:00:00.000Z', '2026-03-30T07:00:00.000Z']);
  });

  it('keep most and gap while the clock is moved back and forth, and wait for a person where it jumps far', async () => {
    for (const at of ['2026-03-20T09:00', '2026-03-24T09:00', '2026-03-28T09:00']) allowed(await plan(at));
    post.sent.length = 0;
    const days: string[] = [];
    const hops = [3, -2, 1, 4, -3, 5, -1, 2, 2, -2, 3, 6, -4, 3, 5];
    for (const hop of hops) {
      now = new Date(now.getTime() + hop * 86_400_000 + 3_600_000);
      if ((await tick()) > 0) days.push(now.toISOString().slice(0, 10));
      expect(await send()).toBe(0);
    }
    expect(days).toHaveLength(3);
    expect(post.sent).toHaveLength(18);
    days.slice(1).forEach((day, index) => {
      expect(Date.parse(day) - Date.parse(days[index]!)).toBeGreaterThanOrEqual(3 * 86_400_000);
    });
  });

  it('wait where the clock has jumped by more than a week', async () => {
    allowed(await plan('2026-03-20T09:00'));
    await tick();
    now = warsaw('2026-04-20T09:00');
    expect(await tick()).toBe(0);
    expect((await mailing(2)).state).toBe('planned');
    expect(await inviting.letters.jump()).toMatchObject({ known: opening.toISOString() });
    await inviting.letters.confirmClock();
    expect(await tick()).toBe(6);
  });

  it('that come late keep the gap to the next one, which waits', async () => {
    allowed(await plan('2026-03-20T09:00'));
    allowed(await plan('2026-03-23T09:00'));
    // The program was off until the day before the second.
    now = warsaw('2026-03-22T18:00', '+01:00');
    expect(await send()).toBe(6);
    now = warsaw('2026-03-23T09:00', '+01:00');
    expect(await send()).toBe(0);
    now = warsaw('2026-03-25T00:00', '+01:00');
    expect(await send()).toBe(6);
  });

  it('do not go to who got the invitation a day before', async () => {
    allowed(await plan('2026-03-20T09:00'));
    await live(warsaw('2026-03-19T12:00', '+01:00'));
    await invite(inviting, addresses(7).join('\n'));
    await begin();
    await send();
    post.sent.length = 0;
    await live(warsaw('2026-03-20T22:00', '+01:00'));
    expect(recipients()).toEqual(addresses(6));
  });

  it('can be stopped in the middle; the next one goes to everybody again', async () => {
    allowed(await plan('2026-03-20T09:00'));
    allowed(await plan('2026-03-24T09:00'));
    const { transport } = post;
    const stopping = {
      ...post,
      transport: {
        ...transport,
        send: async (mail: Parameters<typeof transport.send>[0]) => {
          await transport.send(mail);
          if (post.sent.length === 8) allowed(await inviting.letters.mailings.move(await mailing(2), 'staff', 'stop'));
        },
      },
    };
    now = warsaw('2026-03-20T09:00', '+01:00');
    expect(await inviting.letters.sending.deliverDue(stopping)).toBe(2);
    expect(await send()).toBe(0);
    post.sent.length = 0;
    await live(warsaw('2026-03-24T12:00', '+01:00'));
    expect(recipients()).toEqual(addresses(6));
    expect((await mailing(2)).state).toBe('stopped');
  });

  it('end with the round, and the addresses with it; counts stay', async () => {
    allowed(await plan('2026-03-20T09:00'));
    await inviting.services.sealing.close(inviting.round.id);
    expect(await all()).toEqual([]);
    now = warsaw('2026-03-20T10:00', '+01:00');
    expect(await send()).toBe(0);
    expect((await mailing(1)).counts.sent).toBe(6);
    expect((await mailing(2)).state).toBe('stopped');
  });
});

describe('no more letters', () => {
  beforeEach(async () => {
    await invite(inviting, addresses(3).join('\n'));
    await begin();
    await send();
  });

  it('by the link of a letter; the personal link still works', async () => {
    const { invitations } = inviting.letters;
    const letter = post.sent[0]!;
    expect(letter.unsubscribe).toContain(stopPassIn(letter));
    expect(await invitations.noMoreLetters(inviting.round.id, stopPassIn(letter))).toBe(true);
    expect(await invitations.noMoreLetters(inviting.round.id, stopPassIn(letter))).toBe(true);
    allowed(await plan('2026-03-20T09:00'));
    post.sent.length = 0;
    await live(warsaw('2026-03-20T12:00', '+01:00'));
    expect(recipients()).toEqual(addresses(3).filter((address) => address !== letter.to));
    await answer(letter);
    // Given again, the list does not invite them anew.
    expect(await invite(inviting, addresses(3).join('\n'))).toBe(0);
  });

  it('only by a link that was made here', async () => {
    const { invitations } = inviting.letters;
    const pass = stopPassIn(post.sent[0]!);
    for (const wrong of ['', '.', pass.slice(0, -1), `${pass}x`, pass.replace('.', '.x'), (await all())[0]!.id]) {
      expect(await invitations.noMoreLetters(inviting.round.id, wrong)).toBe(false);
    }
    expect((await all()).every(({ state }) => state === 'settled')).toBe(true);
  });
});

it('forgets the addresses of a round that nobody closed, 90 days after its planned end', async () => {
  await invite(inviting, addresses(3).join('\n'));
  for (const [day, left] of [
    ['2026-07-29', 3],
    ['2026-07-30', 0],
  ] as const) {
    while (now < warsaw(`${day}T12:00`)) {
      now = new Date(Math.min(warsaw(`${day}T12:00`).getTime(), now.getTime() + 5 * 86_400_000));
      await inviting.letters.forgetPast();
    }
    expect(await all()).toHaveLength(left);
  }
});

it('removes one address without a trace of whether its person has answered or was reminded', async () => {
  await invite(inviting, addresses(3).join('\n'));
  await begin();
  await send();
  const [answering, silent] = post.sent;
  await answer(answering!);
  const { tickets } = inviting.services;
  const before = await tickets.counts(inviting.round.id);
  for (const { to } of [answering!, silent!]) {
    const { id } = byAddress(await all(), to);
    expect(await inviting.letters.invitations.remove(inviting.round.id, id)).toBe(true);
    expect(await inviting.letters.invitations.remove(inviting.round.id, id)).toEqual({ refused: 'invitation-unknown' });
    expect(await tickets.counts(inviting.round.id)).toEqual(before);
  }
  // The link of a letter that went out goes on working.
  await answer(silent!);
  expect((await all()).map(({ address }) => address)).toEqual(
    addresses(3).filter((one) => one !== answering!.to && one !== silent!.to),
  );
  await plan('2026-03-26T09:00');
  now = warsaw('2026-03-26T09:00', '+01:00');
  await tick();
  expect(post.sent).toHaveLength(4);
});
