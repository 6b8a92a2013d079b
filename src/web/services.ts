import type { Logo } from '../shared/logo';
import type { AccountServices } from '../accounts/services';
import type { AdvisoryServices } from '../advisory/services';
import type { AssessmentServices } from '../assessment/services';
import type { CollectionServices } from '../collection/services';
import type { DeadlinesOf } from '../cooperation/deadlines';
import type { CooperationProgrammes } from '../cooperation/programmes';
import type { Registry } from '../definitions/registry';
import type { EventServices } from '../events/services';
import type { AttachedFiles } from '../files/attached-files';
import type { Post } from '../letters/delivery';
import type { Mailbox } from '../letters/mailbox';
import type { Programmes } from '../programme/document/load';
import type { Progress } from '../programme/progress';
import type { EditionFiles } from '../publishing/edition-files';
import type { Jobs } from '../publishing/jobs/jobs';
import type { PublishingServices } from '../publishing/services';
import type { Clock } from '../shared/clock';
import type { Ids } from '../shared/ids';
import type { TerritoryRegister } from '../territory/register';

/** All that pages may use; made in compose.ts. Each module adds its service here. */
export interface Services extends AccountServices {
  /** Only to ask whether it can be used: pages come to documents through the other services. */
  readonly store: { check(): Promise<void> };
  readonly clock: Clock;
  readonly ids: Ids;
  /** Every questionnaire that is installed. */
  readonly instruments: Registry;
  /** What the data are kept in: what there is to destroy of the time of a round depends on it. */
  readonly engine: 'embedded' | 'mongodb';
  readonly assessment: AssessmentServices;
  readonly collection: CollectionServices;
  /** What staff attach to facts and programmes. */
  readonly files: AttachedFiles;
  /** Every programme that is installed. */
  readonly programmes: Programmes;
  /** What was done in a programme against what it promised. */
  readonly progress: Progress;
  readonly advisory: AdvisoryServices;
  /** Annual cooperation programmes of units. */
  readonly cooperation: CooperationProgrammes;
  readonly cooperationDeadlines: DeadlinesOf;
  /** Editions of reports that everybody may see. */
  readonly publishing: PublishingServices;
  readonly events: EventServices;
  /** Gminas and powiats that people may choose from. */
  readonly territory: TerritoryRegister;
  readonly mail: MailSettings;
  /** What takes long to make is made by these, beside the requests. */
  readonly jobs: Jobs;
  readonly editionFiles: EditionFiles;
  readonly pdf: PdfService;
  /** Public address without a slash at its end; null: whatever host the browser used. */
  readonly baseUrl: string | null;
  /** Of the partners, for what is printed. */
  readonly logos: readonly Logo[];
}

/** Makes PDFs where a browser is installed; `src/adapters/pdf` is one. */
export interface PdfService {
  print(html: string): Promise<Buffer>;
  available(): Promise<{ readonly ok: boolean }>;
}

/** What becomes of letters. */
export interface MailSettings {
  /** Those about events go out by e-mail; otherwise they wait until a mail server is set. */
  readonly sends: boolean;
  /** The way out of invitations: a mail server or, in a demo, the mailbox; null: there is none. */
  readonly post: Post | null;
  /** Sends at once what is owed, rather than at the next look. */
  wake(): void;
  /** Everybody can read letters at /mailbox: for demos only. */
  readonly mailbox: Mailbox | null;
}
