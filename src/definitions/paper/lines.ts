import { otherKey } from '../answers';
import type { FlowContext } from '../flow';
import type { ChoiceQuestion, Instrument, Page, Question, Section } from '../instrument';
import { conditionOf, type Condition } from './condition';

/** One question as it stands on paper. */
export interface PaperLine {
  /** Short code on paper: counted from 1 in the order of the form, the same in each group and whatever the facts are. */
  readonly number: number;
  readonly question: Question;
  /** Of whom it asks; null: of everybody who gets this paper. */
  readonly condition: Condition | null;
  /** The choice that is completed by hand; null where there is none. */
  readonly other: { readonly key: string; readonly choice: ChoiceQuestion['choices'][number] } | null;
}

export interface PaperPage {
  readonly page: Page;
  readonly sections: readonly { readonly section: Section; readonly lines: readonly PaperLine[] }[];
}

/**
 * A form on paper, for one group: every question that somebody of the group may be asked. What the group, the round and
 * the fact sheet rule out is not printed, but keeps its number; what answers decide is printed with its condition.
 */
export function paperPages(instrument: Instrument, context: FlowContext): readonly PaperPage[] {
  let number = 0;
  const byCode = new Map(instrument.questions.map((question) => [question.code, question]));
  return (instrument.forms[context.form]?.pages ?? []).flatMap((page): PaperPage[] => {
    const sections = page.sections.flatMap((section) => {
      const lines = section.questions.flatMap((code): PaperLine[] => {
        const question = byCode.get(code);
        if (question === undefined) return [];
        number += 1;
        const rules = [page.visibleIf, question.visibleIf].flatMap((rule) => (rule === undefined ? [] : [rule]));
        const condition = rules.length === 0 || conditionOf(instrument, context, { and: rules });
        if (condition === false) return [];
        return [{ number, question, condition: condition === true ? null : condition, other: otherOf(question) }];
      });
      return lines.length === 0 ? [] : [{ section, lines }];
    });
    return sections.length === 0 ? [] : [{ page, sections }];
  });
}

/** All lines of a form, in order. */
export function paperLines(instrument: Instrument, context: FlowContext): readonly PaperLine[] {
  return paperPages(instrument, context).flatMap(({ sections }) => sections.flatMap(({ lines }) => lines));
}

function otherOf(question: Question): PaperLine['other'] {
  const choice = 'choices' in question ? question.choices.find(({ other }) => other === true) : undefined;
  return choice === undefined ? null : { key: otherKey(question.code), choice };
}
