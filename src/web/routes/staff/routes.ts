import express, { type Request, type RequestHandler, type Router } from 'express';
import { may, mayAny, type Action } from '../../../accounts/rights';
import { handle, send } from '../../handle';
import { limitUploads } from '../../limit-uploads';
import { addressTable } from '../../router';
import type { Services } from '../../services';
import { ownerOfPath, type Owner } from './owners';
import { recordDenied, recorded } from './recorded';
import { askToSignIn, memberOf, refusedForRole, staffOf, type Staff, type StaffHandler } from './signed-in';

/**
 * One address of the staff's pages. Who may use it is said by its action and the table of rights, for the unit of what
 * the path names (`owners.ts`), and settled before anything that was sent is read.
 */
export type StaffRoute = readonly [
  method: 'get' | 'post',
  path: string,
  action: Action,
  handler: StaffHandler,
  options?: {
    /**
     * For whoever has any reach: the handler keeps to what lies within it. A list shows no more, a form that names a unit
     * is refused for another.
     */
    readonly withinReach?: true;
  },
];

/** A router of these addresses, with the parsers of their bodies. */
export function staffRouter(services: Services, routes: readonly StaffRoute[]): Router {
  const router = addressTable();
  const uploads = limitUploads();
  const form = express.urlencoded({ extended: false, limit: '512kb', parameterLimit: 2000 });
  for (const route of routes) {
    const [method, path, action, handler] = route;
    const answer = method === 'get' ? handler : recorded(action, handler);
    const body = method === 'get' ? [] : [uploads, form];
    router[method](
      path,
      admit(services, route),
      ...body,
      handle((request) => answer(request, admitted(request))),
    );
  }
  return router;
}

const staffOfRequest = new WeakMap<Request, Staff>();

function admitted(request: Request): Staff {
  const staff = staffOfRequest.get(request);
  if (staff === undefined) throw new TypeError('A handler of the staff was asked before anybody was admitted.');
  return staff;
}

/**
 * Lets those through who may; the others are asked to sign in, or told that their role has not this right. What belongs
 * to a unit that is none of theirs is missing to them, like what is not there.
 */
function admit(services: Services, [, path, action, , options]: StaffRoute): RequestHandler {
  const findOwner = ownerOfPath(path);
  return async (request, response, next) => {
    const member = await memberOf(request, services);
    if (member === null) {
      send(askToSignIn(request), request, response);
      return;
    }
    const owner: Owner = findOwner === null ? null : await findOwner(request, services);
    const isMissing = owner === undefined || (findOwner !== null && !may(member, 'units.read', owner));
    if (isMissing) {
      next('router');
      return;
    }
    const staff = staffOf(request, services, member, owner);
    if (options?.withinReach ? mayAny(member, action) : may(member, action, owner)) {
      staffOfRequest.set(request, staff);
      next();
      return;
    }
    if (request.method === 'POST') await recordDenied(request, staff, action);
    send(refusedForRole(staff, action), request, response);
  };
}
