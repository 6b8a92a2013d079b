import { wayOf, type Round } from '../assessment/round';
import { groupsAsked } from '../assessment/asking-plan';
import type { Rounds } from '../assessment/rounds';
import { otherKey, type Answer, type Answers } from '../definitions/answers';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Store } from '../storage/port';
import { readCode } from './code';
import type { Drafts, StartRefusal, TicketRefusal } from './drafts';
import {
  mostForms,
  paperBatchesSpec,
  typedFormsSpec,
  type PaperBatch,
  type PaperDifference,
  type TypedForm,
} from './paper-batch';
import type { Questionnaires } from './questionnaire';
import { submissionsSpec } from './submission';
import type { Submissions, SubmitRefusal } from './submissions';

/** What matters for the number of a form: the group of its pile, and whether it came by a code of its own. */
interface PlacedIn {
  readonly group: string;
  readonly coded: boolean;
}

type BatchRefusal = Refusal<'batch-unknown' | 'round-not-open'>;

export interface PaperBatches {
  ofRound(roundId: string): Promise<PaperBatch[]>;
  get(roundId: string, batchId: string): Promise<PaperBatch | null>;
  /** By number. */
  forms(roundId: string, batchId: string): Promise<TypedForm[]>;
  create(
    roundId: string,
    group: string,
    count: number,
  ): Promise<PaperBatch | Refusal<'round-unknown' | 'round-not-open' | 'group-unknown' | 'count-malformed'>>;
  /** How many forms there really are: no fewer than were typed. */
  recount(
    roundId: string,
    batchId: string,
    count: number,
  ): Promise<PaperBatch | Refusal<'batch-unknown' | 'count-malformed'>>;
  /**
   * Begins to type a form: a draft as any other, whose token stays with the typist. A group that answers by cards needs
   * the code on the paper (`code-malformed`, and as for a card); another group has blank forms.
   */
  begin(
    roundId: string,
    batchId: string,
    code: string,
  ): Promise<
    | { readonly token: string }
    | BatchRefusal
    | StartRefusal
    | TicketRefusal
    | Refusal<'code-malformed' | 'code-of-other-group' | 'group-unknown'>
  >;
  /**
   * Sends what was typed, by the same way as every answer. Sending the same form again changes nothing; another form
   * under a number that has one is refused (`form-entered`).
   */
  enter(
    token: string,
    batchId: string,
    number: number,
    answers: Readonly<Record<string, Answer | null>>,
  ): Promise<
    | TypedForm
    | BatchRefusal
    | SubmitRefusal
    | Refusal<'form-entered' | 'batch-full' | 'answer-malformed' | 'draft-sent'>
  >;
  /** What differs where a form is typed again; words are compared with nothing, since they lie apart. */
  differences(
    roundId: string,
    batchId: string,
    number: number,
    answers: Answers,
  ): Promise<readonly PaperDifference[] | Refusal<'form-unknown'>>;
  /**
   * Ends a second entry: keeps the first entry but for these questions, which get what was typed the second time.
   *
   * @param found how many answers differed
   */
  settle(
    roundId: string,
    batchId: string,
    number: number,
    corrected: Readonly<Record<string, Answer | null>>,
    found: number,
  ): Promise<TypedForm | Refusal<'form-unknown' | 'answers-invalid' | 'round-closed'>>;
}

export function createPaperBatches(deps: {
  store: Store;
  rounds: Rounds;
  drafts: Drafts;
  submissions: Submissions;
  questionnaires: Questionnaires;
}): PaperBatches {
  const { store, rounds, drafts, submissions, questionnaires } = deps;
  const batchesOf = (roundId: string) => store.collection(paperBatchesSpec, roundId);
  const formsOf = (roundId: string) => store.collection(typedFormsSpec, roundId);
  const answersOf = (roundId: string) => store.collection(submissionsSpec, roundId);

  async function openRound(roundId: string): Promise<Round | Refusal<'round-unknown' | 'round-not-open'>> {
    const round = await rounds.get(roundId);
    if (!round) return refuse('round-unknown');
    return round.status === 'open' ? round : refuse('round-not-open', { status: round.status });
  }

  const isCount = (count: number): boolean => Number.isInteger(count) && count >= 1 && count <= mostForms;

  async function formOf(roundId: string, batchId: string, number: number): Promise<TypedForm | null> {
    return formsOf(roundId).get(idOf(batchId, number));
  }

  /** The answers of a typed form; null where it is gone. */
  async function typedAnswers(roundId: string, form: TypedForm | null): Promise<Answers | null> {
    return form === null ? null : ((await answersOf(roundId).get(form.answer))?.answers ?? null);
  }

  /**
   * Gives a form its number, once. A form without a code takes over one that a crash has left without an answer, after
   * it has seen to it that this answer cannot come any more: its id is taken. A form with a code does not, because the
   * other one may hold its code already, and could not be entered in another place.
   */
  async function place(roundId: string, form: TypedForm, { group, coded }: PlacedIn): Promise<boolean> {
    const forms = formsOf(roundId);
    const answers = answersOf(roundId);
    for (;;) {
      if ((await forms.insert(form)).inserted) return true;
      const there = await forms.get(form.id);
      if (there === null) continue;
      if (there.answer === form.answer) return true;
      // Somebody else has taken this one over; read after `there`, so that no two take over each other.
      if (coded || (await answers.get(form.answer)) !== null) return false;
      const ended = await answers.insert({ id: there.answer, group, state: 'withdrawn' });
      if (!ended.inserted && (await answers.get(there.answer))?.state !== 'withdrawn') return false;
      const placed = await forms.update(form.id, (one) => (one.answer === there.answer ? form : null), there);
      if (placed !== null) return true;
    }
  }

  return {
    async ofRound(roundId) {
      return (await batchesOf(roundId).find({})).sort((one, other) => one.number - other.number);
    },
    get: (roundId, batchId) => batchesOf(roundId).get(batchId),
    async forms(roundId, batchId) {
      return (await formsOf(roundId).find({ batch: batchId })).sort((one, other) => one.number - other.number);
    },

    async create(roundId, group, count) {
      const round = await openRound(roundId);
      if (isRefusal(round)) return round;
      const asked = groupsAsked(rounds.instrumentOf(round).instrument, round);
      if (!asked.some(({ code }) => code === group)) return refuse('group-unknown', { group });
      if (!isCount(count)) return refuse('count-malformed', { count: mostForms });
      for (;;) {
        const number = ((await this.ofRound(roundId)).at(-1)?.number ?? 0) + 1;
        const batch: PaperBatch = { id: `batch-${number}`, number, group, count };
        if ((await batchesOf(roundId).insert(batch)).inserted) return batch;
      }
    },

    async recount(roundId, batchId, count) {
      const typed = (await this.forms(roundId, batchId)).at(-1)?.number ?? 0;
      if (!isCount(count) || count < typed) return refuse('count-malformed', { count: mostForms });
      const batch = await batchesOf(roundId).update(batchId, (one) => ({ ...one, count }));
      return batch ?? refuse('batch-unknown');
    },

    async begin(roundId, batchId, typed) {
      const round = await openRound(roundId);
      if (isRefusal(round)) return round;
      const batch = await batchesOf(roundId).get(batchId);
      if (!batch) return refuse('batch-unknown');
      if (wayOf(round, batch.group) !== 'cards') return drafts.startOnPaper(roundId, batch.group);
      const code = readCode(typed);
      if (code === null) return refuse('code-malformed');
      const begun = await drafts.startWith(roundId, code);
      if (isRefusal(begun)) return begun;
      const draft = await drafts.read(begun.token);
      return draft?.state === 'open' && draft.group === batch.group ? begun : refuse('code-of-other-group');
    },

    async enter(token, batchId, number, answers) {
      const draft = await drafts.unlock(token);
      if (!draft) return refuse('draft-unknown');
      const roundId = draft.round.id;
      const batch = await batchesOf(roundId).get(batchId);
      if (!batch) return refuse('batch-unknown');
      if (number < 1 || number > batch.count) return refuse('batch-full', { count: batch.count });
      if (draft.content === null) return (await formOf(roundId, batchId, number)) ?? refuse('form-entered', { number });
      if (draft.stored.state === 'open') {
        const saved = await drafts.save(token, answers);
        if (isRefusal(saved)) return saved;
      }
      const form: TypedForm = {
        ...{ id: idOf(batchId, number), batch: batchId, number },
        ...{ answer: draft.content.submissionId, differences: null },
      };
      const coded = draft.content.ticket !== null;
      if (!(await place(roundId, form, { group: batch.group, coded }))) return refuse('form-entered', { number });
      const receipt = await submissions.submit(token);
      if (!isRefusal(receipt)) return form;
      // Nothing was sent: the number is free for the form that is mended.
      await formsOf(roundId).remove({ id: form.id, answer: form.answer });
      // Withdrawn though the round is open: another form has taken the number over.
      const takenOver = receipt.refused === 'round-closed' && !isRefusal(await openRound(roundId));
      return takenOver ? refuse('form-entered', { number }) : receipt;
    },

    async differences(roundId, batchId, number, answers) {
      const first = await typedAnswers(roundId, await formOf(roundId, batchId, number));
      const round = await rounds.get(roundId);
      const batch = await batchesOf(roundId).get(batchId);
      if (first === null || !round || !batch) return refuse('form-unknown');
      const questionnaire = await questionnaires.of(round);
      const second = questionnaire.flow({ group: batch.group, answers }).answers;
      return questionnaire.instrument.questions
        .filter(({ type }) => type !== 'short-text' && type !== 'long-text')
        .map(({ code }) => ({ question: code, first: first[code] ?? null, second: second[code] ?? null }))
        .filter((one) => JSON.stringify(one.first) !== JSON.stringify(one.second));
    },

    async settle(roundId, batchId, number, corrected, found) {
      const form = await formOf(roundId, batchId, number);
      const first = await typedAnswers(roundId, form);
      const round = await rounds.get(roundId);
      const batch = await batchesOf(roundId).get(batchId);
      if (form === null || first === null || !round || !batch) return refuse('form-unknown');
      if (round.status !== 'open') return refuse('round-closed');
      const wanted = new Map(Object.entries({ ...first, ...corrected }).filter(([, answer]) => answer !== null));
      for (const [code, answer] of Object.entries(corrected)) if (answer === null) wanted.delete(otherKey(code));
      const questionnaire = await questionnaires.of(round);
      const { answers, invalid } = questionnaire.flow({
        group: batch.group,
        answers: Object.fromEntries(wanted) as Answers,
      });
      if (invalid.length > 0)
        return refuse('answers-invalid', { questions: invalid.map(({ question }) => question).join(' ') });
      // One step, which loses to sealing: what it has taken is not changed any more.
      const changed = await answersOf(roundId).update(form.answer, (one) =>
        one.state === 'complete' || one.state === 'accepted' ? { ...one, answers } : null,
      );
      if (!changed) return refuse('round-closed');
      const settled = await formsOf(roundId).update(form.id, (one) => ({ ...one, differences: found }));
      if (!settled) throw new Failure('form-lost', 'A typed form has vanished while it was checked.');
      return settled;
    },
  };
}

function idOf(batchId: string, number: number): string {
  return `${batchId}:${number}`;
}
