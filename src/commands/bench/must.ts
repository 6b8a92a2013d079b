import { Failure, isRefusal, type Refusal } from '../../shared/errors';

/** What must not be refused here. */
export function must<Value>(value: Value | Refusal): Exclude<Value, Refusal> {
  if (isRefusal(value)) throw new Failure('bench-refused', `The bench was refused: ${JSON.stringify(value)}`);
  return value as Exclude<Value, Refusal>;
}
