import { checkInstrument } from '../../../src/definitions/check/check-instrument';
import { altered, item, smallForm, smallInstrument } from '../../support/instruments';
import { at, found } from './families';

describe('checkInstrument', () => {
  it('finds nothing wrong with a sound assessment and a sound form', () => {
    expect(checkInstrument(smallInstrument())).toEqual([]);
    expect(checkInstrument(smallForm())).toEqual([]);
  });

  it.each([null, undefined, 1, 'x', [], {}, [[]], { questions: 3, forms: [], planes: {}, groups: [null, 1] }])(
    'survives %p, which is no instrument',
    (document) => expect(checkInstrument(document).length).toBeGreaterThan(0),
  );

  it('survives nesting without end', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level++) deep = { not: [deep] };
    expect(found(altered(smallInstrument(), (copy) => (copy.questions[at.b2].visibleIf = 1)))).not.toEqual([]);
    expect(found({ ...smallInstrument(), calcs: [{ name: 'c', rule: deep }] })).toEqual([['too-deep', '']]);
  });

  it('survives any part of a sound document replaced by any other kind of value', () => {
    const sound = smallInstrument();
    const pointers: (readonly (string | number)[])[] = [];
    const walk = (value: unknown, path: readonly (string | number)[]): void => {
      pointers.push(path);
      if (typeof value !== 'object' || value === null) return;
      for (const [key, part] of Object.entries(value)) walk(part, [...path, key]);
    };
    walk(sound, []);
    const others = [null, 7, 'x', true, [], {}];
    pointers.slice(1).forEach((path, index) => {
      const broken = altered(sound, (copy) => {
        const parent = path.slice(0, -1).reduce((value, key) => value[key], copy);
        parent[path.at(-1)!] = others[index % others.length];
      });
      expect(() => checkInstrument(broken)).not.toThrow();
    });
  });
});

describe('size', () => {
  it('checks the largest instruments in bounded time: chains of calcs and rules over many answers', () => {
    const items = Array.from({ length: 150 }, (_, index) => item(`x${index}`, 'P1.1'));
    const all = items.map(({ code }) => ({ answer: code }));
    const document = altered(smallInstrument(), (copy) => {
      const last = copy.questions.pop();
      copy.questions.push(...items, { ...last, visibleIf: { '>': [{ mean: all }, 4.9] } });
      copy.forms.full.pages[2].sections[0].questions.splice(1, 0, ...items.map(({ code }) => code));
      for (let index = 0; index < 60; index++) {
        const before = { calc: index === 0 ? 'satisfaction' : `chain${index - 1}` };
        copy.calcs.push({ name: `chain${index}`, rule: { '+': [before, before] } });
      }
      copy.questions.at(-1).requiredIf = { '>': [{ calc: 'chain59' }, 4] };
    });
    expect(found(document)).toEqual([]);
  });
});
