import type { Draft } from '../../../collection/draft';
import type { Answers } from '../../../definitions/answers';
import { codesOf, type Flow } from '../../../definitions/flow';
import type { Instrument, Page, Question } from '../../../definitions/instrument';
import { rememberedFor } from '../../../shared/remember';
import type { Survey } from './open-round';

/** A draft that can still be changed, with what it leads to. */
export interface OpenDraft {
  readonly token: string;
  /** What it was read from; null where it is only shown. */
  readonly seen: Draft | null;
  readonly group: string | null;
  readonly answers: Answers;
  readonly remindedPages: readonly string[];
  readonly flow: Flow;
}

/** The draft of this browser while it can be changed; null where there is none or it is being sent or was. */
export function openDraft({ own, questionnaire }: Survey): OpenDraft | null {
  if (own?.draft.state !== 'open') return null;
  const { group, answers, remindedPages } = own.draft;
  const flow = questionnaire.flow({ group, answers });
  return { token: own.token, seen: own.draft, group, answers, remindedPages, flow };
}

/** Where somebody without a usable draft, or without a group, has to go first. */
export function startOver(survey: Survey): string {
  if (survey.own?.draft.state === 'submitted') return survey.path('/receipt');
  if (survey.own?.draft.state === 'sending') return survey.path('/check');
  return survey.own === null ? survey.path() : survey.path('/group');
}

export function pagePath(survey: Survey, { code }: Page): string {
  return survey.path(`/page/${encodeURIComponent(code)}`);
}

/** Where somebody who comes back goes on: the first page without any answer, else the check page. */
export function firstUnfinished(survey: Survey): string {
  const draft = openDraft(survey);
  const blank = draft?.flow.pages.find((page) => codesOf(page).every((code) => draft.flow.answers[code] === undefined));
  return blank ? pagePath(survey, blank) : survey.path('/check');
}

/** The page of the form with this code, visible or not. */
export function formPage({ round, questionnaire }: Survey, code: string): Page | undefined {
  return questionnaire.instrument.forms[round.form]?.pages.find((page) => page.code === code);
}

/** The visible page before or after this one. */
export function neighbour(survey: Survey, flow: Flow, page: Page, step: -1 | 1): Page | undefined {
  const all = survey.questionnaire.instrument.forms[survey.round.form]?.pages ?? [];
  const place = all.findIndex(({ code }) => code === page.code);
  const visible = new Set(flow.pages.map(({ code }) => code));
  const beyond = step === 1 ? all.slice(place + 1) : all.slice(0, place).reverse();
  return beyond.find(({ code }) => visible.has(code));
}

/** In the order of the page. */
export function questionsOf({ questionnaire }: Survey, page: Page): readonly Question[] {
  return questionsByPage(questionnaire.instrument).get(page) ?? [];
}

const questionsByPage = rememberedFor(({ questions, forms }: Instrument): ReadonlyMap<Page, readonly Question[]> => {
  const byCode = new Map(questions.map((question) => [question.code, question]));
  const pages = [...forms.full.pages, ...(forms.core?.pages ?? [])];
  return new Map(pages.map((page) => [page, codesOf(page).flatMap((code) => byCode.get(code) ?? [])]));
});
