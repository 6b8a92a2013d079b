import type { Request } from 'express';
import { auditedKinds, type AuditEntry } from '../../../accounts/audit-entry';
import type { Action } from '../../../accounts/rights';
import { isRefusal, type Refusal } from '../../../shared/errors';
import type { Outcome } from '../../outcome';
import type { Staff, StaffHandler } from './signed-in';

/**
 * The one place where the work of the staff enters the log: every route that sends passes it. It records the action
 * that the route names, who did it, for which unit, to which thing, and what a form says that it changed. Nothing else
 * of what was sent can get in: no field of a form, no address, no other parameter of a path.
 *
 * A form that comes back with errors did nothing and is not recorded. The entry is stored before the answer goes out; if
 * the store refuses it, the person is told that something failed.
 */
export function recorded(action: Action, handler: StaffHandler): StaffHandler {
  return async (request, staff) => {
    const result = await handler(request, staff);
    const done = whatWasDone(result);
    if (done !== null) await record(request, staff, action, done, result);
    return result;
  };
}

/** Somebody asked for what their role may not do. */
export function recordDenied(request: Request, staff: Staff, action: Action): Promise<void> {
  return record(request, staff, action, { outcome: 'denied', reason: null }, null);
}

type Done = Pick<AuditEntry, 'outcome' | 'reason'>;

function whatWasDone(result: Outcome | Refusal): Done | null {
  if (isRefusal(result)) return { outcome: 'refused', reason: result.refused };
  if (result.kind === 'not-found') return null;
  return 'status' in result && result.status >= 400 ? null : { outcome: 'done', reason: null };
}

async function record(
  request: Request,
  { services, member, unitId }: Staff,
  action: Action,
  done: Done,
  result: Outcome | Refusal | null,
): Promise<void> {
  const subject = subjectOf(request) ?? (result === null || isRefusal(result) ? null : madeBy(result));
  const changed = result !== null && 'changed' in result ? result.changed : undefined;
  await services.audit.record({
    ...{ accountId: member.id, action, ...done, subject },
    unitId: unitId ?? (subject?.kind === 'unit' ? subject.id : null),
    ...(changed === undefined ? {} : { changes: changed }),
    // Only scripts are answered by JSON: they save what somebody is typing.
    byItself: result !== null && 'kind' in result && result.kind === 'json',
  });
}

type Subject = NonNullable<AuditEntry['subject']>;

function subjectOf({ params }: Request): Subject | null {
  for (const kind of auditedKinds) {
    const id = params[kind];
    if (typeof id === 'string') return { kind, id };
  }
  return null;
}

const places: readonly (readonly [RegExp, Subject['kind']])[] = [
  [/^\/staff\/units\/([0-9a-f-]{36})\//, 'unit'],
  [/^\/staff\/rounds\/([0-9a-f-]{36})(?:[/?#]|$)/, 'round'],
  [/^\/staff\/assessments\/([0-9a-f-]{36})(?:[/?#]|$)/, 'assessment'],
  [/^\/staff\/events\/([0-9a-f-]{36})(?:[/?#]|$)/, 'event'],
  [/^\/staff\/people\/([0-9a-f-]{36})(?:[/?#]|$)/, 'account'],
];

/** What a form has made is where it leads to. */
function madeBy(outcome: Outcome): Subject | null {
  if (outcome.kind !== 'redirect') return null;
  for (const [pattern, kind] of places) {
    const id = pattern.exec(outcome.path)?.[1];
    if (id !== undefined) return { kind, id };
  }
  return null;
}
