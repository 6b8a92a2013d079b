import { operators } from '../conditions/operators';
import { listIn, objectIn, type Outline, type PageOutline, type QuestionEntry } from './outline';
import { below } from './pointer';

/** A rule of the document: where it stands, what it decides and whose it is. */
export type RulePlace = {
  readonly rule: unknown;
  readonly pointer: string;
} & (
  | { readonly use: 'visibleIf' | 'requiredIf' | 'valid'; readonly question: QuestionEntry }
  | { readonly use: 'page'; readonly page: PageOutline; readonly form: string }
  | { readonly use: 'calc'; readonly name: string }
);

/** All rules in document order. */
export function rulePlaces({ questions, calcs, forms }: Outline): readonly RulePlace[] {
  const ofQuestions = questions.flatMap((question): RulePlace[] => {
    const { value, pointer } = question;
    const own = (['visibleIf', 'requiredIf'] as const).flatMap((use): RulePlace[] =>
      value[use] === undefined ? [] : [{ use, question, rule: value[use], pointer: below(pointer, use) }],
    );
    const valid = listIn(value['valid']).flatMap((one, index): RulePlace[] => {
      const rule = objectIn(one)?.['rule'];
      return rule === undefined
        ? []
        : [{ use: 'valid', question, rule, pointer: below(pointer, 'valid', index, 'rule') }];
    });
    return [...own, ...valid];
  });
  const ofCalcs = calcs.flatMap(({ code, value, pointer }): RulePlace[] =>
    value['rule'] === undefined
      ? []
      : [{ use: 'calc', name: code, rule: value['rule'], pointer: below(pointer, 'rule') }],
  );
  const ofPages = forms.flatMap(({ name, pages }) =>
    pages.flatMap((page): RulePlace[] =>
      page.value['visibleIf'] === undefined
        ? []
        : [{ use: 'page', page, form: name, rule: page.value['visibleIf'], pointer: below(page.pointer, 'visibleIf') }],
    ),
  );
  return [...ofQuestions, ...ofCalcs, ...ofPages];
}

export interface Read {
  readonly kind: 'answer' | 'fact' | 'calc' | 'group' | 'round';
  /** Code or name; '' for group and round. */
  readonly name: string;
  readonly pointer: string;
}

/** One operator of a rule with its operands and their pointers. */
export interface OperatorUse {
  readonly operator: string;
  readonly operands: readonly { readonly value: unknown; readonly pointer: string }[];
}

/** The source that a value is, or null. */
export function sourceIn(value: unknown, pointer: string): Read | null {
  const object = objectIn(value);
  const [kind, ...more] = Object.keys(object ?? {});
  if (object === null || kind === undefined || more.length > 0) return null;
  const name = object[kind];
  if ((kind === 'answer' || kind === 'fact' || kind === 'calc') && typeof name === 'string') {
    return { kind, name, pointer };
  }
  return (kind === 'group' || kind === 'round') && name === true ? { kind, name: '', pointer } : null;
}

/** What a rule reads and which operators it uses, each with its pointer in the document; malformed parts are skipped. */
export function partsOf(rule: unknown, pointer: string): { reads: readonly Read[]; uses: readonly OperatorUse[] } {
  const reads: Read[] = [];
  const uses: OperatorUse[] = [];
  const visit = (value: unknown, at: string): void => {
    const source = sourceIn(value, at);
    if (source !== null) {
      reads.push(source);
      return;
    }
    for (const [operator, given] of Object.entries(objectIn(value) ?? {})) {
      if (!operators.has(operator)) continue;
      const inside = below(at, operator);
      const operands = Array.isArray(given)
        ? (given as readonly unknown[]).map((operand, index) => ({ value: operand, pointer: below(inside, index) }))
        : [{ value: given, pointer: inside }];
      uses.push({ operator, operands });
      for (const operand of operands) visit(operand.value, operand.pointer);
    }
  };
  visit(rule, pointer);
  return { reads, uses };
}
