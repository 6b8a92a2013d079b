import { refuse, type Refusal } from '../shared/errors';

/** What people of the staff are; the words of each are in `staff:roles`. */
export const roles = ['administrator', 'facilitator', 'coordinator', 'organiser', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Whom a coordinator speaks for in the unit. */
export const coordinatorSides = ['office', 'ngo'] as const;
export type CoordinatorSide = (typeof coordinatorSides)[number];

/** Whose units a role may do something for: every unit's, those of the account, nobody's. */
export type Reach = 'all' | 'own' | 'no';

type Row = readonly [Reach, Reach, Reach, Reach, Reach];

/**
 * The rights: who may do what, and for whose units. Routes name the action that they are, pages ask the same table
 * before they show a button (`web/routes/staff/signed-in.ts`). What belongs to no unit needs `all`; a list needs any
 * reach and shows what lies within it.
 */
// prettier-ignore
export const rights = {
  //                               administrator facilitator coordinator organiser viewer
  // Whoever is signed in: the first screen; one's own password, sessions and name.
  'desk.read':                      ['all',      'own',      'own',      'all',    'all'],
  // What waits for somebody; who only reads has nothing to do.
  'tasks.read':                     ['all',      'own',      'own',      'no',     'no'],
  'account.own':                    ['all',      'all',      'all',      'all',    'all'],

  // Units. To read a unit is to know that it is there: what is denied to others is missing to them.
  'units.read':                     ['all',      'own',      'own',      'no',     'all'],
  'units.create':                   ['all',      'no',       'no',       'no',     'no'],
  'units.edit':                     ['all',      'own',      'no',       'no',     'no'],
  'clause.edit':                    ['all',      'own',      'no',       'no',     'no'],
  'notes.edit':                     ['all',      'own',      'no',       'no',     'no'],
  'contacts.edit':                  ['all',      'own',      'own',      'no',     'no'],
  'territory.import':               ['all',      'no',       'no',       'no',     'no'],

  // Rounds: their plan, their states, what respondents are handed.
  'rounds.read':                    ['all',      'own',      'own',      'no',     'all'],
  'rounds.preview':                 ['all',      'own',      'own',      'no',     'all'],
  'rounds.plan':                    ['all',      'own',      'no',       'no',     'no'],
  'rounds.open':                    ['all',      'own',      'no',       'no',     'no'],
  'rounds.close':                   ['all',      'own',      'no',       'no',     'no'],
  'handouts.print':                 ['all',      'own',      'own',      'no',     'no'],
  'cards.print':                    ['all',      'own',      'no',       'no',     'no'],
  'answers.type':                   ['all',      'own',      'no',       'no',     'no'],
  // Addresses of those invited, and letters to them.
  'invitations.send':               ['all',      'own',      'no',       'no',     'no'],

  // What a round shows, and what is made public of it.
  'results.compute':                ['all',      'own',      'no',       'no',     'no'],
  'results.read':                   ['all',      'own',      'own',      'no',     'all'],
  'comments.review':                ['all',      'own',      'no',       'no',     'no'],
  'report.publish':                 ['all',      'own',      'no',       'no',     'no'],
  'archives.make':                  ['all',      'all',      'all',      'no',     'all'],
  // Files that are being made: of reports that one may read.
  'jobs.read':                      ['all',      'own',      'own',      'no',     'all'],
  'jobs.retry':                     ['all',      'own',      'own',      'no',     'no'],

  // The fact sheet, the working group, what comes of it.
  'facts.enter':                    ['all',      'own',      'own',      'no',     'no'],
  'facts.confirm':                  ['all',      'own',      'no',       'no',     'no'],
  'meeting.read':                   ['all',      'own',      'own',      'no',     'no'],
  'meeting.edit':                   ['all',      'own',      'no',       'no',     'no'],
  'meeting.approve':                ['all',      'own',      'no',       'no',     'no'],
  'recommendations.edit':           ['all',      'own',      'no',       'no',     'no'],
  'recommendations.report-state':   ['all',      'own',      'own',      'no',     'no'],
  // The unit's annual cooperation programme.
  'programme.read':                 ['all',      'own',      'own',      'no',     'all'],
  'programme.edit':                 ['all',      'own',      'own',      'no',     'no'],

  // Around assessments: advice to units, study visits, events with their people.
  'advice.read':                    ['all',      'own',      'no',       'all',    'no'],
  'advice.edit':                    ['all',      'own',      'no',       'no',     'no'],
  'visits.edit':                    ['all',      'no',       'no',       'all',    'no'],
  'events.edit':                    ['all',      'no',       'no',       'all',    'no'],
  'events.people':                  ['all',      'no',       'no',       'all',    'no'],
  // Deletions go on after a clock that jumped.
  'clock.confirm':                  ['all',      'own',      'no',       'all',    'no'],

  // The project as a whole.
  'progress.read':                  ['all',      'own',      'no',       'no',     'all'],
  'progress.report':                ['all',      'no',       'no',       'no',     'all'],
  'people.edit':                    ['all',      'no',       'no',       'no',     'no'],
  'audit.read':                     ['all',      'no',       'no',       'no',     'no'],
} as const satisfies Readonly<Record<string, Row>>;

export type Action = keyof typeof rights;

/** What decides the rights of an account. */
export interface Assignment {
  readonly role: Role;
  /** Ids of units: several of a facilitator, one of a coordinator, none of the others. */
  readonly units: readonly string[];
  /** Of a coordinator; null for the others. */
  readonly side: CoordinatorSide | null;
}

/** The project office: everything, for every unit. */
export const everything: Assignment = { role: 'administrator', units: [], side: null };

export const mostUnitsOfAccount = 500;

export type AssignmentRefusal = Refusal<'units-not-of-role' | 'one-unit-needed' | 'side-needed' | 'too-many-units'>;

/** What does not go together in an assignment; null where it is sound. */
export function assignmentFault({ role, units, side }: Assignment): AssignmentRefusal | null {
  if (role === 'coordinator') {
    if (units.length !== 1) return refuse('one-unit-needed');
    return side === null ? refuse('side-needed') : null;
  }
  if (role !== 'facilitator' && units.length > 0) return refuse('units-not-of-role', { role });
  return units.length > mostUnitsOfAccount ? refuse('too-many-units', { most: mostUnitsOfAccount }) : null;
}

export function reachOf(role: Role, action: Action): Reach {
  return rights[action][roles.indexOf(role)] ?? 'no';
}

/** @param unitId whose it is; null for what belongs to no unit */
export function may(of: Pick<Assignment, 'role' | 'units'>, action: Action, unitId: string | null): boolean {
  const reach = reachOf(of.role, action);
  return reach === 'all' || (reach === 'own' && unitId !== null && of.units.includes(unitId));
}

/** Whether there may be anything for which this is allowed: a list of it is worth opening. */
export function mayAny({ role }: Pick<Assignment, 'role'>, action: Action): boolean {
  return reachOf(role, action) !== 'no';
}

/** The roles whose people may do this, for somebody who may not. */
export function rolesFor(action: Action): Role[] {
  return roles.filter((role) => reachOf(role, action) !== 'no');
}

export function isAction(name: string): name is Action {
  return Object.hasOwn(rights, name);
}
