import { wrongsOf } from '../../../src/commands/bench/sending';
import { nothingWrong } from '../../../src/commands/bench/sending/faults';
import { assessmentOver, newAssessment, newOpenRound } from '../../support/builders';
import { eitherTestStore } from '../../support/stores';
import { opening } from './invitation-builders';

test('100 rounds with faults at every step of sending: nobody twice, nobody missed unseen, every count right', async () => {
  const files = await eitherTestStore();
  const services = assessmentOver(files.store, { clock: () => opening });
  let units = 0;
  const wrongs = await wrongsOf(
    {
      store: files.store,
      over(store, clock) {
        const both = assessmentOver(store, { clock });
        return { assessment: both, collection: both };
      },
      async newRound() {
        units += 1;
        const { assessment } = await newAssessment(services, { code: `ZMYSLONA-${units}` });
        return newOpenRound(services, {
          ...{ assessmentId: assessment.id, ways: { ngo: 'invitations' }, closesOn: '2026-04-30' },
        });
      },
    },
    100,
  );
  expect(wrongs).toEqual(nothingWrong);
  await files.dispose();
});
