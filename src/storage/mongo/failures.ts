import { mongo } from 'mongoose';
import { Failure } from '../../shared/errors';

const duplicateKey = 11000;
const away = 'No MongoDB server answers at the address in MONGODB_URI.';

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

/** Makes a request of the server; what fails of it is a `Failure('store-…')`. */
export type Ask = <Result>(request: () => Promise<Result>) => Promise<Result>;

/** Requests that may take so many milliseconds each, whatever the driver tries meanwhile. */
export function asking(limit: number): Ask {
  return async (request) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Failure('store-unreachable', away)), limit);
    });
    try {
      return await Promise.race([request(), late]);
    } catch (error) {
      throw readFailure(error);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** What the driver threw, as a failure of the store. Messages of the driver may hold values but are kept as the cause only. */
function readFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const names = namesOf(error);
  const unreachable = names.some((name) => /ServerSelection|Network|Timeout|PoolCleared/.test(name));
  return unreachable
    ? new Failure('store-unreachable', away, { cause: error })
    : new Failure('store-failed', `MongoDB did not do what was asked of it (${names.join(', ')}).`, { cause: error });
}

/** The kinds of an error and of what it came from. */
function namesOf(error: unknown): string[] {
  return error instanceof Error ? [error.name, ...namesOf(error.cause)] : [];
}
