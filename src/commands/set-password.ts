import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { longestPassword, roles, shortestPassword, type Accounts, type Role } from '../accounts/accounts';
import { isRefusal, ProblemsFound, type Problem } from '../shared/errors';
import type { Command } from './command-line';

const help = `
Usage: npm run --silent set-password -- USER [--role facilitator|admin] [--password-stdin]

Sets the password with which USER signs in to the staff pages; makes the account if there is none. Whoever is signed in
as USER has to sign in again.

  --role            of a new account: facilitator (usual) or admin; an account that is there keeps its role
  --password-stdin  takes the password from standard input (one line) in place of asking for it

A password has ${shortestPassword} to ${longestPassword} characters; any will do, spaces too. The data are found as the application finds them. With the
embedded store the application has to be stopped meanwhile.

Output: {"user": "anna", "role": "facilitator"}

Example:
  $ npm run --silent set-password -- anna --password-stdin < password.txt
`;

const options = { role: { type: 'string' }, 'password-stdin': { type: 'boolean' } } as const;

const messages: Readonly<Record<string, string>> = {
  'user-malformed':
    'A user name has 2 to 40 lowercase letters, digits, dots or hyphens and starts with a letter or digit.',
  'password-too-short': `The password is too short: give at least ${shortestPassword} characters.`,
  'password-too-long': `The password is too long: give at most ${longestPassword} characters.`,
};

/** The application's accounts, and how to let go of its store afterwards. */
export interface OpenAccounts {
  readonly accounts: Accounts;
  close(): Promise<void>;
}

export function setPasswordCommand(open: () => Promise<OpenAccounts>): Command<typeof options> {
  return {
    help,
    options,
    async run({ values, positionals }) {
      const [user, ...more] = positionals;
      if (user === undefined || more.length > 0) {
        throw problem('bad-option', 'Give one user name: set-password -- USER. See --help.');
      }
      const role = roleOf(values.role);
      const password = values['password-stdin'] ? await passwordFromStdin() : await passwordFromTerminal();
      const opened = await open();
      try {
        const member = await opened.accounts.setPassword(user, password, role);
        if (isRefusal(member)) throw problem(member.refused, messages[member.refused] ?? member.refused);
        process.stdout.write(`${JSON.stringify({ user: member.user, role: member.role })}\n`);
        return 0;
      } finally {
        await opened.close();
      }
    },
  };
}

function roleOf(given: string | undefined): Role | undefined {
  const role = roles.find((one) => one === given);
  if (given !== undefined && role === undefined) {
    throw problem('bad-option', `There is no role "${given}"; the roles are ${roles.join(' and ')}.`);
  }
  return role;
}

async function passwordFromStdin(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

/** Asked twice, since it is not shown while it is typed. */
async function passwordFromTerminal(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw problem('no-terminal', 'There is no terminal to ask on: pass the password with --password-stdin.');
  }
  let shown = true;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (shown) process.stderr.write(chunk);
      done();
    },
  });
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  const ask = async (question: string) => {
    shown = true;
    const answer = terminal.question(question);
    shown = false;
    const given = await answer;
    process.stderr.write('\n');
    return given;
  };
  try {
    const password = await ask('New password: ');
    if ((await ask('Once more: ')) === password) return password;
  } finally {
    terminal.close();
  }
  throw problem('passwords-differ', 'The two passwords differ: nothing was changed.');
}

function problem(code: string, message: string): ProblemsFound {
  const found: Problem = { code, message };
  return new ProblemsFound([found]);
}
