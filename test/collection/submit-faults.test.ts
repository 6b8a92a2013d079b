import { join } from 'node:path';
import { submitAmongFaults } from '../../src/commands/bench/submit-faults';
import { loadRegistry } from '../../src/definitions/registry';
import { embeddedTestStore, type TestStore } from '../support/stores';

const instruments = loadRegistry(join(__dirname, '../../survey-definitions'), []);
let files: TestStore;

beforeAll(async () => {
  files = await embeddedTestStore();
});
afterAll(() => files.dispose());

it('100 rounds among killed processes, refusals and lost replies: nothing lost, nothing doubled', async () => {
  let faults = 0;
  for (let seed = 0; seed < 100; seed += 1) {
    const found = await submitAmongFaults(seed, files.store, instruments);
    expect({ seed, ...found }).toMatchObject({ seed, lost: 0, doubled: 0, broken: 0 });
    faults += found.faults;
  }
  // They did fail.
  expect(faults).toBeGreaterThan(500);
});
