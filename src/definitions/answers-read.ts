import { sourcesOf } from './conditions/sources';
import type { Instrument } from './instrument';

/** Codes of questions that a rule reads, of whatever kind. */
export function answersRead({ questions, calcs = [], forms }: Instrument): ReadonlySet<string> {
  const pages = [...forms.full.pages, ...(forms.core?.pages ?? [])];
  const rules = [
    ...questions.flatMap(({ visibleIf, requiredIf, valid = [] }) => [
      visibleIf,
      requiredIf,
      ...valid.map(({ rule }) => rule),
    ]),
    ...calcs.map(({ rule }) => rule),
    ...pages.map(({ visibleIf }) => visibleIf),
  ];
  return new Set(rules.flatMap((rule) => sourcesOf(rule).answers));
}
