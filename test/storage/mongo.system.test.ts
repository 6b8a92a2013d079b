import { randomBytes } from 'node:crypto';
import { openMongoStore } from '../../src/storage/mongo/open';
import { mongoTestStore } from '../support/stores';
import { startProxy, type FrozenProxy } from '../support/frozen-proxy';
import { describeStore } from './contract';
import { notesSpec } from './parcels';

it('says plainly when no server answers, without the password', async () => {
  const opening = openMongoStore('mongodb://user:hush@127.0.0.1:1/lijw?serverSelectionTimeoutMS=200');
  const failure = await opening.catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ code: 'store-unreachable', message: expect.stringContaining('127.0.0.1:1') });
  expect((failure as Error).message).not.toContain('hush');
});

const uri = process.env.MONGODB_URI;

if (uri) {
  describeStore('the MongoDB store keeps the contract', () => mongoTestStore(uri));
  describeFailures(uri);
} else {
  it('MongoDB contract: not run, MONGODB_URI is not set', () => {
    process.stdout.write('MongoDB contract: not run, MONGODB_URI is not set\n');
    expect(process.env.MONGODB_URI).toBeFalsy();
  });
}

function describeFailures(address: string): void {
  describe('a server that is not there', () => {
    const { hostname: host, port } = new URL(address);
    const target = { host, port: Number(port) };
    const through = (proxyPort: number): string => {
      const url = new URL(address);
      url.host = `127.0.0.1:${proxyPort}`;
      url.pathname = `/lijw-${randomBytes(6).toString('hex')}`;
      return url.href;
    };

    const closing: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const close of closing.splice(0).reverse()) await close();
    });

    it('is waited for at the start, with words', async () => {
      // A port that nobody listens on yet.
      const free = await startProxy(target);
      await free.close();
      let proxy: FrozenProxy | undefined;
      let comes: Promise<void> | undefined;
      const notices: string[] = [];
      const store = await openMongoStore(through(free.port), {
        waitFor: 60_000,
        requestLimit: 500,
        notice(message) {
          notices.push(message);
          comes ??= startProxy(target, free.port).then((started) => void (proxy = started));
        },
      });
      await store.check();
      expect(notices[0]).toMatch(/cannot be opened.*Waiting for it, \d+ seconds at most/s);
      await comes;
      closing.push(
        () => proxy!.close(),
        () => store.close(),
      );
    });

    it('that stands still makes requests fail, with what that is called, and is found again by itself', async () => {
      const proxy = await startProxy(target);
      const store = await openMongoStore(through(proxy.port), { requestLimit: 1_000 });
      closing.push(
        () => proxy.close(),
        () => store.close(),
      );
      const notes = store.collection(notesSpec);
      await notes.insert({ id: 'a', title: 'kept', revision: 1 });
      proxy.freeze();
      const away = { code: 'store-unreachable' };
      await expect(notes.get('a')).rejects.toMatchObject(away);
      await expect(notes.insert({ id: 'b', title: 'lost or not', revision: 1 })).rejects.toMatchObject(away);
      await expect(notes.count({})).rejects.toMatchObject(away);
      await expect(notes.update('a', (one) => ({ ...one, title: 'no' }))).rejects.toMatchObject(away);
      await expect(notes.remove({ id: 'a' })).rejects.toMatchObject(away);
      await expect(store.check()).rejects.toMatchObject(away);
      proxy.thaw();
      // Each try waits for a server, so this is no busy loop.
      for (let away = true; away;) {
        away = await store.check().then(
          () => false,
          () => true,
        );
      }
      expect(await notes.get('c')).toBeNull();
      expect(await notes.insert({ id: 'c', title: 'after', revision: 1 })).toEqual({ inserted: true });
    });
  });
}
