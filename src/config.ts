import { join, resolve } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020';
import { browserKinds, browserSearchFrom, type BrowserSearch } from './adapters/pdf/browser-search';
import { ProblemsFound, type Problem } from './shared/errors';

/** Settings of the installation, read once from the environment; each is described in `settings` below. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  /** The port to listen on; 0 takes any. */
  readonly port: number;
  /** Whether PORT is set: then no other port will do. */
  readonly portIsSet: boolean;
  /** Public address without a slash at its end; null: whatever host the browser used. */
  readonly baseUrl: string | null;
  /** How many proxies stand in front (Express's `trust proxy`). */
  readonly trustProxy: number;
  /** null: the embedded store. */
  readonly mongodbUri: string | null;
  /** How long to wait for MongoDB at start, in milliseconds. */
  readonly mongodbWait: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute. */
  readonly definitionsDir: string;
  /** null: one is made at start, and sign-ins end when the program does. */
  readonly sessionSecret: string | null;
  /** null: the one in the file `installation.key` of the data folder, made at the first start. */
  readonly installationKey: string | null;
  /** A sign-in that is made or renewed at start. */
  readonly staff: { readonly user: string; readonly password: string } | null;
  /** null: no e-mail is sent. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  /** Who runs the installation; null: pages say that nobody has been named. */
  readonly operator: {
    readonly name: string;
    readonly email: string;
    readonly phone: string | null;
    readonly since: string | null;
  } | null;
  /** On what terms what is published may be used again; null: none are stated. */
  readonly licence: { readonly name: string; readonly url: string | null } | null;
  /** How long a contact has to confirm a registration for an event, where letters go out. */
  readonly confirmHours: number;
  /** Everybody can read all letters at /mailbox: for demos only. */
  readonly mailbox: boolean;
  readonly browserSearch: BrowserSearch;
  /** How many files this process makes at a time beside its pages. */
  readonly jobsAtOnce: number;
  /** Folder of the partners' logos, absolute; null: none. */
  readonly logosDir: string | null;
  readonly logLevel: string;
}

interface Setting {
  /** What it does and what holds where it is not set. */
  readonly about: string;
  /** Ends the sentence "It must be …". */
  readonly mustBe: string;
  /** JSON Schema of its text. */
  readonly schema: { readonly pattern?: string; readonly enum?: readonly string[]; readonly minLength?: number };
  /** Never repeated in a message. */
  readonly secret?: true;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const projectRoot = join(__dirname, '..');

/** Every setting, in the order in which people meet them. An empty one counts as not set. */
export const settings = {
  PORT: {
    about: 'Port to listen on. Not set: 3000, or the next free one.',
    mustBe: 'a whole number from 0 (any free port) to 65535',
    schema: { pattern: '^(\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])$' },
  },
  HOST: {
    about: 'Address to listen on. Not set: 127.0.0.1, this machine only. 0.0.0.0 lets other machines in.',
    mustBe: 'an IP address or a host name of this machine',
    schema: { pattern: '^[0-9A-Za-z.:_-]+$' },
  },
  BASE_URL: {
    about: 'Public address, as in links of letters. Not set: the address that the browser used.',
    mustBe: 'an address such as https://lijw.example.org, without a path, a question mark or a user name',
    schema: { pattern: '^https?://[0-9A-Za-z.:\\[\\]-]+/?$' },
  },
  TRUST_PROXY: {
    about: 'How many reverse proxies stand in front and set X-Forwarded-*. Not set: 0.',
    mustBe: 'a whole number from 0 to 9',
    schema: { pattern: '^\\d$' },
  },
  NODE_ENV: {
    about: 'production caches views. Not set: development.',
    mustBe: 'production, development or test',
    schema: { enum: ['production', 'development', 'test'] },
  },
  MONGODB_URI: {
    about: 'MongoDB to keep the data in. Not set: files in DATA_DIR.',
    mustBe: 'an address that begins with mongodb:// or mongodb+srv://',
    schema: { pattern: '^mongodb(\\+srv)?://.' },
    secret: true,
  },
  MONGODB_WAIT: {
    about: 'Seconds to wait at start for a MongoDB that does not answer yet. Not set: 60.',
    mustBe: 'a whole number from 0 to 9999',
    schema: { pattern: '^\\d{1,4}$' },
  },
  DATA_DIR: {
    about: 'Folder of the embedded store, on a disk of this machine. Not set: data in the project.',
    mustBe: 'a folder',
    schema: {},
  },
  DEFINITIONS_DIR: {
    about: 'Folder of the instruments. Not set: survey-definitions in the project.',
    mustBe: 'a folder',
    schema: {},
  },
  SESSION_SECRET: {
    about: 'Signs the cookies of the staff. Not set: a new one at every start, so that sign-ins end then.',
    mustBe: 'at least 32 characters long (make one with: openssl rand -hex 32)',
    schema: { minLength: 32 },
    secret: true,
  },
  INSTALLATION_KEY: {
    about:
      'Makes and guards the codes of cards and invitations; lies outside the store. Not set: installation.key in ' +
      'DATA_DIR, made at the first start. It must stay the same while codes are out.',
    mustBe: 'at least 32 characters long (make one with: openssl rand -hex 32)',
    schema: { minLength: 32 },
    secret: true,
  },
  LIJW_STAFF_USER: {
    about: 'User name of a sign-in for the staff that is made, or gets the password anew, at every start.',
    mustBe: '2 to 40 lowercase letters, digits, dots or hyphens, beginning with a letter or a digit',
    schema: { pattern: '^[a-z0-9][a-z0-9.-]{1,39}$' },
  },
  LIJW_STAFF_PASSWORD: {
    about: 'Password of that sign-in; only its hash is stored. npm run set-password does the same by hand.',
    mustBe: 'at least 12 characters long',
    schema: { minLength: 12 },
    secret: true,
  },
  SMTP_URL: {
    about: 'Mail server that letters go out through. Not set: no letters are sent.',
    mustBe: 'an address such as smtps://user:password@mail.example.org:465',
    schema: { pattern: '^smtps?://.' },
    secret: true,
  },
  MAIL_FROM: {
    about: 'Sender of letters.',
    mustBe: 'an e-mail address, alone or as: LIJW <lijw@example.org>',
    schema: { pattern: '^([^<>\\r\\n]*<[^<>@\\s]+@[^<>@\\s]+>|[^<>@\\s]+@[^<>@\\s]+)$' },
  },
  OPERATOR_NAME: {
    about: 'Who runs this installation, for the footer and the accessibility statement. Not set: pages name nobody.',
    mustBe: 'a name of at most 200 characters in one line',
    schema: { pattern: '^[^\\r\\n]{1,200}$' },
  },
  OPERATOR_EMAIL: {
    about: 'Where to write about the installation and its accessibility.',
    mustBe: 'an e-mail address',
    schema: { pattern: '^[^<>@\\s]+@[^<>@\\s]+$' },
  },
  OPERATOR_PHONE: {
    about: 'Telephone for the same. Not set: none is shown.',
    mustBe: 'digits, with blanks or a leading plus',
    schema: { pattern: '^\\+?[0-9 ()-]{5,30}$' },
  },
  OPERATOR_SINCE: {
    about: 'Day on which the site was opened to the public, for the accessibility statement. Not set: it is left out.',
    mustBe: 'a day such as 2026-11-25',
    schema: { pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' },
  },
  LICENCE_NAME: {
    about: 'Terms on which published reports and data may be used again. Not set: pages say that none are stated.',
    mustBe: 'words such as CC BY 4.0, at most 200 characters in one line',
    schema: { pattern: '^[^\\r\\n]{1,200}$' },
  },
  LICENCE_URL: {
    about: 'Where these terms can be read. Not set: they are named without a link.',
    mustBe: 'an address that begins with http:// or https://',
    schema: { pattern: '^https?://[^\\s<>"]{1,300}$' },
  },
  CONFIRM_HOURS: {
    about: 'Hours in which a registration for an event has to be confirmed by the link of a letter. Not set: 24.',
    mustBe: 'a whole number from 1 to 168',
    schema: { pattern: '^([1-9]|[1-9]\\d|1[0-5]\\d|16[0-8])$' },
  },
  PUPPETEER_EXECUTABLE_PATH: {
    about: 'Browser that makes PDFs. Not set: the first one that starts of those on this machine.',
    mustBe: 'the path of a Chromium, Chrome or Edge',
    schema: {},
  },
  LIJW_BROWSER_SEARCH: {
    about: 'Where else a browser may come from, a comma list. Not set: system,puppeteer,packaged.',
    mustBe: 'a comma list of the words system, puppeteer and packaged',
    schema: { pattern: `^ *(${browserKinds.join('|')})( *, *(${browserKinds.join('|')}))* *$` },
  },
  JOBS_AT_ONCE: {
    about:
      'PDFs and archives made at a time. Not set: 1. With 0 this process makes none; another of the same data must.',
    mustBe: 'a whole number from 0 to 8',
    schema: { pattern: '^[0-8]$' },
  },
  LOGOS_DIR: {
    about: "Folder of the partners' logos (SVG, PNG, JPEG), for reports and posters. Not set: none.",
    mustBe: 'a path',
    schema: { minLength: 1 },
  },
  MAILBOX: {
    about: 'show lets everybody read all letters at /mailbox: for demos only. Not set: nobody.',
    mustBe: 'show',
    schema: { enum: ['show'] },
  },
  LOG_LEVEL: {
    about: 'Least important messages that are logged. Not set: info.',
    mustBe: `one of ${logLevels.join(', ')}`,
    schema: { enum: logLevels },
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

const names = Object.keys(settings) as SettingName[];

const validate = new Ajv2020({ allErrors: true, strict: true }).compile({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string', ...settings[name].schema }])),
  // One is of no use without the other.
  dependentRequired: {
    LIJW_STAFF_USER: ['LIJW_STAFF_PASSWORD'],
    LIJW_STAFF_PASSWORD: ['LIJW_STAFF_USER'],
    SMTP_URL: ['MAIL_FROM', 'BASE_URL'],
    OPERATOR_NAME: ['OPERATOR_EMAIL'],
    OPERATOR_EMAIL: ['OPERATOR_NAME'],
    OPERATOR_PHONE: ['OPERATOR_NAME'],
    OPERATOR_SINCE: ['OPERATOR_NAME'],
    LICENCE_URL: ['LICENCE_NAME'],
  },
});

/** Reads the settings; throws `ProblemsFound` with everything that is wrong with them, in words, without any secret. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name] ?? '';
      const setting: Setting = settings[name];
      // Blanks may belong to a password.
      return value.trim() === '' ? [] : [[name, setting.secret ? value : value.trim()]];
    }),
  ) as Partial<Record<SettingName, string>>;
  if (!validate(given)) throw new ProblemsFound(problemsOf(validate.errors ?? [], given));

  const { SMTP_URL: smtpUrl, MAIL_FROM: from, LIJW_STAFF_USER: user, LIJW_STAFF_PASSWORD: password } = given;
  return {
    production: given.NODE_ENV === 'production',
    host: given.HOST ?? '127.0.0.1',
    port: Number(given.PORT ?? 3000),
    portIsSet: given.PORT !== undefined,
    baseUrl: given.BASE_URL?.replace(/\/$/, '') ?? null,
    trustProxy: Number(given.TRUST_PROXY ?? 0),
    mongodbUri: given.MONGODB_URI ?? null,
    mongodbWait: 1000 * Number(given.MONGODB_WAIT ?? 60),
    dataDir: given.DATA_DIR === undefined ? join(projectRoot, 'data') : resolve(given.DATA_DIR),
    definitionsDir:
      given.DEFINITIONS_DIR === undefined ? join(projectRoot, 'survey-definitions') : resolve(given.DEFINITIONS_DIR),
    sessionSecret: given.SESSION_SECRET ?? null,
    installationKey: given.INSTALLATION_KEY ?? null,
    staff: user !== undefined && password !== undefined ? { user, password } : null,
    mail: smtpUrl !== undefined && from !== undefined ? { smtpUrl, from } : null,
    operator: operatorIn(given),
    licence: given.LICENCE_NAME === undefined ? null : { name: given.LICENCE_NAME, url: given.LICENCE_URL ?? null },
    confirmHours: Number(given.CONFIRM_HOURS ?? 24),
    mailbox: given.MAILBOX === 'show',
    browserSearch: browserSearchFrom(given),
    logosDir: given.LOGOS_DIR === undefined ? null : resolve(given.LOGOS_DIR),
    jobsAtOnce: Number(given.JOBS_AT_ONCE ?? 1),
    logLevel: given.LOG_LEVEL ?? 'info',
  };
}

function operatorIn(given: Partial<Record<SettingName, string>>): Config['operator'] {
  const { OPERATOR_NAME: name, OPERATOR_EMAIL: email, OPERATOR_PHONE: phone, OPERATOR_SINCE: since } = given;
  return name === undefined || email === undefined ? null : { name, email, phone: phone ?? null, since: since ?? null };
}

/** What is allowed and will probably not do what was meant, in words; said at start. */
export function warningsAbout({ baseUrl, trustProxy }: Pick<Config, 'baseUrl' | 'trustProxy'>): string[] {
  const unseen = baseUrl?.startsWith('https:') === true && trustProxy === 0;
  return unseen
    ? [
        'BASE_URL begins with https, but TRUST_PROXY is not set, so the program cannot see that browsers came by https:' +
          ' nobody can sign in, and all visitors seem to have one address. Set TRUST_PROXY to the number of proxies' +
          ' in front (mostly 1).',
      ]
    : [];
}

function problemsOf(errors: readonly ErrorObject[], given: Partial<Record<SettingName, string>>): Problem[] {
  const problems = new Map<string, Problem>();
  for (const error of errors) {
    const missing = error.keyword === 'dependentRequired';
    const params = error.params as { property?: string; missingProperty?: string };
    const name = (missing ? params.missingProperty : error.instancePath.slice(1)) as SettingName;
    const { mustBe, ...setting }: Setting = settings[name];
    const shown = setting.secret ? 'is set, but not as it should be' : `is "${given[name] ?? ''}"`;
    const message = missing
      ? `${name} is not set, though ${params.property ?? ''} is. Set both or neither. ${name} must be ${mustBe}.`
      : `${name} ${shown}. It must be ${mustBe}.`;
    problems.set(name, { code: 'setting-malformed', pointer: `/${name}`, message });
  }
  return names.flatMap((name) => problems.get(name) ?? []);
}
