import { attackUnit } from './attacker/attack-unit';
import type { Bench, Measurement } from './bench';

const k = 5;

/** The attacker of anonymity §3 against the released documents of made-up units, and what the rules cost. */
export const attackerBench: Bench = {
  name: 'attacker',
  about: 'attacks on what is released of made-up units with small groups (10,000; --runs)',
  // eslint-disable-next-line @typescript-eslint/require-await -- a bench yields as it goes; this one waits for nothing
  async *run({ runs }) {
    const units = runs ?? 10_000;
    let beaten = 0;
    const figures = { all: 0, hidden: 0, withheld: 0 };
    const areas = { all: 0, withoutItems: 0, withoutAlpha: 0 };
    for (let number = 0; number < units; number += 1) {
      const { released, successes } = attackUnit(number, k);
      if (successes.length > 0) beaten += 1;
      for (const { scorecard, items } of released) {
        for (const { groups, missing } of Object.values(scorecard.areas)) {
          if (missing === 'out-of-scope') continue;
          for (const figure of Object.values(groups)) {
            if (!('hidden' in figure) && figure.mean === null) continue;
            figures.all += 1;
            if ('hidden' in figure) figures.hidden += 1;
            else if (figure.withheld === 'spread') figures.withheld += 1;
          }
        }
        for (const [area, { holders }] of Object.entries(items)) {
          areas.all += 1;
          if (holders.length === 0) areas.withoutItems += 1;
          if ((scorecard.areas[area]?.alpha ?? null) === null) areas.withoutAlpha += 1;
        }
      }
    }
    const row = (what: string, unit: string, ours: number, budget: Measurement['budget'] = null): Measurement => ({
      ...{ what, unit, ours, budget },
      bound: null,
      spread: null,
    });
    yield row(`units of ${units} in which the attacker learns something`, 'units', beaten, { most: 0 });
    yield row('group figures of areas that are hidden', '%', (100 * figures.hidden) / figures.all);
    yield row('group figures of areas whose spread is withheld', '%', (100 * figures.withheld) / figures.all);
    yield row('areas without distributions of answers', '%', (100 * areas.withoutItems) / areas.all);
    yield row('areas without alpha', '%', (100 * areas.withoutAlpha) / areas.all);
  },
};
