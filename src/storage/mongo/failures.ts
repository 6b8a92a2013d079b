import { mongo } from 'mongoose';
import { Failure } from '../../shared/errors';

const duplicateKey = 11000;

/** The name of the index that a write would have broken; null where it failed for another reason. */
export function brokenIndex(error: unknown): string | null {
  if (!(error instanceof mongo.MongoServerError) || error.code !== duplicateKey) return null;
  return / index: (.+?) dup key/.exec(error.message)?.[1] ?? '';
}

/** Why the database could not be opened, without the password that the address may hold. */
export function openFailure(error: unknown): Failure {
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\/\/[^/@]*@/g, '//');
  return new Failure('store-unreachable', `The MongoDB database of MONGODB_URI cannot be opened: ${reason}`);
}

/** What the driver threw, as a failure of the store. Messages of the driver may hold values but are kept as the cause only. */
export function readFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const name = error instanceof Error ? error.name : 'unknown';
  const unreachable = [mongo.MongoServerSelectionError, mongo.MongoNetworkError, mongo.MongoOperationTimeoutError].some(
    (kind) => error instanceof kind,
  );
  return unreachable
    ? new Failure('store-unreachable', 'No MongoDB server answers at the address in MONGODB_URI.', { cause: error })
    : new Failure('store-failed', `MongoDB did not do what was asked of it (${name}).`, { cause: error });
}
