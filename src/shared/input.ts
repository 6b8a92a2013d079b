import Ajv2020 from 'ajv/dist/2020';
import type { ErrorObject } from 'ajv';
import Type, { type Static, type TObject, type TSchema } from 'typebox';
import { isRealDate } from './calendar-day';
import { refuse, type Refusal } from './errors';
import { forbidden, forbiddenInLines, visibleLines, visibleText } from './plain-text';

/**
 * One schema for each input that people give: the type of the value, the domain's check, the stored fields and the
 * limits of the form all come from it, so that a limit stands in one place. It is plain JSON Schema.
 */

/** The value that a schema describes. */
export type InputOf<Schema extends TSchema> = Unchanging<Static<Schema>>;

type Unchanging<Value> = Value extends readonly (infer Item)[]
  ? readonly Unchanging<Item>[]
  : Value extends object
    ? { readonly [Field in keyof Value]: Unchanging<Value[Field]> }
    : Value;

/** One for all inputs: each instance would compile the schema of schemas anew. */
const ajv = new Ajv2020({ allErrors: true, strict: true, verbose: true, allowUnionTypes: true });

/** A year that may be assessed, or that a fact may come from. */
export const year = Type.Integer({ minimum: 1990, maximum: 2100 });

/** `YYYY-MM-DD`; that the day exists in the calendar is checked too. */
export const day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });

/** `YYYY-MM-DD`, or `YYYY-MM` for a whole month; that it exists in the calendar is checked too. */
export const dayOrMonth = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$' });

/** `HH:MM` on a clock of 24 hours, or '' for none. */
export const timeOfDay = Type.String({ pattern: '^(|([01][0-9]|2[0-3]):[0-5][0-9])$', maxLength: 5 });

/** One of these words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return Type.Unsafe<Word>({ enum: [...words] });
}

const lineCharacters = `^(?:(?!${forbidden.source}).)*$`;
const wordCharacters = `^(?:(?!${forbiddenInLines.source})[^])*$`;

/** One line, such as a name, that has to be there: 1 to `longest` characters, none of those that no name may hold. */
export function line(longest: number) {
  return Type.String({ minLength: 1, maxLength: longest, pattern: lineCharacters });
}

/** As `line`, but it may be left empty. */
export function anyLine(longest: number) {
  return Type.String({ maxLength: longest, pattern: lineCharacters });
}

/** Several lines that have to be there: 1 to `longest` characters. */
export function words(longest: number) {
  return Type.String({ minLength: 1, maxLength: longest, pattern: wordCharacters });
}

/** As `words`, but they may be left empty. */
export function anyWords(longest: number) {
  return Type.String({ maxLength: longest, pattern: wordCharacters });
}

/** A number of people, or of other things that cannot be halved. */
export function wholeNumber(minimum: number, maximum: number) {
  return Type.Integer({ minimum, maximum });
}

/** What can be wrong with a field: nothing there, more than it may hold, or anything else. */
export type FaultKind = 'missing' | 'tooLong' | 'malformed';

/** The refusal of each field: one for all its faults, or one for each kind. */
export type FieldRefusals<Field extends string, Code extends string> = {
  readonly [Name in Field]?: Code | { readonly [Kind in FaultKind]?: Code };
};

/** All codes of a table of refusals. */
type CodesOf<Refusals> = {
  [Name in keyof Refusals]: Refusals[Name] extends string ? Refusals[Name] : Refusals[Name][keyof Refusals[Name]];
}[keyof Refusals] &
  string;

/** Reads an input as the domain keeps it, or says what is wrong with it. */
export type InputReader<Schema extends TObject, Code extends string> = (
  input: Partial<InputOf<Schema>>,
) => InputOf<Schema> | Refusal<Code>;

/**
 * The domain's reader of an input. Lines and words come out as a reader sees them (without spaces at the ends and
 * characters that nobody sees; left out is ''), and everything is checked: the result is the refusal of the first field
 * that does not fit, in the order of the schema, or the input with exactly the fields of the schema.
 *
 * The details of a refusal: `field`, where it lies inside (`key` of a map; `row` of a list, counted from 1), and the
 * limit that was broken (`longest` and `length`, or `min` and `max`).
 */
export function inputReader<
  Schema extends TObject,
  const Refusals extends FieldRefusals<keyof Static<Schema> & string, string>,
>(schema: Schema, refusals: Refusals): InputReader<Schema, CodesOf<Refusals>> {
  type Code = CodesOf<Refusals>;
  const codes = refusals as FieldRefusals<keyof Static<Schema> & string, Code>;
  const validate = ajv.compile<InputOf<Schema>>(schema);
  const fields = Object.keys(schema.properties);
  return (input) => {
    const given: unknown = tidied(schema, input);
    if (validate(given)) return strangeDay(schema, given, codes) ?? given;
    const faults = (validate.errors ?? []).map((error) => ({ error, path: pathOf(error) }));
    const order = ({ path }: (typeof faults)[number]): number => fields.indexOf(path[0] ?? '');
    const [first] = faults.sort((one, other) => order(one) - order(other));
    if (first === undefined) throw new TypeError('The schema refused an input and did not say why.');
    return refusalOf(codes, first.path, kindOf(first.error), limitOf(first.error));
  };
}

/** What is refused in a line or in words stays in it, so that the schema sees it. */
function tidied(schema: TSchema, value: unknown): unknown {
  const { properties, items, pattern, anyOf } = schema as {
    readonly anyOf?: readonly TSchema[];
    readonly properties?: Readonly<Record<string, TSchema>>;
    readonly items?: TSchema;
    readonly pattern?: string;
  };
  if (properties !== undefined && typeof value === 'object' && value !== null) {
    const given = value as Readonly<Record<string, unknown>>;
    const fields = Object.entries(properties).map(([name, inner]) => [name, tidied(inner, given[name])] as const);
    return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
  }
  if (items !== undefined && Array.isArray(value)) return value.map((one) => tidied(items, one));
  // One that may also be null: null stays, what is there is tidied.
  const [usual] = anyOf ?? [];
  if (usual !== undefined && value !== null) return tidied(usual, value);
  if (pattern === lineCharacters) {
    const text = typeof value === 'string' ? value.trim() : '';
    return forbidden.test(text) ? text : visibleText(text);
  }
  if (pattern === wordCharacters) return typeof value === 'string' ? visibleLines(value) : '';
  return typeof value === 'string' ? value.trim() : value;
}

/** A pattern cannot know the calendar: 2026-02-30 has the form of a day. */
function strangeDay<Field extends string, Code extends string>(
  schema: TObject,
  input: unknown,
  refusals: FieldRefusals<Field, Code>,
): Refusal<Code> | null {
  for (const [name, property] of Object.entries(schema.properties)) {
    const value = (input as Readonly<Record<string, unknown>>)[name];
    if (isStrangeDay(property, value)) return refusalOf(refusals, [name], 'malformed', {});
    const { items } = property as { readonly items?: TSchema };
    const row = Array.isArray(value) && items ? value.findIndex((one) => isStrangeDay(items, one)) : -1;
    if (row >= 0) return refusalOf(refusals, [name, String(row)], 'malformed', {});
  }
  return null;
}

function isStrangeDay(property: TSchema, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return (isDay(property) || isDayOrMonth(property)) && !isRealDate(value.length === 7 ? `${value}-01` : value);
}

/** Whether a field holds a day; also one that may be null. */
export function isDay(property: TSchema): boolean {
  return hasPatternOf(day, property);
}

function isDayOrMonth(property: TSchema): boolean {
  return hasPatternOf(dayOrMonth, property);
}

function hasPatternOf(known: TSchema, property: TSchema): boolean {
  const { pattern, anyOf } = property as { readonly pattern?: string; readonly anyOf?: readonly TSchema[] };
  return (
    pattern === (known as { readonly pattern?: string }).pattern ||
    (anyOf ?? []).some((one) => hasPatternOf(known, one))
  );
}

function refusalOf<Field extends string, Code extends string>(
  refusals: FieldRefusals<Field, Code>,
  [field = '', inside]: readonly string[],
  kind: FaultKind,
  limit: Readonly<Record<string, number>>,
): Refusal<Code> {
  const codes = refusals[field as Field] as Code | { readonly [Kind in FaultKind]?: Code } | undefined;
  const code = typeof codes === 'object' ? (codes[kind] ?? codes.malformed ?? codes.missing) : codes;
  // Such a value cannot come from a form: the program made it.
  if (code === undefined) throw new TypeError(`"${field}" of an input is ${kind}, and no refusal is given for it.`);
  const isRow = inside !== undefined && /^\d+$/.test(inside);
  const place = inside === undefined ? {} : isRow ? { row: Number(inside) + 1 } : { key: inside };
  return refuse(code, { field, ...place, ...limit });
}

function pathOf({ instancePath, params, keyword }: ErrorObject): readonly string[] {
  const inside = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keyword === 'required' ? [...inside, (params as { missingProperty: string }).missingProperty] : inside;
}

function kindOf({ keyword }: ErrorObject): FaultKind {
  if (keyword === 'required' || keyword === 'minLength') return 'missing';
  return keyword === 'maxLength' || keyword === 'maxItems' ? 'tooLong' : 'malformed';
}

function limitOf({ keyword, data, parentSchema }: ErrorObject): Readonly<Record<string, number>> {
  const { maxLength, minimum, maximum } = (parentSchema ?? {}) as Readonly<Record<string, number>>;
  if (keyword === 'maxLength') return { longest: maxLength ?? 0, length: Array.from(String(data)).length };
  if (minimum === undefined || maximum === undefined) return {};
  return { min: minimum, max: maximum };
}
