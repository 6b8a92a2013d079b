import type { Answers, FactValues } from '../definitions/answers';
import { followFlow, type Flow, type FlowContext } from '../definitions/flow';
import type { Form, Instrument, Page } from '../definitions/instrument';
import { readByRules } from '../definitions/read-by-rules';
import { rulesOfPage, type PageRules } from '../definitions/page-rules';
import { rememberedFor } from '../shared/remember';
import type { Round } from '../assessment/round';
import type { Rounds } from '../assessment/rounds';

/**
 * The instrument as one round asks it: sections of areas that are out of the round's scope are left out of both forms,
 * and with them pages that would be empty, so nobody answers what will not count.
 */
export function inScope(instrument: Instrument, outOfScope: readonly string[]): Instrument {
  if (outOfScope.length === 0) return instrument;
  const kept = scopesOf(instrument);
  const key = outOfScope.join(' ');
  const known = kept.get(key) ?? reducedTo(instrument, outOfScope);
  kept.set(key, known);
  return known;
}

/** One object for one scope, so that what is kept for an instrument is kept for a part of it too. */
const scopesOf = rememberedFor<Instrument, Map<string, Instrument>>(() => new Map());

function reducedTo(instrument: Instrument, outOfScope: readonly string[]): Instrument {
  const away = new Set(outOfScope);
  const emptyPlanes = (instrument.planes ?? []).filter(({ areas }) => areas.every(({ code }) => away.has(code)));
  const dropped = new Set(
    instrument.questions
      .filter(
        (question) =>
          (question.type === 'rating' && question.area !== undefined && away.has(question.area)) ||
          ('commentOn' in question && emptyPlanes.some(({ code }) => code === question.commentOn)),
      )
      .map(({ code }) => code),
  );
  const reduced = (form: Form): Form => ({
    ...form,
    pages: form.pages.flatMap((page): Page[] => {
      const sections = page.sections
        .map((section) => ({ ...section, questions: section.questions.filter((code) => !dropped.has(code)) }))
        .filter(({ questions }) => questions.length > 0);
      return sections.length > 0 ? [{ ...page, sections }] : [];
    }),
  });
  const { full, core } = instrument.forms;
  return { ...instrument, forms: { full: reduced(full), ...(core ? { core: reduced(core) } : {}) } };
}

/** What a respondent has chosen and answered so far. */
interface Given {
  readonly group: string | null;
  readonly answers: Answers;
}

/** What a round asks, for pages and for submitting. */
export interface Questionnaire {
  /** The pinned instrument, reduced to the round's scope. */
  readonly instrument: Instrument;
  /** What is known before anybody answers, for somebody of this group. */
  contextOf(group: string | null): FlowContext;
  /** What a respondent sees now, and what of the given answers counts. */
  flow(given: Given): Flow;
  /** The rules of one page of the form for a browser (`definitions/page-rules.ts`); null where it needs none. */
  pageRules(given: Given, flow: Flow, page: Page): PageRules | null;
}

export interface Questionnaires {
  /** For a round that was opened. */
  of(round: Round): Promise<Questionnaire>;
  /** What the round would ask with this instrument, for pages that prepare it. */
  expected(round: Round, instrument: Instrument): Promise<Questionnaire>;
}

export function createQuestionnaires(deps: {
  rounds: Rounds;
  /** What the fact sheet of a round says under these codes: those that rules read. */
  factsAt: (roundId: string, codes: readonly string[]) => Promise<FactValues>;
}): Questionnaires {
  async function expected(round: Round, whole: Instrument): Promise<Questionnaire> {
    const instrument = inScope(whole, round.outOfScope);
    const facts = await deps.factsAt(round.id, readByRules(instrument).facts);
    const contextOf = (group: string | null) => ({ form: round.form, group, round: round.name, facts });
    const flow: Questionnaire['flow'] = ({ group, answers }) => followFlow(instrument, contextOf(group), answers);
    return {
      ...{ instrument, contextOf, flow },
      pageRules: (given, followed, page) =>
        rulesOfPage(instrument, contextOf(given.group), given.answers, followed, page),
    };
  }
  return { expected, of: (round) => expected(round, deps.rounds.instrumentOf(round).instrument) };
}
