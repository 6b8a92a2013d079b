import { Failure } from './shared/errors';

/** Settings of the installation, read once from the environment. */
export interface Config {
  readonly production: boolean;
  /** The first port that is tried. */
  readonly port: number;
  /** Public address without a slash at its end; null: whatever host the browser used. */
  readonly baseUrl: string | null;
  /** Express's `trust proxy`: how many proxies stand in front. */
  readonly trustProxy: number;
  /** null: the embedded store. */
  readonly mongodbUri: string | null;
  readonly dataDir: string;
  readonly definitionsDir: string;
  readonly sessionSecret: string;
  /** A sign-in that is made or renewed at start. */
  readonly staff: { readonly user: string; readonly password: string } | null;
}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const port = Number(env['PORT'] ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Failure('setting-malformed', 'PORT must be a whole number from 0 to 65535.');
  }
  const user = env['LIJW_STAFF_USER'] ?? '';
  const password = env['LIJW_STAFF_PASSWORD'] ?? '';
  return {
    production: env['NODE_ENV'] === 'production',
    port,
    baseUrl: env['BASE_URL']?.replace(/\/+$/, '') || null,
    trustProxy: Number(env['TRUST_PROXY'] ?? 0),
    mongodbUri: env['MONGODB_URI'] || null,
    dataDir: env['DATA_DIR'] ?? 'data',
    definitionsDir: env['DEFINITIONS_DIR'] ?? 'survey-definitions',
    sessionSecret: env['SESSION_SECRET'] ?? '',
    staff: user !== '' && password !== '' ? { user, password } : null,
  };
}
