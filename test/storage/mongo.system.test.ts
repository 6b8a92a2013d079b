import { openMongoStore } from '../../src/storage/mongo/open';
import { mongoTestStore } from '../support/stores';
import { describeStore } from './contract';

it('says plainly when no server answers, without the password', async () => {
  const opening = openMongoStore('mongodb://user:hush@127.0.0.1:1/lijw?serverSelectionTimeoutMS=200');
  const failure = await opening.catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ code: 'store-unreachable', message: expect.stringContaining('127.0.0.1:1') });
  expect((failure as Error).message).not.toContain('hush');
});

const uri = process.env.MONGODB_URI;

if (uri) {
  describeStore('the MongoDB store keeps the contract', () => mongoTestStore(uri));
} else {
  it('MongoDB contract: not run, MONGODB_URI is not set', () => {
    process.stdout.write('MongoDB contract: not run, MONGODB_URI is not set\n');
    expect(process.env.MONGODB_URI).toBeFalsy();
  });
}
