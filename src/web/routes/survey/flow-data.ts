import type { Answers, FactValues } from '../../../definitions/answers';
import type { FlowContext } from '../../../definitions/flow';
import type { Instrument, Page } from '../../../definitions/instrument';
import type { Survey } from './open-round';
import { codesOf, type OpenDraft } from './way';

/** What the browser needs to show and hide questions by the same evaluator. Its result is never trusted. */
export interface FlowData {
  readonly instrument: Instrument;
  readonly context: FlowContext;
  /** Answers of the other pages. */
  readonly answers: Answers;
  /** Codes of this page's questions. */
  readonly questions: readonly string[];
}

/** As JSON for a data block in the page; null where nothing on the page depends on anything. */
export async function flowData(survey: Survey, draft: OpenDraft, page: Page): Promise<string | null> {
  const { instrument } = survey.questionnaire;
  const here = new Set(codesOf(page));
  const { full, core } = instrument.forms;
  const pages = [...full.pages, ...(core?.pages ?? [])];
  const changes = [...instrument.questions, ...pages].some(
    (one) => one.visibleIf !== undefined && mentions(one.visibleIf, here, instrument),
  );
  if (!changes) return null;
  const facts: FactValues = await survey.services.assessment.factSheet.valuesOf(survey.round.id);
  const data: FlowData = {
    instrument: withoutWords(instrument),
    context: { form: survey.round.form, group: draft.group, round: survey.round.name, facts },
    answers: Object.fromEntries(
      Object.entries(draft.answers).filter(([code]) => !here.has(code.replace(/\.other$/, ''))),
    ),
    questions: [...here],
  };
  // A text of the data must not be able to end the block it stands in.
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

/** Whether a rule reads an answer of these questions, itself or through a calc. */
function mentions(rule: unknown, codes: ReadonlySet<string>, instrument: Instrument): boolean {
  if (Array.isArray(rule)) return rule.some((part) => mentions(part, codes, instrument));
  if (typeof rule !== 'object' || rule === null) return false;
  return Object.entries(rule).some(([key, value]) => {
    if (key === 'answer') return codes.has(String(value));
    if (key !== 'calc') return mentions(value, codes, instrument);
    const calc = instrument.calcs?.find(({ name }) => name === value);
    return calc !== undefined && mentions(calc.rule, codes, instrument);
  });
}

/** Rules and codes only: the words are in the page already. */
function withoutWords(instrument: Instrument): Instrument {
  const wordy = new Set([
    'text',
    'hint',
    'highMeans',
    'variants',
    'title',
    'lead',
    'message',
    'valid',
    'name',
    'description',
  ]);
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, part]) =>
        wordy.has(key) && typeof part === 'object' ? [] : [[key, strip(part)]],
      ),
    );
  };
  const { id, version, kind, languages, questions, calcs, forms } = instrument;
  return strip({ id, version, kind, languages, title: { pl: '' }, questions, calcs, forms }) as Instrument;
}
