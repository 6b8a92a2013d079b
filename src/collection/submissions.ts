import { sealedAnswersSpec } from '../assessment/sealed-answers';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Store } from '../storage/port';
import { takesAnswers, type Round } from '../assessment/round';
import { answersIn, type AnswersByGroup, type CountsOf, type Rounds } from '../assessment/rounds';
import type { UnlockedDraft } from './draft';
import type { Drafts } from './drafts';
import { freeTextsSpec, separateTexts } from './free-texts';
import type { Questionnaire, Questionnaires } from './questionnaire';
import { submissionsSpec, type Submission } from './submission';
import type { Ticket, Tickets } from './tickets';

export interface Receipt {
  readonly submitted: true;
  readonly roundId: string;
}

export type SubmitRefusal = Refusal<
  | 'draft-unknown'
  | 'round-closed'
  | 'group-missing'
  | 'answers-missing'
  | 'answers-invalid'
  | 'nothing-rated'
  | 'ticket-used'
  | 'ticket-void'
>;

export interface Submissions {
  /**
   * Turns a draft into a submission. Sending again, at the same time or after a crash, gives the same receipt and
   * never a second answer; once a receipt was given the answer is in the results. `ticket-used`: an answer was or is
   * being sent with the same ticket from elsewhere; this draft then stands still, and can be read until the round is
   * sealed.
   */
  submit(token: string): Promise<Receipt | SubmitRefusal>;
  /**
   * Completes what a crash has left half done in open rounds: the answers count, though nobody has the receipt yet, and
   * their words must not stay beside them. To be called at start and every minute.
   */
  completeStarted(): Promise<void>;
  /** Submissions so far by group code (groups with none are absent), at any status: counts only, no figures. */
  counts(roundId: string): Promise<AnswersByGroup>;
  /** The same of rounds that were just read. */
  countsOf: CountsOf;
  /** All submissions of each round, by its id; one without any may be absent. For lists: closed ones cost one question. */
  totals(rounds: readonly Pick<Round, 'id' | 'status'>[]): Promise<ReadonlyMap<string, number>>;
}

/** In these states an answer is counted, whatever has become of its sending or sealing. */
const countedStates = { state: { $in: ['pending', 'accepted', 'complete', 'taken', 'sealed'] as const } };

export function createSubmissions(deps: {
  store: Store;
  rounds: Rounds;
  drafts: Drafts;
  tickets: Pick<Tickets, 'get' | 'claim' | 'markUsed'>;
  questionnaires: Questionnaires;
}): Submissions {
  const { store, rounds, drafts, tickets, questionnaires } = deps;
  const sealedAnswers = store.collection(sealedAnswersSpec);

  const countsOf: CountsOf = async (of) => {
    const closed = of.filter(({ status }) => status === 'closed');
    const collecting = of.filter(({ status }) => status !== 'closed' && status !== 'draft').map(({ id }) => id);
    const [sealed, open] = await Promise.all([
      Promise.all(closed.map(async ({ id }) => [id, await sealedAnswers.countBy({ roundId: id }, 'group')] as const)),
      store.countByInParts(submissionsSpec, collecting, countedStates, 'group'),
    ]);
    return new Map([...sealed, ...open].map(([id, counts]) => [id, Object.fromEntries(counts)]));
  };

  async function isOpen(roundId: string): Promise<boolean> {
    const round = await rounds.get(roundId);
    return round !== null && takesAnswers(round);
  }

  /**
   * Whether the draft may go on: with its ticket, which it holds by its claim, or without one; or `counted`, where its
   * answer was counted with the ticket before.
   *
   * @param seen the draft's ticket as it was read; null where it has none, or where that is gone
   */
  async function ticketHeld(
    { round, content }: UnlockedDraft,
    seen: Ticket | null,
  ): Promise<{ readonly ticket: Ticket | null } | 'counted' | SubmitRefusal> {
    if (!content || content.ticket === null) return { ticket: null };
    const claimed = seen === null ? 'unknown' : await tickets.claim(round.id, seen, content.claim);
    if (typeof claimed === 'object') return { ticket: claimed };
    const own = await store.collection(submissionsSpec, round.id).get(content.submissionId);
    if (claimed === 'used' && own && own.state !== 'withdrawn') return 'counted';
    // Sealing removes all tickets in its last step.
    if (!(await isOpen(round.id))) return refuse('round-closed');
    return refuse(claimed === 'used' || claimed === 'taken' ? 'ticket-used' : 'ticket-void');
  }

  /** What this draft sends: the answers that count, and the words apart from them. */
  function submissionOf({ content }: UnlockedDraft, questionnaire: Questionnaire) {
    if (!content) throw new Failure('draft-damaged', 'A draft without content cannot be sent.');
    const { group, submissionId, textKey } = content;
    if (group === null) return refuse('group-missing');
    const flow = questionnaire.flow({ group, answers: content.answers });
    const missing = [...flow.required].filter((code) => flow.visible.has(code) && flow.answers[code] === undefined);
    if (missing.length > 0) return refuse('answers-missing', { questions: missing.join(' ') });
    if (flow.invalid.length > 0) {
      return refuse('answers-invalid', { questions: flow.invalid.map(({ question }) => question).join(' ') });
    }
    // Who rates nothing says nothing about the cooperation, but would count as one who answered.
    const ratings = questionnaire.instrument.questions.filter(
      ({ type, code }) => type === 'rating' && flow.visible.has(code),
    );
    if (ratings.length > 0 && !ratings.some(({ code }) => typeof flow.answers[code] === 'number')) {
      return refuse('nothing-rated');
    }
    const { answers, texts } = separateTexts(questionnaire.instrument, flow.answers, { group, textKey });
    return { id: submissionId, group, answers, texts, state: 'pending' } satisfies Submission;
  }

  /**
   * The inserted answer as it counts; null where it does not. It was there before sealing if the round takes answers
   * still: then sealing cannot miss it. Otherwise sealing may have it or not: the one of us who moves it first decides.
   */
  async function accepted(roundId: string, inserted: Submission): Promise<Submission | null> {
    const { id, group } = inserted;
    const submissions = store.collection(submissionsSpec, roundId);
    const open = await isOpen(roundId);
    const decided = (one: Submission): Submission | null => {
      if (one.state !== 'pending') return null;
      return open ? { ...one, state: 'accepted' } : { id, group, state: 'withdrawn' };
    };
    // Not pending any more: sealing or another sending of the same draft was quicker.
    const now = (await submissions.update(id, decided, inserted)) ?? (await submissions.get(id));
    if (!now) throw new Failure('submission-lost-sight-of', 'A round was closed for minutes while an answer was sent.');
    return now.state === 'withdrawn' ? null : now;
  }

  /**
   * Accepted → complete: the words that were sent go to a place of their own. If sealing has taken the answer, it has
   * the words too.
   */
  async function complete(
    roundId: string,
    { id, group, answers, texts = [] }: Submission,
    counted: Submission,
  ): Promise<void> {
    const apart = store.collection(freeTextsSpec, roundId);
    for (const text of texts) await apart.insert(text);
    const completed = (one: Submission): Submission | null => {
      if (one.state === 'complete') return one;
      return one.state === 'accepted' && answers ? { id, group, answers, state: 'complete' } : null;
    };
    const kept = await store.collection(submissionsSpec, roundId).update(id, completed, counted);
    // Sealing has seen what it had to see before the round was closed: these came once more.
    if (!kept && (await rounds.get(roundId))?.status === 'closed') {
      await apart.remove({ id: { $in: texts.map((text) => text.id) } });
    }
  }

  return {
    async submit(token) {
      for (;;) {
        const round = await drafts.roundOf(token);
        if (!round) return refuse('draft-unknown');
        const roundId = round.id;
        const [draft, questionnaire] = await Promise.all([drafts.unlockIn(round, token), questionnaires.of(round)]);
        if (!draft) return refuse('draft-unknown');
        const { stored, content } = draft;
        if (stored.state === 'submitted') return { submitted: true, roundId };
        if (stored.state === 'open' && !takesAnswers(round)) return refuse('round-closed');
        const submission = submissionOf(draft, questionnaire);
        if ('refused' in submission) return submission;
        // From here on the content stands still, so that a retry sends the same. Saved meanwhile: look again.
        const [frozen, seen] = await Promise.all([
          stored.state === 'sending' ? draft : drafts.freeze(draft),
          typeof content?.ticket === 'string' ? tickets.get(roundId, content.ticket) : null,
        ]);
        if (!frozen) continue;

        const held = await ticketHeld(frozen, seen);
        if (isRefusal(held)) return held;
        if (held === 'counted') {
          await drafts.forget(frozen);
          return { submitted: true, roundId };
        }
        await store.collection(submissionsSpec, roundId).insert(submission);
        const counted = await accepted(roundId, submission);
        if (counted === null) return refuse('round-closed');
        const finish = async () => {
          if (held.ticket !== null) await tickets.markUsed(roundId, held.ticket);
          await drafts.forget(frozen);
        };
        // It counts: neither waits for the other, and what is left undone of the first is the minute's work.
        await Promise.all([complete(roundId, submission, counted), finish()]);
        return { submitted: true, roundId };
      }
    },

    async completeStarted() {
      for (const roundId of await store.parts()) {
        if (!(await isOpen(roundId))) continue;
        const started = await store
          .collection(submissionsSpec, roundId)
          .find({ state: { $in: ['pending', 'accepted'] } });
        for (const one of started) {
          const counted = await accepted(roundId, one);
          if (counted !== null) await complete(roundId, one, counted);
        }
      }
    },

    countsOf,
    async counts(roundId) {
      const round = await rounds.get(roundId);
      return round === null ? {} : ((await countsOf([round])).get(roundId) ?? {});
    },

    async totals(of) {
      const closed = of.filter(({ status }) => status === 'closed').map(({ id }) => id);
      const sealed = await sealedAnswers.countBy({ roundId: { $in: closed } }, 'roundId');
      const open = await countsOf(of.filter(({ status }) => status !== 'closed'));
      return new Map([...sealed, ...[...open].map(([id, counts]) => [id, answersIn(counts)] as const)]);
    },
  };
}
