import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createAccounts } from '../../src/accounts/accounts';
import { systemClock } from '../../src/shared/clock';
import { randomIds } from '../../src/shared/ids';
import { openEmbeddedStore } from '../../src/storage/embedded/open';
import { allowed } from '../support/builders';
import { runScript } from '../support/run-script';
import { temporaryFolder } from '../support/stores';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const setPassword = (input: string, ...words: string[]) =>
  runScript('set-password', words, { input, env: { MONGODB_URI: '', DATA_DIR: folder } });

it('sets the password that staff then sign in with', async () => {
  const result = await setPassword('długie hasło testowe\n', 'Anna', '--password-stdin', '--role', 'administrator');
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(result.stdout)).toEqual({ user: 'anna', role: 'administrator' });

  const store = await openEmbeddedStore(folder);
  const accounts = createAccounts({ store, clock: systemClock, ids: randomIds, randomBytes });
  const signIn = allowed(await accounts.signIn('anna', 'długie hasło testowe', '192.0.2.1'));
  expect(await accounts.signedIn(signIn)).toMatchObject({ user: 'anna', role: 'administrator' });
  await store.close();
});

it.each([
  [['anna', '--password-stdin'], 'short', 'password-too-short'],
  [['anna'], '', 'no-terminal'],
  [['--password-stdin'], 'rower tramwaj most', 'bad-option'],
  [['anna', '--role', 'king', '--password-stdin'], 'rower tramwaj most', 'bad-option'],
  [['anna', '--unit', '3021011', '--password-stdin'], 'rower tramwaj most', 'bad-option'],
  [['anna', '--role', 'coordinator', '--side', 'ngo', '--password-stdin'], 'rower tramwaj most', 'one-unit-needed'],
  [['anna', '--role', 'facilitator', '--unit', '99', '--password-stdin'], 'rower tramwaj most', 'unit-unknown'],
])('says what to mend: %j', async (words, input, code) => {
  const result = await setPassword(input, ...words);
  expect(result).toMatchObject({ code: 1, stdout: '' });
  expect(JSON.parse(result.stderr)).toMatchObject({ problems: [{ code }] });
});
