import { join } from 'node:path';
import { submitAmongFaults } from '../../src/commands/bench/submit-faults';
import { loadRegistry } from '../../src/definitions/registry';
import { mongoTestStore } from '../support/stores';

const uri = process.env.MONGODB_URI;

it('20 rounds on MongoDB among killed processes, refusals and lost replies: nothing lost, nothing doubled', async () => {
  if (!uri) {
    process.stdout.write('Submitting among faults on MongoDB: not run, MONGODB_URI is not set\n');
    return;
  }
  const data = await mongoTestStore(uri);
  try {
    const instruments = loadRegistry(join(__dirname, '../../survey-definitions'), []);
    for (let seed = 0; seed < 20; seed += 1) {
      const found = await submitAmongFaults(seed, data.store, instruments);
      expect({ seed, ...found }).toMatchObject({ seed, lost: 0, doubled: 0, broken: 0 });
    }
  } finally {
    await data.dispose();
  }
});
