/**
 * Two ways of saying no. A **refusal** is an expected answer ("the round is closed"): functions return it. A
 * **failure** is a fault ("the store cannot be written"): functions throw it. Both carry a stable code that tests,
 * logs and API clients may rely on; the words a person reads come from the locale files under that code.
 */

/** One thing wrong with what somebody gave us: where it is and what to do about it. */
export interface Problem {
  /** File, form or stream the problem is in. */
  readonly file?: string;
  /** JSON pointer (RFC 6901) inside a document; '' is the whole document. */
  readonly pointer?: string;
  /** 1-based line of a text input. */
  readonly line?: number;
  /** Column name of a tabular input. */
  readonly column?: string;
  readonly code: string;
  /** English sentence for authors and operators: what is wrong and how to mend it. */
  readonly message: string;
}

/** An expected "no", returned. `details` fill the placeholders of the localized sentence. */
export interface Refusal<Code extends string = string> {
  readonly refused: Code;
  readonly details?: Readonly<Record<string, string | number>>;
}

export function refuse<Code extends string>(
  code: Code,
  details?: Readonly<Record<string, string | number>>,
): Refusal<Code> {
  return details === undefined ? { refused: code } : { refused: code, details };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

/** A fault, thrown. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'Failure';
  }
}

/** Whether the store could not do what was asked of it: nothing was acknowledged, and it may be asked again later. */
export function isStoreFailure(error: unknown): error is Failure {
  return error instanceof Failure && error.code.startsWith('store-');
}

/** Input that cannot be used as it is; thrown by readers of files and commands with everything they found. */
export class ProblemsFound extends Failure {
  constructor(readonly problems: readonly Problem[]) {
    super('problems-found', problems.map((problem) => problem.message).join('\n'));
    this.name = 'ProblemsFound';
  }
}
