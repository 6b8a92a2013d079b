import { DateTime } from 'luxon';
import { roundsSpec } from '../../assessment/round';
import type { ClockGuard } from '../../letters/clock-guard';
import { dayOf, type Clock } from '../../shared/clock';
import type { Store } from '../../storage/port';
import { invitationsSpec } from './invitation';

/** Addresses of a round that nobody closes go so many days after its planned end. */
const keptDays = 90;

export interface AddressRetention {
  /** Removes addresses of rounds whose planned end is long past; how many. Waits where the clock has jumped. */
  forgetPast(): Promise<number>;
}

export function createAddressRetention(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly guard: Pick<ClockGuard, 'jump'>;
}): AddressRetention {
  const { store, clock, guard } = deps;
  const rounds = store.collection(roundsSpec);

  return {
    async forgetPast() {
      if ((await guard.jump()) !== null) return 0;
      const past = DateTime.fromISO(dayOf(clock()), { zone: 'utc' }).minus({ days: keptDays }).toFormat('yyyy-MM-dd');
      let forgotten = 0;
      for (const { id } of await rounds.find({ status: { $in: ['open', 'closing'] }, closesOn: { $lt: past } })) {
        forgotten += await store.collection(invitationsSpec, id).remove({});
      }
      return forgotten;
    },
  };
}
