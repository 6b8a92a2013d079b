import type { Round } from '../../assessment/round';
import type { AssessmentServices } from '../../assessment/services';
import { baseMark, withBase } from '../../letters/base-mark';
import { createClockGuard, type ClockJump } from '../../letters/clock-guard';
import type { Post } from '../../letters/delivery';
import type { Clock } from '../../shared/clock';
import { Failure, isRefusal, refuse, type Refusal } from '../../shared/errors';
import type { Ids } from '../../shared/ids';
import type { Store } from '../../storage/port';
import type { InstallationKey } from '../installation-key';
import { ticketPath } from '../ticket-link';
import type { Tickets } from '../tickets';
import type { Invitation } from './invitation';
import { createInvitations, type Invitations } from './invitations';
import { writtenLetter, type WrittenLetter } from './letter';
import { createRoundTexts, type LetterKind, type LetterTexts, type RoundTexts } from './letter-texts';
import { createMailings, type Mailings } from './mailings';
import { addressFault, type ListFaultCode } from './list/check-list';
import { createAddressRetention, type AddressRetention } from './retention';
import { createSending, type PersonalLetter, type Sending } from './sending';

/** Stands in letters to nobody; no code looks like it. */
const exampleCode = 'PRZYKLAD';

/** Everything about invitations by e-mail that pages and jobs may ask. */
export interface InvitationServices extends AddressRetention {
  readonly invitations: Invitations;
  readonly mailings: Mailings;
  readonly texts: RoundTexts;
  readonly sending: Sending;
  /** A letter of the round to nobody, for looking at; its link opens nothing. */
  example(round: Round, kind: LetterKind, texts: LetterTexts): Promise<WrittenLetter>;
  /**
   * Sends such a letter to one address, at once. `letter-not-taken` says what the mail server answered (`reason`).
   */
  sendExample(
    post: Post,
    round: Round,
    kind: LetterKind,
    to: string,
  ): Promise<'sent' | Refusal<ListFaultCode | 'letter-not-taken'>>;
  /** Why reminders wait for a person: the clock has jumped; null where it is trusted. */
  jump(): Promise<ClockJump | null>;
  /** A person says that the clock is right. */
  confirmClock(): Promise<void>;
}

export function createInvitationServices(deps: {
  store: Store;
  clock: Clock;
  ids: Ids;
  key: InstallationKey;
  tickets: Tickets;
  assessment: Pick<AssessmentServices, 'assessments' | 'rounds' | 'units'>;
}): InvitationServices {
  const { store, clock, tickets, ids } = deps;
  const { assessments, rounds, units } = deps.assessment;
  const guard = createClockGuard({ store, clock });
  const mailings = createMailings({ store, clock });
  const texts = createRoundTexts({ store });
  const invitations = createInvitations({ ...deps, mailings });
  const sending = createSending({ store, clock, rounds, tickets, mailings, guard, letterTo });

  async function unitNameOf(round: Round): Promise<string> {
    const assessment = await assessments.get(round.assessmentId);
    const unit = assessment && (await units.get(assessment.unitId));
    if (!unit) throw new Failure('unit-missing', `Round ${round.id} has no assessment or its unit is gone.`);
    return unit.name;
  }

  async function letterTo(round: Round, invitation: Invitation, kind: LetterKind): Promise<PersonalLetter | null> {
    const code = await tickets.invite(round.id, invitation.group, invitation.id);
    if (isRefusal(code)) return null;
    const stopPath = `/survey/${round.linkCode}/no-letters/${invitations.stopPass(invitation.id)}`;
    const letter = writtenLetter(await texts.of(round.id), kind, {
      ...{ unitName: await unitNameOf(round), round, stopPath },
      linkPath: ticketPath(round.linkCode, code),
      shared: await invitations.isShared(round.id, invitation.address),
    });
    return { ...letter, unsubscribe: `${baseMark}${stopPath}` };
  }

  async function example(round: Round, kind: LetterKind, words: LetterTexts): Promise<WrittenLetter> {
    return writtenLetter(words, kind, {
      ...{ unitName: await unitNameOf(round), round, shared: false },
      linkPath: ticketPath(round.linkCode, exampleCode),
      stopPath: `/survey/${round.linkCode}/no-letters/${exampleCode}`,
    });
  }

  return {
    ...{ invitations, mailings, texts, sending, example },
    jump: () => guard.jump(),
    confirmClock: () => guard.confirm(),
    ...createAddressRetention({ store, clock, guard }),

    async sendExample({ transport, baseUrl }, round, kind, given) {
      const to = given.trim();
      const fault = addressFault(to);
      if (fault !== null) return refuse(fault, { value: to });
      const { subject, text } = await example(round, kind, await texts.of(round.id));
      try {
        await transport.send({ id: ids.uuid(), to, subject, text: withBase(text, baseUrl) });
        return 'sent';
      } catch (error) {
        return refuse('letter-not-taken', { reason: error instanceof Error ? error.message : String(error) });
      }
    },
  };
}
