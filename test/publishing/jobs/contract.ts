import { randomIds } from '../../../src/shared/ids';
import { Failure } from '../../../src/shared/errors';
import { createJobs, type FileAnswer, type JobRequest, type Jobs } from '../../../src/publishing/jobs/jobs';
import { jobsSpec, leaseMs, mostAttempts, type Job } from '../../../src/publishing/jobs/job';
import { filePiecesSpec } from '../../../src/files/pieces';
import { keptFilesSpec } from '../../../src/publishing/jobs/kept-files';
import { createWorker, type Made, type Maker, type Worker } from '../../../src/publishing/jobs/worker';
import type { TestStore } from '../../support/stores';

const start = Date.parse('2026-03-16T12:00:00Z');
const minute = 60_000;

/** A job of the kind `plain`. */
export function asked(id: string, fields: Partial<JobRequest> = {}): JobRequest {
  return { id, kind: 'plain', group: 'one', rank: 0, input: { id }, ...fields };
}

const made = (text: string): Made => ({ outcome: 'made', type: 'text/plain', content: [Buffer.from(text)] });

async function textOf(answer: FileAnswer | null): Promise<string> {
  if (answer?.state !== 'ready') throw new Error(`not ready: ${JSON.stringify(answer)}`);
  const pieces: Buffer[] = [];
  for await (const piece of answer.bytes()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** Something to wait for, decided by the test. */
function gate<Value>() {
  let open!: (value: Value) => void;
  const opened = new Promise<Value>((resolve) => (open = resolve));
  return { opened, open };
}

/** What both engines promise of jobs and their files. */
export function describeJobs(name: string, newStore: () => Promise<TestStore>): void {
  describe(name, () => {
    let data: TestStore;
    let now: number;
    let jobs: Jobs;
    const clock = () => new Date(now);

    beforeEach(async () => {
      data = await newStore();
      now = start;
      jobs = createJobs({ store: data.store, clock, wake: () => undefined });
    });
    /** Ends what a test has left as a killed process would leave it. */
    let left: { readonly worker: Worker; readonly working: Promise<unknown> }[] = [];
    afterEach(async () => {
      for (const { worker } of left) worker.stop();
      await Promise.all(left.map(({ working }) => working));
      left = [];
      await data.dispose();
    });
    function leaveAtWork(worker: Worker): void {
      left.push({ worker, working: worker.workOff() });
    }

    function worker(make: Maker['make'], fields: Partial<Maker> = {}, warned: unknown[] = []): Worker {
      const maker: Maker = { timeLimit: minute, keepDays: null, ...fields, make };
      const warn = (error: unknown) => void warned.push(error);
      return createWorker({ store: data.store, clock, ids: randomIds, makers: { plain: maker }, warn });
    }
    const rows = () => data.store.collection(jobsSpec).find({});
    const row = async (id: string): Promise<Job> => (await data.store.collection(jobsSpec).get(id))!;
    const remains = async () => [
      await data.store.collection(jobsSpec).count({}),
      await data.store.collection(keptFilesSpec).count({}),
      await data.store.collection(filePiecesSpec).count({}),
    ];

    it('make once what is asked for many times, and give it out again after a restart', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => jobs.request(asked('a'))));
      expect(answers.map(({ state }) => state)).toEqual(Array(20).fill('waiting'));
      const makes: unknown[] = [];
      const make: Maker['make'] = (input) => (makes.push(input), Promise.resolve(made('żółć')));
      // Two processes at work at the same time.
      await Promise.all([worker(make).workOff(), worker(make).workOff()]);
      expect(makes).toEqual([{ id: 'a' }]);
      jobs = createJobs({ store: await data.reopen(), clock, wake: () => undefined });
      const answer = await jobs.request(asked('a'));
      expect(await textOf(answer)).toBe('żółć');
      expect(answer).toMatchObject({
        file: { type: 'text/plain', size: 8, hash: '47ff00909613d05d62e7ba4ae9e6c072d7371dcc16c7eb27edb5d298d21094ec' },
      });
    });

    it('come in turn: what somebody waits for first, then by age', async () => {
      const order: string[] = [];
      await jobs.request(asked('ahead-1', { rank: 1 }));
      now += 1;
      await jobs.request(asked('ahead-2', { rank: 1 }));
      now += 1;
      await jobs.request(asked('first'));
      now += 1;
      expect(await jobs.request(asked('second'))).toEqual({ state: 'waiting', ahead: 1 });
      expect(await jobs.answerOf('ahead-2')).toEqual({ state: 'waiting', ahead: 3 });
      // Somebody comes for what was being made ahead: it is older than the others who wait.
      expect(await jobs.request(asked('ahead-2'))).toEqual({ state: 'waiting', ahead: 0 });
      const make: Maker['make'] = (input) => (order.push((input as { id: string }).id), Promise.resolve(made('x')));
      expect(await worker(make).workOff()).toBe(4);
      expect(order).toEqual(['ahead-2', 'first', 'second', 'ahead-1']);
    });

    it('say how far they are', async () => {
      await jobs.request(asked('a'));
      const { opened, open } = gate<null>();
      const stepped = gate<null>();
      const working = worker(async (_input, { progress }) => {
        await progress(3, 7);
        stepped.open(null);
        await opened;
        return made('x');
      }).workOff();
      await stepped.opened;
      expect(await jobs.answerOf('a')).toEqual({ state: 'running', done: 3, of: 7 });
      open(null);
      await working;
      expect(await jobs.answerOf('never-asked-for')).toBeNull();
    });

    it('are taken over when a lease ends, and what the slow one makes is thrown away', async () => {
      await jobs.request(asked('a'));
      const slow = gate<Made>();
      const begun = gate<null>();
      const first = worker(() => (begun.open(null), slow.opened)).workOff();
      await begun.opened;
      const second = worker(() => Promise.resolve(made('of the second')));
      now += leaseMs - 1;
      expect(await second.workOff()).toBe(0);
      now += 1;
      expect(await second.workOff()).toBe(1);
      slow.open(made('of the first'));
      await first;
      expect(await textOf(await jobs.answerOf('a'))).toBe('of the second');
      expect(await remains()).toEqual([1, 1, 1]);
      expect((await row('a')).attempts).toBe(2);
    });

    it('tell a slow one that it has lost them', async () => {
      await jobs.request(asked('a'));
      const begun = gate<null>();
      const late = gate<null>();
      let told: unknown;
      const first = worker(async (_input, { progress, signal }) => {
        begun.open(null);
        await late.opened;
        await progress(1, 2).catch((error: unknown) => (told = error));
        expect(signal.aborted).toBe(true);
        return made('of the first');
      }).workOff();
      await begun.opened;
      now += leaseMs;
      await worker(() => Promise.resolve(made('of the second'))).workOff();
      late.open(null);
      await first;
      expect(told).toMatchObject({ code: 'job-lost' });
      expect(await textOf(await jobs.answerOf('a'))).toBe('of the second');
      expect(await remains()).toEqual([1, 1, 1]);
    });

    it('are tried again after 10 seconds, a minute and five, then failed until somebody asks', async () => {
      await jobs.request(asked('a'));
      let tries = 0;
      const failing = worker(() => (tries++, Promise.reject(new Failure('pdf-failed', 'The browser ended.'))));
      for (const wait of [0, 10_000, 60_000, 300_000]) {
        now += wait - 1;
        expect(await failing.workOff()).toBe(0);
        now += 1;
        expect(await failing.workOff()).toBe(1);
      }
      expect(tries).toBe(mostAttempts);
      expect(await jobs.answerOf('a')).toEqual({ state: 'failed', reason: 'pdf-failed' });
      expect(await row('a')).toMatchObject({ error: { message: 'The browser ended.' }, owner: null });
      // Asking at once changes nothing: a public page must not keep a broken printer busy.
      expect(await jobs.request(asked('a'))).toEqual({ state: 'failed', reason: 'pdf-failed' });
      now += 60 * minute;
      expect(await jobs.request(asked('a'))).toEqual({ state: 'waiting', ahead: 0 });
      await failing.workOff();
      now += 400_000;
      expect(await jobs.retry('a')).toBeNull();
      expect(await worker(() => Promise.resolve(made('at last'))).workOff()).toBe(1);
      expect(await textOf(await jobs.answerOf('a'))).toBe('at last');
    });

    it('that cannot succeed here fail at once, and staff try them anew', async () => {
      await jobs.request(asked('a'));
      await jobs.request(asked('b', { kind: 'unheard-of' }));
      await worker(() => Promise.reject(new Failure('pdf-off', 'PDF is off.'))).workOff();
      expect(await jobs.answerOf('a')).toEqual({ state: 'failed', reason: 'pdf-off' });
      expect(await jobs.answerOf('b')).toEqual({ state: 'failed', reason: 'job-kind-unknown' });
      expect((await jobs.latest(5)).failed.map(({ id }) => id).sort()).toEqual(['a', 'b']);
      now += 29 * 24 * 60 * minute;
      await jobs.tidy();
      expect(await remains()).toEqual([2, 0, 0]);
      expect(await jobs.retry('a')).toMatchObject({ state: 'waiting', attempts: 0 });
      expect(await jobs.retry('a')).toBeNull();
      await worker(() => Promise.resolve(made('x'))).workOff();
      expect((await jobs.latest(5)).done.map(({ id }) => id)).toEqual(['a']);
      // What nobody has tried anew in a month goes.
      now += 2 * 24 * 60 * minute;
      await jobs.tidy();
      expect(await jobs.answerOf('b')).toBeNull();
      expect((await jobs.answerOf('a'))?.state).toBe('ready');
    });

    it('that take their process with them every time are given up', async () => {
      await jobs.request(asked('a'));
      // To the others it looks as if its process were gone: it is not heard of any more.
      for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
        const begun = gate<null>();
        leaveAtWork(worker(() => (begun.open(null), new Promise(() => undefined))));
        await begun.opened;
        expect((await row('a')).attempts).toBe(attempt);
        now += leaseMs;
      }
      expect(await worker(() => Promise.resolve(made('x'))).workOff()).toBe(0);
      expect(await jobs.answerOf('a')).toEqual({ state: 'failed', reason: 'job-lost-always' });
    });

    it('that last too long are ended in words', async () => {
      await jobs.request(asked('a'));
      await worker(() => new Promise(() => undefined), { timeLimit: 1 }).workOff();
      expect(await row('a')).toMatchObject({
        ...{ state: 'waiting', attempts: 1 },
        error: { code: 'job-too-long', message: 'It was not ready after 0.001 seconds.' },
      });
    });

    it('are given back by a process that stops, for the next at once and without counting', async () => {
      await jobs.request(asked('a'));
      const begun = gate<null>();
      const stopping = worker(() => (begun.open(null), new Promise(() => undefined)));
      const working = stopping.workOff();
      await begun.opened;
      stopping.stop();
      await working;
      expect(await row('a')).toMatchObject({ state: 'waiting', attempts: 0, owner: null });
      expect(await stopping.workOff()).toBe(0);
      expect(await worker(() => Promise.resolve(made('x'))).workOff()).toBe(1);
    });

    it('wait for each other without being tried in vain', async () => {
      await jobs.request(asked('whole'));
      let parts = 0;
      const make: Maker['make'] = async (input) => {
        if ((input as { id: string }).id === 'part') return (parts++, made('part'));
        const part = await jobs.request(asked('part'));
        return part.state === 'ready' ? made(`whole of ${await textOf(part)}`) : { outcome: 'not-yet' };
      };
      await worker(make).workOff();
      expect([parts, (await row('whole')).state]).toEqual([1, 'waiting']);
      now += 2_000;
      await worker(make).workOff();
      expect(await textOf(await jobs.answerOf('whole'))).toBe('whole of part');
      expect((await row('whole')).attempts).toBe(1);
    });

    it('go with their group: files, rows and what is under way', async () => {
      for (const id of ['done', 'running', 'waiting']) {
        await jobs.request(asked(id));
        now += 1;
      }
      await jobs.request(asked('other', { group: 'two' }));
      const begun = gate<null>();
      const end = gate<Made>();
      const working = worker((input) => {
        if ((input as { id: string }).id !== 'running') return Promise.resolve(made('x'));
        begun.open(null);
        return end.opened;
      }).workOff();
      await begun.opened;
      await jobs.removeOf('one');
      expect((await rows()).map(({ id }) => id)).toEqual(['other']);
      end.open(made('too late'));
      await working;
      expect(await jobs.answerOf('running')).toBeNull();
      expect(await textOf(await jobs.answerOf('other'))).toBe('x');
      expect(await remains()).toEqual([1, 1, 1]);
    });

    it('go by themselves where what they are made from is gone', async () => {
      await jobs.request(asked('a'));
      await worker(() => Promise.resolve({ outcome: 'gone' })).workOff();
      expect(await remains()).toEqual([0, 0, 0]);
    });

    it('leave nothing of a file that was being written when its group went', async () => {
      await jobs.request(asked('a'));
      const writing = gate<null>();
      const goOn = gate<null>();
      async function* content() {
        yield Buffer.alloc(300_000, 'a');
        writing.open(null);
        await goOn.opened;
        yield Buffer.alloc(300_000, 'b');
      }
      const working = worker(() =>
        Promise.resolve<Made>({ outcome: 'made', type: 'text/plain', content: content() }),
      ).workOff();
      await writing.opened;
      await jobs.removeOf('one');
      goOn.open(null);
      await working;
      expect(await remains()).toEqual([0, 0, 0]);
    });

    it('leave nothing of a file whose content failed, nor, a day later, of one whose writer was killed', async () => {
      await jobs.request(asked('broken'));
      async function* broken() {
        yield Buffer.alloc(300_000, 'a');
        await Promise.reject(new Error('the source broke'));
      }
      await worker(() => Promise.resolve<Made>({ outcome: 'made', type: 'text/plain', content: broken() })).workOff();
      expect(await remains()).toEqual([1, 0, 0]);

      await jobs.request(asked('killed'));
      const writing = gate<null>();
      async function* endless() {
        yield Buffer.alloc(300_000, 'a');
        writing.open(null);
        await new Promise(() => undefined);
      }
      leaveAtWork(worker(() => Promise.resolve<Made>({ outcome: 'made', type: 'text/plain', content: endless() })));
      await writing.opened;
      now += leaseMs;
      await worker(() => Promise.resolve(made('whole'))).workOff();
      now += 25 * 60 * minute;
      await jobs.tidy();
      expect(await textOf(await jobs.answerOf('killed'))).toBe('whole');
      expect(await textOf(await jobs.answerOf('broken'))).toBe('whole');
      expect(await remains()).toEqual([2, 2, 2]);
    });

    it('keep large files whole, and some only for their days', async () => {
      await jobs.request(asked('a'));
      const text = Array.from({ length: 60_000 }, (_, at) => `line ${at}\n`).join('');
      const content = Array.from({ length: 90 }, (_, at) => Buffer.from(text.slice(at * 7_000, (at + 1) * 7_000)));
      await worker(() => Promise.resolve({ outcome: 'made', type: 'text/plain', content }), { keepDays: 7 }).workOff();
      expect(await textOf(await jobs.answerOf('a'))).toBe(text.slice(0, 630_000));
      now += 7 * 24 * 60 * minute - 1;
      await jobs.tidy();
      expect((await jobs.answerOf('a'))?.state).toBe('ready');
      now += 1;
      await jobs.tidy();
      expect(await remains()).toEqual([0, 0, 0]);
    });

    it('break off a file that is removed while somebody reads it', async () => {
      await jobs.request(asked('a'));
      const content = [Buffer.alloc(500_000, 'a')];
      await worker(() => Promise.resolve({ outcome: 'made', type: 'text/plain', content })).workOff();
      const answer = await jobs.answerOf('a');
      if (answer?.state !== 'ready') throw new Error('not ready');
      const reading = answer.bytes()[Symbol.asyncIterator]();
      await reading.next();
      await jobs.removeOf('one');
      await expect(reading.next()).rejects.toMatchObject({ code: 'file-gone' });
      expect(await jobs.answerOf('a')).toBeNull();
    });
  });
}
