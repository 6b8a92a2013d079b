import type { DestinationStream } from 'pino';
import type { FormLimits } from './limit-requests';

/** Who runs the installation: for the footer, the page on privacy and the accessibility statement. */
export interface Operator {
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  /** The day on which the site was opened to the public, `YYYY-MM-DD`. */
  readonly since: string | null;
}

/** Settings of the web application; compose.ts takes them from src/config.ts. */
export interface WebConfig {
  /** Keeps views, and for a second what is the same for everybody; hides nothing else. */
  readonly production: boolean;
  /** Whether views are kept: see `useViews`. As `production` where left out. */
  readonly keepViews?: boolean;
  /** Public address without a slash at its end; null: whatever host the browser used. */
  readonly baseUrl: string | null;
  /** Signs the staff's session cookie. */
  readonly sessionSecret: string;
  /** Express's `trust proxy`: how many proxies stand in front. */
  readonly trustProxy: number | boolean;
  /** Every page says that nobody has been named where left out. */
  readonly operator?: Operator | null;
  /** `usualFormLimits` where left out. */
  readonly formLimits?: FormLimits;
  /** Least level of log lines; `info` where left out. */
  readonly logLevel?: string;
  /** Where log lines go; standard output where left out. */
  readonly logTo?: DestinationStream;
}
