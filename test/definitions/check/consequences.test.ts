import { checkInstrument } from '../../../src/definitions/check/check-instrument';
import { altered, smallInstrument } from '../../support/instruments';
import { at, family, q } from './families';

describe('one fault of shape is one line', () => {
  const sound = smallInstrument();
  const paths: (readonly (string | number)[])[] = [];
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (path.length > 0) paths.push(path);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) walk(part, [...path, key]);
  };
  walk(sound, []);

  const samples = [null, 7, []].map((other, index) => ({ other, index }));

  it.each(samples)('$other in any place is told there, with at most one thing more', ({ other, index: first }) => {
    // A third of all places for each value: together they are all places.
    for (const path of paths.filter((_, index) => index % 3 === first)) {
      const broken = altered(sound, (copy) => {
        const parent = path.slice(0, -1).reduce((value, key) => value[key], copy);
        parent[path.at(-1)!] = other;
      });
      const lines = checkInstrument(broken).map(({ code, pointer }) => `${code} ${pointer}`);
      expect({ path, lines: lines.slice(0, 5), count: Math.min(lines.length, 2) }).toEqual({
        path,
        lines,
        count: lines.length,
      });
    }
  });
});

family('consequences', [
  ['a question that is null', (copy) => (copy.questions[at.a1] = null), [['wrong-type', q('a1')]]],
  ['a group that is null', (copy) => (copy.groups[2] = null), [['wrong-type', '/groups/2']]],
  ['planes that are no list', (copy) => (copy.planes = 'P1'), [['wrong-type', '/planes']]],
  ['a page that is null', (copy) => (copy.forms.full.pages[0] = null), [['wrong-type', '/forms/full/pages/0']]],
  [
    'a misspelt name beside an entry that was lost is told with the others',
    (copy) => {
      copy.groups[2] = null;
      copy.questions[at.a2].variants[0].groups[1] = 'infromal';
    },
    [
      ['wrong-type', '/groups/2'],
      ['unknown-group', '/mergePlan/0/groups/0'],
      ['unknown-group', `${q('a2')}/variants/0/groups/0`],
      ['unknown-group', `${q('a2')}/variants/0/groups/1`],
      ['unknown-group', `${q('c2')}/visibleIf/in/1/0`],
    ],
  ],
]);
