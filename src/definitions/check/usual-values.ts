import { rangeOf } from '../answer-check';
import type { Problem } from '../../shared/errors';
import { numberIn, objectIn, problem, type JsonObject, type Outline } from './outline';
import { below } from './pointer';

/** The usual values of a fact lie inside the accepted ones and say something. */
export function* checkUsualValues({ facts }: Outline): Generator<Problem> {
  for (const { type, value, pointer } of facts) {
    const usual = objectIn(value['usual']);
    if (usual === null || (type !== 'number' && type !== 'percent' && type !== 'money')) continue;
    const [least, most] = [numberIn(usual['min']), numberIn(usual['max'])];
    if (least !== null && most !== null && least > most) {
      const message = `No value is usual: the least, ${least}, is above the most, ${most}. Correct "min" or "max".`;
      yield problem(below(pointer, 'usual'), 'usual-min-above-max', message);
      continue;
    }
    const range = rangeOf({ type, ...given('min', value), ...given('max', value) });
    if (least !== null && range.min !== null && least <= range.min) {
      const message = `Less than ${least} is refused anyway: remove "min" of "usual", or make it more than ${range.min}.`;
      yield problem(below(pointer, 'usual', 'min'), 'usual-says-nothing', message);
    }
    if (most !== null && range.max !== null && most >= range.max) {
      const message = `More than ${most} is refused anyway: remove "max" of "usual", or make it less than ${range.max}.`;
      yield problem(below(pointer, 'usual', 'max'), 'usual-says-nothing', message);
    }
  }
}

function given<Name extends 'min' | 'max'>(name: Name, value: JsonObject): { readonly [One in Name]?: number } {
  const limit = numberIn(value[name]);
  return limit === null ? {} : ({ [name]: limit } as { readonly [One in Name]?: number });
}
