import { Failure } from '../shared/errors';

/** What was sent cannot be read at all: the sender's doing. `errors.ts` answers it with 400, in words. */
export class BadRequest extends Failure {
  readonly status = 400;

  constructor(message: string, options?: { cause?: unknown }) {
    super('bad-request', message, options);
  }
}
