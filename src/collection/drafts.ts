import { groupsAsked } from '../assessment/asking-plan';
import { takesAnswers, wayOf, type Round } from '../assessment/round';
import type { Rounds } from '../assessment/rounds';
import { checkAnswer } from '../definitions/answer-check';
import { longestOtherWords, otherKey, type Answer } from '../definitions/answers';
import type { Instrument } from '../definitions/instrument';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Ids, RandomBytes } from '../shared/ids';
import type { Store } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import type { Code } from './code';
import { draftsSpec, visibleDraft, type Draft, type DraftContent, type StoredDraft, type UnlockedDraft } from './draft';
import { decrypt, draftIdOf, encrypt, keyOfToken, lockKey, newToken, roundOfToken, unlockKey } from './draft-cipher';
import type { ResumeCode, ResumeCodes } from './resume-codes';
import type { Tickets } from './tickets';

export type StartRefusal = Refusal<'round-unknown' | 'round-not-open'>;
export type TicketRefusal = Refusal<'ticket-unknown' | 'ticket-used' | 'ticket-void'>;
export type SaveRefusal = Refusal<'draft-unknown' | 'draft-sent' | 'round-closed'>;

export interface Drafts {
  /** Begins a draft in an open round; the token goes to the respondent (cookie) and nowhere else. */
  start(roundId: string): Promise<{ readonly token: string } | StartRefusal>;
  /** The same for the holder of a ticket, whose group it has from the start. Nothing becomes of the ticket yet. */
  startWith(roundId: string, code: Code): Promise<{ readonly token: string } | StartRefusal | TicketRefusal>;
  /**
   * For a paper form without a code, typed in by staff: with its group from the start. A group that answers by cards has
   * codes on its paper, so it has no blank forms: `group-unknown`.
   */
  startOnPaper(
    roundId: string,
    group: string,
  ): Promise<{ readonly token: string } | StartRefusal | Refusal<'group-unknown'>>;
  /** null: no such draft (never begun, or its round was closed). */
  read(token: string): Promise<Draft | null>;
  /** The same in a round that was just read; null where the draft is of another one. */
  readIn(round: Round, token: string): Promise<Draft | null>;
  /** Whether there is such a draft, without opening it. */
  isThere(token: string): Promise<boolean>;
  /** Of the groups that answer by the open link; `group-fixed` where the draft came by a ticket. */
  chooseGroup(token: string, group: string): Promise<Draft | SaveRefusal | Refusal<'group-unknown' | 'group-fixed'>>;
  /**
   * Replaces the answers of the named questions (and `<code>.other`); null takes one back. Questions that are not named
   * keep theirs, so saves of different pages at the same time both last.
   *
   * `seen`, here and below, saves the reading: the draft as it was given out here. Where it has changed since, it is
   * read after all.
   */
  save(
    token: string,
    answers: Readonly<Record<string, Answer | null>>,
    seen?: Draft | null,
  ): Promise<Draft | SaveRefusal | Refusal<'answer-malformed'>>;
  /** Remembers that this page has reminded once of questions left out. */
  markReminded(token: string, page: string, seen?: Draft | null): Promise<Draft | SaveRefusal>;
  /** The code to go on with elsewhere, the same every time it is asked for; `busy` where too many wait for theirs. */
  takeCode(token: string): Promise<{ readonly code: ResumeCode } | SaveRefusal | Refusal<'busy'>>;
  /**
   * The token of the draft with this code, as somebody has typed it. One answer for a code that is wrong, whose draft
   * was sent, and whose draft was discarded: `code-unknown`. `code-malformed` where it cannot be a code at all.
   */
  resume(
    roundId: string,
    typed: string,
  ): Promise<{ readonly token: string } | Refusal<'code-malformed' | 'code-unknown' | 'busy'>>;
  /**
   * Removes a draft whole: whoever holds its token gets nothing any more. False, and nothing is done, where it is being
   * sent; true where there is nothing to remove.
   */
  discard(token: string): Promise<boolean>;
  /** How many have begun and not sent: a number for staff, before they close. */
  begun(roundId: string): Promise<number>;
  /** Whether somebody may still come back with a code, which another installation key would make worthless. */
  codesAreOut(): Promise<boolean>;
  /** The round of a token, if it has drafts: while it takes answers, and while it is being sealed. */
  roundOf(token: string): Promise<Round | null>;
  /** For `submissions.ts`. */
  unlock(token: string): Promise<UnlockedDraft | null>;
  /** The same in its round, which was just read. */
  unlockIn(round: Round, token: string): Promise<UnlockedDraft | null>;
  /** For `submissions.ts`: open → sending if nothing was saved since; null where something was. */
  freeze(draft: UnlockedDraft): Promise<UnlockedDraft | null>;
  /** For `submissions.ts`: forgets content and keys. */
  forget(draft: UnlockedDraft): Promise<void>;
}

/** A draft with its token and the key of its box, which is null once it is submitted. */
interface OpenedDraft extends UnlockedDraft {
  readonly token: string;
  readonly key: Buffer | null;
}

/** What goes with an edit of the content: more fields of the row. */
type Edit = (content: DraftContent, key: Buffer) => { content: DraftContent; also?: Partial<StoredDraft> };
/** What is in the way of a change, whatever the state of the draft; null: nothing. */
type Barred<Why extends Refusal> = (found: UnlockedDraft) => Why | null;
const unbarred: Barred<never> = () => null;

export function createDrafts(deps: {
  store: Store;
  ids: Ids;
  randomBytes: RandomBytes;
  rounds: Rounds;
  tickets: Pick<Tickets, 'ofCode'>;
  codes: ResumeCodes;
}): Drafts {
  const { ids, randomBytes, rounds, tickets, codes } = deps;
  const draftsOf = (roundId: string) => deps.store.collection(draftsSpec, roundId);

  /** What the drafts that were given out were made from, as long as somebody has them. */
  const madeFrom = new WeakMap<Draft, OpenedDraft>();

  function given(opened: OpenedDraft): Draft {
    const draft = visibleDraft(opened.round, opened.stored, opened.content);
    madeFrom.set(draft, opened);
    return draft;
  }

  async function roundFor(token: string): Promise<Round | null> {
    const roundId = roundOfToken(token);
    return roundId === null ? null : rounds.get(roundId);
  }

  function storedIn(round: Round, token: string): Promise<StoredDraft | null> {
    return hasDrafts(round) ? draftsOf(round.id).get(draftIdOf(token)) : Promise.resolve(null);
  }

  async function openIn(round: Round, token: string): Promise<OpenedDraft | null> {
    const stored = await storedIn(round, token);
    if (!stored) return null;
    const { id, state, keyByToken, box } = stored;
    if (state === 'submitted') return { token, round, stored, content: null, key: null };
    if (box === undefined || keyByToken === undefined) {
      throw new Failure('draft-damaged', 'A stored draft has lost its content.');
    }
    const place = placeOf(id, round.id);
    const key = unlockKey(keyOfToken(token), place, keyByToken);
    return { token, round, stored, content: JSON.parse(decrypt(key, place, box)) as DraftContent, key };
  }

  async function open(token: string): Promise<OpenedDraft | null> {
    const round = await roundFor(token);
    return round && openIn(round, token);
  }

  /** Last write wins per question: where another save came first, its result is edited again. */
  async function change<Why extends Refusal>(
    token: string,
    edit: Edit,
    barred: Barred<Why>,
    seen: Draft | null = null,
  ): Promise<Draft | SaveRefusal | Why> {
    let before = seen === null ? undefined : madeFrom.get(seen);
    if (before?.token !== token) before = undefined;
    for (;;) {
      const found = before ?? (await open(token));
      before = undefined;
      if (!found) return refuse('draft-unknown');
      const why = barred(found);
      if (why) return why;
      const { round, stored, content, key } = found;
      if (!content || !key || stored.state !== 'open') return refuse('draft-sent');
      if (!takesAnswers(round)) return refuse('round-closed');
      const { content: edited, also = {} } = edit(content, key);
      const box = encrypt(key, placeOf(stored.id, round.id), JSON.stringify(edited), randomBytes);
      // Its revision says that the state is still `open` too.
      const saved = await updateSeen(draftsOf(round.id), stored.id, stored, { ...also, box });
      if (saved) return given({ token, round, stored: saved, content: edited, key });
    }
  }

  async function begin(
    roundId: string,
    entry: Pick<DraftContent, 'group' | 'ticket'>,
  ): Promise<{ readonly token: string } | StartRefusal> {
    const token = newToken(roundId, randomBytes);
    const id = draftIdOf(token);
    const content: DraftContent = {
      token,
      resumeCode: null,
      ...entry,
      claim: randomBytes(16).toString('base64url'),
      answers: {},
      remindedPages: [],
      submissionId: ids.uuid(),
      textKey: randomBytes(32).toString('base64url'),
    };
    const place = placeOf(id, roundId);
    const key = randomBytes(32);
    const keyByToken = lockKey(keyOfToken(token), place, key, randomBytes);
    const box = encrypt(key, place, JSON.stringify(content), randomBytes);
    const drafts = draftsOf(roundId);
    await drafts.insert({ id, state: 'open', keyByToken, box, revision: 1 });
    // Closing removes the round's drafts; one that slipped in behind it would stay for ever.
    if ((await rounds.get(roundId))?.status === 'open') return { token };
    await drafts.remove({ id });
    return refuse('round-not-open');
  }

  async function openRound(roundId: string): Promise<Round | StartRefusal> {
    const round = await rounds.get(roundId);
    if (!round) return refuse('round-unknown');
    return round.status === 'open' ? round : refuse('round-not-open', { status: round.status });
  }

  return {
    unlock: open,
    unlockIn: openIn,

    async roundOf(token) {
      const round = await roundFor(token);
      return round && hasDrafts(round) ? round : null;
    },

    async start(roundId) {
      const round = await openRound(roundId);
      return isRefusal(round) ? round : begin(roundId, { group: null, ticket: null });
    },

    async startWith(roundId, code) {
      const round = await openRound(roundId);
      if (isRefusal(round)) return round;
      const ticket = await tickets.ofCode(roundId, code);
      if (!ticket) return refuse('ticket-unknown');
      if (ticket.state === 'void') return refuse('ticket-void');
      // One that is claimed may still be this person's own sending, which a look at the old browser would complete.
      if (ticket.state !== 'free') return refuse('ticket-used');
      return begin(roundId, { group: ticket.group, ticket: ticket.id });
    },

    async startOnPaper(roundId, group) {
      const round = await openRound(roundId);
      if (isRefusal(round)) return round;
      const asked = groupsAsked(rounds.instrumentOf(round).instrument, round);
      const blank = asked.some(({ code }) => code === group) && wayOf(round, group) !== 'cards';
      return blank ? begin(roundId, { group, ticket: null }) : refuse('group-unknown', { group });
    },

    async read(token) {
      const found = await open(token);
      return found && given(found);
    },

    async readIn(round, token) {
      const found = roundOfToken(token) === round.id ? await openIn(round, token) : null;
      return found && given(found);
    },

    async isThere(token) {
      const round = await roundFor(token);
      return round !== null && (await storedIn(round, token)) !== null;
    },

    chooseGroup: (token, group) =>
      change<Refusal<'group-unknown' | 'group-fixed'>>(
        token,
        (content) => ({ content: { ...content, group } }),
        ({ round, content }) => {
          if (content && content.ticket !== null) return refuse('group-fixed');
          const asked = groupsAsked(rounds.instrumentOf(round).instrument, round);
          const offered = asked.some(({ code }) => code === group) && wayOf(round, group) === 'link';
          return offered ? null : refuse('group-unknown', { group });
        },
      ),

    save: (token, answers, seen) =>
      change<Refusal<'answer-malformed'>>(
        token,
        (content) => {
          const merged = new Map(Object.entries(content.answers));
          for (const [question, answer] of Object.entries(answers)) {
            if (answer === null) merged.delete(question);
            else merged.set(question, answer);
          }
          return { content: { ...content, answers: Object.fromEntries(merged) } };
        },
        ({ round }) => {
          const { instrument } = rounds.instrumentOf(round);
          const strange = Object.entries(answers).find(([key, answer]) => !fits(instrument, key, answer));
          return strange ? refuse('answer-malformed', { question: strange[0] }) : null;
        },
        seen,
      ),

    markReminded: (token, page, seen) =>
      change(
        token,
        (content) => ({ content: { ...content, remindedPages: [...new Set([...content.remindedPages, page])] } }),
        unbarred,
        seen,
      ),

    async takeCode(token) {
      const found = await open(token);
      if (!found) return refuse('draft-unknown');
      const { round, stored, content } = found;
      if (!content || stored.state !== 'open') return refuse('draft-sent');
      if (content.resumeCode !== null) return { code: content.resumeCode };
      const drawn = await codes.draw(round.id);
      const keys = await codes.keysOf(round.id, drawn);
      if (keys === 'turned-away') return refuse('busy');
      // Pressed twice: the first code stays.
      const saved = await change(
        token,
        (now, key) =>
          now.resumeCode !== null
            ? { content: now }
            : {
                content: { ...now, resumeCode: drawn },
                also: {
                  resumeId: keys.id,
                  keyByCode: lockKey(keys.key, placeOf(stored.id, round.id), key, randomBytes),
                },
              },
        unbarred,
      );
      if (isRefusal(saved)) return saved;
      return saved.state === 'submitted' ? refuse('draft-sent') : { code: saved.resumeCode ?? drawn };
    },

    async resume(roundId, typed) {
      const code = codes.read(roundId, typed);
      if (code === 'malformed') return refuse('code-malformed');
      const round = await rounds.get(roundId);
      if (code === null || !round || !takesAnswers(round)) return refuse('code-unknown');
      const keys = await codes.keysOf(roundId, code);
      if (keys === 'turned-away') return refuse('busy');
      const [stored] = await draftsOf(roundId).find({ resumeId: keys.id }, { limit: 1 });
      const { keyByCode, box } = stored ?? {};
      if (!stored || keyByCode === undefined || box === undefined) return refuse('code-unknown');
      const place = placeOf(stored.id, roundId);
      const content = JSON.parse(decrypt(unlockKey(keys.key, place, keyByCode), place, box)) as DraftContent;
      return { token: content.token };
    },

    async discard(token) {
      const found = await open(token);
      if (found?.stored.state !== 'open') return found?.stored.state !== 'sending';
      const removed = await draftsOf(found.round.id).remove({ id: found.stored.id, state: 'open' });
      return removed > 0 || this.discard(token);
    },

    async codesAreOut() {
      for (const part of await deps.store.parts()) {
        if ((await draftsOf(part).count({ state: { $in: ['open', 'sending'] }, resumeId: { $gt: '' } })) > 0)
          return true;
      }
      return false;
    },

    begun: (roundId) => draftsOf(roundId).count({ state: { $in: ['open', 'sending'] } }),

    async freeze({ round, stored, content }) {
      const frozen = await updateSeen(draftsOf(round.id), stored.id, stored, { state: 'sending' });
      return frozen && { round, stored: frozen, content };
    },

    async forget({ round, stored }) {
      const emptied = ({ id, resumeId, revision }: StoredDraft): StoredDraft => ({
        ...{ id, state: 'submitted', revision: revision + 1 },
        ...(resumeId === undefined ? {} : { resumeId }),
      });
      await draftsOf(round.id).update(stored.id, emptied, stored);
    },
  };
}

function hasDrafts(round: Round): boolean {
  return takesAnswers(round) || round.status === 'sealing';
}

/** Whether a form of this instrument could have sent it: a known question and an answer of its kind. */
function fits(instrument: Instrument, key: string, answer: Answer | null): boolean {
  const question = instrument.questions.find(({ code }) => code === key);
  if (question) return answer === null || checkAnswer(instrument, question, answer) === null;
  const asker = instrument.questions.find(({ code }) => otherKey(code) === key);
  if (!asker || !('choices' in asker) || !asker.choices.some(({ other }) => other)) return false;
  return answer === null || (typeof answer === 'string' && Array.from(answer).length <= longestOtherWords);
}

/** Bound into the encryption, so that a box cannot be moved to another draft or round. */
function placeOf(id: string, roundId: string): string {
  return `${id} ${roundId}`;
}
