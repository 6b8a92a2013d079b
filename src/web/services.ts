import type { Accounts } from '../accounts/accounts';
import type { Sessions } from '../accounts/sessions';
import type { AssessmentServices } from '../assessment/services';
import type { Registry } from '../definitions/registry';
import type { Clock } from '../shared/clock';
import type { Ids } from '../shared/ids';

/** All that pages may use; made in compose.ts. Each module adds its service here. */
export interface Services {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Every questionnaire that is installed. */
  readonly instruments: Registry;
  readonly assessment: AssessmentServices;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly pdf: PdfService;
}

/** Makes PDFs where a browser is installed; `src/adapters/pdf` is one. */
export interface PdfService {
  print(html: string): Promise<Buffer>;
  available(): Promise<{ readonly ok: boolean }>;
}
