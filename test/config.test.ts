import { join } from 'node:path';
import { readConfig, settings, warningsAbout } from '../src/config';
import { ProblemsFound } from '../src/shared/errors';

function problemsOf(env: NodeJS.ProcessEnv): { pointer: string; message: string }[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemsFound);
    return (error as ProblemsFound).problems.map(({ pointer, message }) => ({ pointer: pointer!, message }));
  }
}

describe('the settings', () => {
  it('are all left out on a machine of one’s own', () => {
    expect(readConfig({})).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      portIsSet: false,
      baseUrl: null,
      trustProxy: 0,
      mongodbUri: null,
      mongodbWait: 60_000,
      dataDir: join(process.cwd(), 'data'),
      definitionsDir: join(process.cwd(), 'survey-definitions'),
      sessionSecret: null,
      installationKey: null,
      staff: null,
      mail: null,
      operator: null,
      licence: null,
      confirmHours: 24,
      mailbox: false,
      browserSearch: { executablePath: null, kinds: ['system', 'puppeteer', 'packaged'] },
      jobsAtOnce: 1,
      logosDir: null,
      logLevel: 'info',
    });
  });

  it('count as left out where they are empty', () => {
    const empty = Object.fromEntries(Object.keys(settings).map((name) => [name, ' ']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('are taken as given', () => {
    expect(
      readConfig({
        PORT: '65535',
        HOST: '0.0.0.0',
        BASE_URL: 'https://lijw.example.org/',
        TRUST_PROXY: '1',
        NODE_ENV: 'production',
        MONGODB_URI: 'mongodb://db/lijw',
        DATA_DIR: '/var/lib/lijw',
        SESSION_SECRET: 'x'.repeat(32),
        LIJW_STAFF_USER: 'anna',
        LIJW_STAFF_PASSWORD: 'długie hasło Anny',
        SMTP_URL: 'smtp://mail:25',
        MAIL_FROM: 'LIJW <lijw@example.org>',
        LIJW_BROWSER_SEARCH: 'packaged',
        LOG_LEVEL: 'warn',
        OPERATOR_NAME: 'Gmina Przykładowa',
        OPERATOR_EMAIL: 'kontakt@example.org',
      }),
    ).toMatchObject({
      production: true,
      host: '0.0.0.0',
      port: 65535,
      portIsSet: true,
      baseUrl: 'https://lijw.example.org',
      trustProxy: 1,
      dataDir: '/var/lib/lijw',
      staff: { user: 'anna', password: 'długie hasło Anny' },
      mail: { smtpUrl: 'smtp://mail:25', from: 'LIJW <lijw@example.org>' },
      operator: { name: 'Gmina Przykładowa', email: 'kontakt@example.org', phone: null, since: null },
      browserSearch: { kinds: ['packaged'] },
    });
  });

  it('are refused all at once, each in words, without telling a secret', () => {
    const problems = problemsOf({
      PORT: '65536',
      BASE_URL: 'lijw.example.org',
      TRUST_PROXY: 'yes',
      NODE_ENV: 'prod',
      MONGODB_URI: 'postgres://u:tajne@db',
      SESSION_SECRET: 'tajne',
      LIJW_STAFF_USER: 'Anna',
      LIJW_STAFF_PASSWORD: 'tajne',
      SMTP_URL: 'tajne',
      LIJW_BROWSER_SEARCH: 'firefox',
      LOG_LEVEL: 'loud',
    });
    expect(problems.map(({ pointer }) => pointer)).toEqual([
      '/PORT',
      '/BASE_URL',
      '/TRUST_PROXY',
      '/NODE_ENV',
      '/MONGODB_URI',
      '/SESSION_SECRET',
      '/LIJW_STAFF_USER',
      '/LIJW_STAFF_PASSWORD',
      '/SMTP_URL',
      '/MAIL_FROM',
      '/LIJW_BROWSER_SEARCH',
      '/LOG_LEVEL',
    ]);
    expect(problems[0]!.message).toBe('PORT is "65536". It must be a whole number from 0 (any free port) to 65535.');
    expect(JSON.stringify(problems)).not.toContain('tajne');
  });

  it('that belong together are set together', () => {
    expect(problemsOf({ LIJW_STAFF_USER: 'anna' })).toEqual([
      {
        pointer: '/LIJW_STAFF_PASSWORD',
        message: expect.stringMatching(/^LIJW_STAFF_PASSWORD is not set, though LIJW_STAFF_USER is/),
      },
    ]);
    // Letters hold links, which need the public address.
    const alone = problemsOf({ SMTP_URL: 'smtp://mail:25' });
    expect(alone.map(({ pointer }) => pointer)).toEqual(['/BASE_URL', '/MAIL_FROM']);
  });

  it('that will probably not do what was meant are told at start', () => {
    const baseUrl = 'https://lijw.example.org';
    expect(warningsAbout({ baseUrl, trustProxy: 0 })).toEqual([expect.stringContaining('TRUST_PROXY')]);
    expect(warningsAbout({ baseUrl, trustProxy: 1 })).toEqual([]);
    expect(warningsAbout({ baseUrl: 'http://lijw.example.org', trustProxy: 0 })).toEqual([]);
    expect(warningsAbout({ baseUrl: null, trustProxy: 0 })).toEqual([]);
  });

  it.each(['0', '80', '3000', '65535'])('take %s as a port', (PORT) => {
    expect(readConfig({ PORT }).port).toBe(Number(PORT));
  });

  it.each(['-1', '3000.5', '65536', '99999', '1e3', '0x50'])('do not take %s as a port', (PORT) => {
    expect(problemsOf({ PORT })).toHaveLength(1);
  });
});
