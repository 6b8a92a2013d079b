import type { Round } from '../../../src/assessment/round';
import type { Invitation } from '../../../src/collection/invitations/invitation';
import type { InvitationServices } from '../../../src/collection/invitations/services';
import type { Post } from '../../../src/letters/delivery';
import type { MailTransport, OutgoingMail, SendFault } from '../../../src/letters/transport';
import type { Clock } from '../../../src/shared/clock';
import type { Store } from '../../../src/storage/port';
import { allowed, assessmentOver, newOpenRound, type SurveyServices } from '../../support/builders';

/** The moment at which rounds of these tests open: a Monday noon in Warsaw, two weeks before summer time. */
export const opening = new Date('2026-03-16T12:00:00+01:00');

export interface Inviting {
  readonly services: SurveyServices;
  readonly letters: InvitationServices;
  readonly round: Round;
}

/** An open round whose organisations answer by invitations, until the end of April. */
export async function invitingRound(store: Store, clock: Clock): Promise<Inviting> {
  const services = assessmentOver(store, { clock });
  const round = await newOpenRound(services, {
    ways: { ngo: 'invitations', officials: 'cards' },
    groupSizes: { ngo: 500 },
    closesOn: '2026-04-30',
  });
  return { services, letters: services.invitations, round };
}

export const instrumentOf = ({ services, round }: Inviting) => services.rounds.instrumentOf(round).instrument;

/** Stores a list as somebody would who looked at the preview and confirmed it. */
export async function invite(inviting: Inviting, text: string, several = false): Promise<number> {
  const { letters, round } = inviting;
  const list = { text, usual: 'ngo', several: () => several };
  const { mark } = allowed(await letters.invitations.look(instrumentOf(inviting), round, list));
  return allowed(await letters.invitations.add(instrumentOf(inviting), round, list, mark)).added;
}

export const addresses = (count: number, name = 'osoba'): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${String(index + 1).padStart(3, '0')}@example.org`);

/** A mail server in memory, which says what it is told to. */
export interface FakePost extends Post {
  readonly sent: OutgoingMail[];
  /** What happens to the next letters to an address: a fault each, then they are taken. */
  readonly faults: Map<string, SendFault[]>;
}

export function fakePost(): FakePost {
  const sent: OutgoingMail[] = [];
  const faults = new Map<string, SendFault[]>();
  const transport: MailTransport = {
    send(mail) {
      const fault = faults.get(mail.to)?.shift();
      if (fault !== undefined) return Promise.reject(new Error(fault));
      sent.push(mail);
      return Promise.resolve();
    },
    faultOf: (error) => (error as Error).message as SendFault,
    close: () => Promise.resolve(),
  };
  return { transport, baseUrl: 'https://lijw.example.org', sent, faults };
}

/** The code of the personal link in a letter. */
export const codeIn = ({ text }: Pick<OutgoingMail, 'text'>): string => /\/ticket\/(\S+)/.exec(text)?.[1] ?? '';
export const stopPassIn = ({ text }: Pick<OutgoingMail, 'text'>): string => /\/no-letters\/(\S+)/.exec(text)?.[1] ?? '';

export const byAddress = (all: readonly Invitation[], address: string): Invitation =>
  all.find((one) => one.address === address)!;
