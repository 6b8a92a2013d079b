import { Failure, isRefusal, type Refusal } from '../shared/errors';

/** Demo data that the rules refuse is a fault of ours. */
export function accepted<Result>(result: Result | Refusal): Exclude<Result, Refusal> {
  if (isRefusal(result)) {
    throw new Failure('demo-refused', `Demo data were refused: ${JSON.stringify(result)}`);
  }
  return result as Exclude<Result, Refusal>;
}
