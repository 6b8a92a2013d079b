/** A letter ready to go out. */
export interface OutgoingMail {
  /** Always the same for one letter: a letter sent twice after a crash can be recognised by it. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** An iCalendar file to attach. */
  readonly calendar: string | null;
}

/** The way out for letters; made in compose.ts. */
export interface MailTransport {
  /** Resolves when the mail server has taken the letter; rejects when it has not. */
  send(mail: OutgoingMail): Promise<void>;
  /** Whether trying again would be of no use, e.g. the address does not exist. */
  isFinal(error: unknown): boolean;
  close(): Promise<void>;
}
