import type { Accounts } from '../accounts/accounts';
import type { Sessions } from '../accounts/sessions';
import type { AssessmentServices } from '../assessment/services';
import type { Clock } from '../shared/clock';
import type { Ids } from '../shared/ids';

/** All that pages may use; made in compose.ts. Each module adds its service here. */
export interface Services {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly assessment: AssessmentServices;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
}
