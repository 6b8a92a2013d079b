/** JSON pointer (RFC 6901) of a place below `base`: `below('/questions', 3, 'a/b')` is `/questions/3/a~1b`. */
export function below(base: string, ...steps: readonly (string | number)[]): string {
  return base + steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
