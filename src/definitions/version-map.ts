import { areasOf, itemsOf, type Fates, type Instrument } from './instrument';
import type { Problem } from '../shared/errors';

/**
 * What two versions of one instrument have in common (comparison.md 3), said by its authors. Codes are never used again
 * with another meaning, so what is kept has the same code in both.
 */
export interface VersionMap {
  /** Id of the instrument, and the two versions. */
  readonly instrument: string;
  readonly from: string;
  readonly to: string;
  readonly items: Fates;
  readonly areas: Fates;
}

/** JSON Schema (2020-12) of a map. */
export const versionMapSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['instrument', 'from', 'to', 'items', 'areas'],
  properties: {
    $schema: { type: 'string' },
    instrument: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    items: { $ref: '#/$defs/fates' },
    areas: { $ref: '#/$defs/fates' },
  },
  $defs: {
    fates: {
      type: 'object',
      additionalProperties: false,
      required: ['kept', 'changed', 'dropped', 'new'],
      properties: Object.fromEntries(
        ['kept', 'changed', 'dropped', 'new'].map((fate) => [
          fate,
          { type: 'array', items: { type: 'string' }, uniqueItems: true },
        ]),
      ),
    },
  },
} as const;

/** Everything that is wrong with a map between two versions; its shape is known to be right. */
export function checkVersionMap(map: VersionMap, from: Instrument, to: Instrument): Problem[] {
  const problems: Problem[] = [];
  const say = (pointer: string, code: string, message: string) => problems.push({ pointer, code, message });
  for (const [name, instrument, version] of [
    ['from', from, map.from],
    ['to', to, map.to],
  ] as const) {
    if (instrument.id !== map.instrument || instrument.version !== version) {
      const message = `The map is about ${map.instrument} ${version}, not ${instrument.id} ${instrument.version}.`;
      say(`/${name}`, 'other-instrument', message);
    }
  }
  const areaOfItem = (instrument: Instrument) => new Map(itemsOf(instrument).map(({ code, area }) => [code, area]));
  const [before, after] = [areaOfItem(from), areaOfItem(to)];
  const lists = [
    { name: 'items', fates: map.items, before: [...before.keys()], after: [...after.keys()] },
    {
      ...{ name: 'areas', fates: map.areas },
      before: areasOf(from).map(({ code }) => code),
      after: areasOf(to).map(({ code }) => code),
    },
  ];
  for (const { name, fates, before: earlier, after: later } of lists) {
    for (const fate of ['kept', 'changed', 'dropped', 'new'] as const) {
      fates[fate].forEach((code, at) => {
        const [inEarlier, inLater] = [earlier.includes(code), later.includes(code)];
        const right = [fate !== 'new', fate !== 'dropped'];
        if (inEarlier !== right[0] || inLater !== right[1]) {
          const where = `${inEarlier ? '' : 'not '}in ${map.from} and ${inLater ? '' : 'not '}in ${map.to}`;
          say(`/${name}/${fate}/${at}`, 'wrong-fate', `"${code}" is ${where}, so it cannot be "${fate}".`);
        }
      });
    }
    const told = [...fates.kept, ...fates.changed, ...fates.dropped, ...fates.new];
    for (const code of new Set([...earlier, ...later])) {
      const times = told.filter((one) => one === code).length;
      if (times === 0) say(`/${name}`, 'not-mapped', `The map does not say what became of "${code}".`);
      if (times > 1) say(`/${name}`, 'mapped-twice', `"${code}" stands in the map ${times} times.`);
    }
  }
  map.items.kept.forEach((code, at) => {
    const [earlier, later] = [before.get(code), after.get(code)];
    if (earlier !== undefined && later !== undefined && (earlier !== later || !map.areas.kept.includes(later))) {
      const message = `"${code}" is kept, but its area is not (${earlier} and ${later}): call it "changed".`;
      say(`/items/kept/${at}`, 'kept-without-its-area', message);
    }
  });
  return problems;
}

/** The map that the later version carries for the earlier one (`comparesWith`); null where there is none that is right. */
export function mapBetween(earlier: Instrument, later: Instrument): VersionMap | null {
  const found =
    earlier.id === later.id ? later.comparesWith?.find(({ version }) => version === earlier.version) : undefined;
  if (found === undefined) return null;
  const { items, areas } = found;
  const map = { instrument: later.id, from: earlier.version, to: later.version, items, areas };
  return checkVersionMap(map, earlier, later).length === 0 ? map : null;
}
