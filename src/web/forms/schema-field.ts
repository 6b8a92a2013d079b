import type { TObject, TSchema } from 'typebox';
import type { FactField, Text } from '../../definitions/instrument';
import { isDay } from '../../shared/input';

/** What a person reads at a field. */
export interface FieldWords {
  readonly text: Text;
  readonly hint?: Text;
  /** Behind a number. */
  readonly unit?: Text;
  /** The words of each choice, for a field that is one of several words. */
  readonly choice?: (code: string) => Text;
}

/** Texts longer than this get a field of several lines. */
const longestLine = 500;

/** What of JSON Schema the inputs use (`shared/input`). */
interface Property {
  /** What it is usually, or null. */
  readonly anyOf?: readonly TSchema[];
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  /** Of the values of a map. */
  readonly patternProperties?: Readonly<Record<string, TSchema>>;
}

/** The field of a form for one property of an input: its kind and its limits are those of the schema. */
export function schemaField(schema: TObject, code: string, words: FieldWords): FactField {
  const property = schema.properties[code];
  if (property === undefined) throw new TypeError(`The input has no field "${code}".`);
  return fieldFor(property, code, words);
}

/** The field of a form for one value of a map, such as the size of one group. */
export function mapField(schema: TObject, map: string, code: string, words: FieldWords): FactField {
  const [value] = Object.values((schema.properties[map] as Property | undefined)?.patternProperties ?? {});
  if (value === undefined) throw new TypeError(`The input has no map "${map}".`);
  return fieldFor(value, code, words);
}

function fieldFor(property: TSchema, code: string, words: FieldWords): FactField {
  // Null is what a field left empty says.
  const [usual] = (property as Property).anyOf ?? [];
  if (usual !== undefined) return fieldFor(usual, code, words);
  const { text, hint, unit, choice } = words;
  const asked = { code, text, ...(hint === undefined ? {} : { hint }) };
  if (isDay(property)) return { ...asked, type: 'date' };
  const { enum: options, minimum: min, maximum: max, maxLength = 0, multipleOf = 1 } = property as Property;
  if (options !== undefined) {
    const choices = options.map((one) => ({ code: one, text: choice?.(one) ?? { pl: one } }));
    return { ...asked, type: 'single-choice', choices };
  }
  if (min !== undefined && max !== undefined) {
    const decimals = String(multipleOf).split('.')[1]?.length ?? 0;
    return { ...asked, type: 'number', min, max, decimals, ...(unit === undefined ? {} : { unit }) };
  }
  return { ...asked, type: maxLength > longestLine ? 'long-text' : 'short-text', maxLength };
}
