import { rememberedFor } from '../shared/remember';
import { sourcesOf } from './conditions/sources';
import type { Instrument } from './instrument';

/** What the rules of an instrument, of whatever kind, read. */
export interface ReadByRules {
  /** Codes of questions. */
  readonly answers: ReadonlySet<string>;
  /** Codes of facts. */
  readonly facts: readonly string[];
}

export const readByRules = rememberedFor(({ questions, calcs = [], forms }: Instrument): ReadByRules => {
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
  const sources = rules.map(sourcesOf);
  return {
    answers: new Set(sources.flatMap(({ answers }) => answers)),
    facts: [...new Set(sources.flatMap(({ facts }) => facts))],
  };
});
