/** A letter ready to go out. */
export interface OutgoingMail {
  /** Always the same for one letter: a letter sent twice after a crash can be recognised by it. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** An iCalendar file to attach. */
  readonly calendar?: string | null;
  /** Where a mail program may ask for no more letters (List-Unsubscribe); it sends a POST there. */
  readonly unsubscribe?: string;
}

/**
 * What a failed try says. `refused`: trying again is of no use, e.g. the address does not exist. `busy`: the server
 * asks to be tried later. `away`: there is no server, so that no other letter will do better now. `unsure`: the
 * connection broke when the letter was on its way, so it may have been taken.
 */
export type SendFault = 'refused' | 'busy' | 'away' | 'unsure';

/** The way out for letters; made in compose.ts. */
export interface MailTransport {
  /** Resolves when the mail server has taken the letter; rejects when it has not, or has not said so. */
  send(mail: OutgoingMail): Promise<void>;
  faultOf(error: unknown): SendFault;
  close(): Promise<void>;
}
