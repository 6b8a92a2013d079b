/**
 * A pure function that keeps its results: for work that comes again and again with few different inputs, such as words
 * of a page. Holds at most `most` of them; when they are too many it forgets all and begins anew.
 *
 * @param keyOf a text that is the same for the same inputs and for no others
 */
export function remembered<Inputs extends readonly unknown[], Result>(
  work: (...inputs: Inputs) => Result,
  keyOf: (...inputs: Inputs) => string,
  most = 10_000,
): (...inputs: Inputs) => Result {
  const results = new Map<string, { readonly result: Result }>();
  return (...inputs) => {
    const key = keyOf(...inputs);
    const kept = results.get(key);
    if (kept !== undefined) return kept.result;
    const result = work(...inputs);
    if (results.size >= most) results.clear();
    results.set(key, { result });
    return result;
  };
}

/** The same for work on one object that never changes: the result is kept as long as the object. */
export function rememberedFor<Subject extends object, Result extends object>(
  work: (subject: Subject) => Result,
): (subject: Subject) => Result {
  const results = new WeakMap<Subject, Result>();
  return (subject) => {
    const kept = results.get(subject);
    if (kept !== undefined) return kept;
    const result = work(subject);
    results.set(subject, result);
    return result;
  };
}
