import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Accounts } from '../accounts/accounts';
import type { AuditLog } from '../accounts/audit-log';
import { longestPassword, shortestPassword } from '../accounts/password-strength';
import { coordinatorSides, everything, roles, type Assignment } from '../accounts/rights';
import type { Units } from '../assessment/units';
import { isRefusal, ProblemsFound, type Problem } from '../shared/errors';
import type { Command } from './command-line';

const help = `
Usage: npm run --silent set-password -- USER [--role ROLE] [--unit CODE]... [--side office|ngo] [--password-stdin]

Sets the password with which USER signs in to the staff pages; makes the account if there is none. Whoever is signed in
as USER has to sign in again.

  --role            ${roles.join(', ')}; an account that is there keeps its
                    rights where it is left out, and the very first account is an administrator
  --unit            code of a unit, again for each: those of a facilitator, the one of a coordinator
  --side            of a coordinator: office or ngo
  --password-stdin  takes the password from standard input (one line) in place of asking for it

A password has ${shortestPassword} to ${longestPassword} characters of any kind, not only those that are easily guessed. The data are found as the application finds them. With the
embedded store the application has to be stopped meanwhile.

Output: {"user": "anna", "role": "facilitator", "units": ["3021011"]}

Examples:
  $ npm run --silent set-password -- anna --role administrator
  $ npm run --silent set-password -- piotr --role coordinator --unit 3021011 --side ngo --password-stdin < password.txt
`;

const options = {
  role: { type: 'string' },
  unit: { type: 'string', multiple: true },
  side: { type: 'string' },
  'password-stdin': { type: 'boolean' },
} as const;

const messages: Readonly<Record<string, string>> = {
  'user-malformed':
    'A user name has 2 to 40 lowercase letters, digits, dots or hyphens and starts with a letter or digit.',
  'password-too-short': `The password is too short: give at least ${shortestPassword} characters.`,
  'password-too-long': `The password is too long: give at most ${longestPassword} characters.`,
  'password-common': 'The password is made of words that most passwords are made of: take others.',
  'password-own-words': 'The password is made of the user name: take other words.',
  'password-repetitive': 'The password is made of repetitions and rows of keys: take words of your own.',
  'user-retired': 'Somebody who was erased had this user name: take another one.',
  'last-administrator': 'This is the only administrator: make another one first.',
  'account-unknown': 'There is no such account: say by --role what the new one is to be.',
  'one-unit-needed': 'A coordinator has one unit: give its code by --unit.',
  'side-needed': 'A coordinator speaks for a side: give --side office or --side ngo.',
  'units-not-of-role': 'Only facilitators and coordinators have units: leave --unit out.',
  'too-many-units': 'An account cannot have so many units.',
};

/** The application's accounts and units, and how to let go of its store afterwards. */
export interface OpenAccounts {
  readonly accounts: Accounts;
  readonly units: Pick<Units, 'byCode'>;
  readonly audit: Pick<AuditLog, 'record'>;
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
      const role = choiceOf('role', values.role, roles);
      const side = choiceOf('side', values.side, coordinatorSides);
      if (role === null && (side !== null || values.unit !== undefined)) {
        throw problem('bad-option', '--unit and --side belong to a role: give --role too. See --help.');
      }
      const password = values['password-stdin'] ? await passwordFromStdin() : await passwordFromTerminal();
      const opened = await open();
      try {
        const codes = values.unit ?? [];
        const given = role === null ? null : { role, units: await unitIds(opened.units, codes), side };
        const first: Assignment | null = (await opened.accounts.any()) ? null : everything;
        const member = await opened.accounts.setPassword(user, password, given ?? first);
        if (isRefusal(member)) throw problem(member.refused, messages[member.refused] ?? member.refused);
        const subject = { kind: 'account', id: member.id } as const;
        await opened.audit.record({ accountId: null, action: 'account.command', outcome: 'done', subject });
        const said = { user: member.user, role: member.role, ...(codes.length > 0 ? { units: codes } : {}) };
        process.stdout.write(`${JSON.stringify(said)}\n`);
        return 0;
      } finally {
        await opened.close();
      }
    },
  };
}

function choiceOf<Choice extends string>(
  option: string,
  given: string | undefined,
  choices: readonly Choice[],
): Choice | null {
  const chosen = choices.find((one) => one === given) ?? null;
  if (given !== undefined && chosen === null) {
    throw problem('bad-option', `There is no ${option} "${given}"; there are ${choices.join(', ')}.`);
  }
  return chosen;
}

async function unitIds(units: Pick<Units, 'byCode'>, codes: readonly string[]): Promise<string[]> {
  const found = await Promise.all(codes.map((code) => units.byCode(code)));
  const unknown = codes.filter((_code, at) => !found[at]);
  if (unknown.length > 0) throw problem('unit-unknown', `There is no unit with the code ${unknown.join(', ')}.`);
  return found.flatMap((unit) => unit?.id ?? []);
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
