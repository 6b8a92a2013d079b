import type { Problem } from '../../shared/errors';
import { allReadBy, dependenciesOf } from './order';
import { problem, type Outline } from './outline';
import { partsOf } from './rule-places';

/** Calcs: each is read by a rule that decides something, directly or through other calcs. */
export function* checkCalcs(outline: Outline): Generator<Problem> {
  const dependencies = dependenciesOf(outline);
  const deciding = dependencies.places.filter(({ use }) => use !== 'calc');
  const read = deciding.flatMap(({ rule }) => partsOf(rule, '').reads.filter(({ kind }) => kind === 'calc'));
  const direct = new Set(read.map(({ name }) => `calc ${name}`));
  const used = new Set([...direct, ...[...direct].flatMap((node) => [...allReadBy(node, dependencies, () => true)])]);
  for (const { code, pointer } of outline.calcs) {
    if (code === '' || used.has(`calc ${code}`)) continue;
    const message = `No rule reads the calc "${code}": use it in a rule, or remove it.`;
    yield problem(pointer, 'unused-calc', message);
  }
}
