import { everything, may, mayAny, rights, roles, rolesFor, type Action, type Role } from '../../src/accounts/rights';

const actions = Object.keys(rights) as Action[];
const of = (role: Role, ...units: string[]) => ({ role, units });

describe('the table of rights', () => {
  it('leaves nothing out for an administrator, of any unit and of none', () => {
    for (const action of actions) {
      expect([action, may(everything, action, null), may(everything, action, 'any')]).toEqual([action, true, true]);
    }
  });

  it('gives nobody a right over a unit that is not theirs, but who has it over all', () => {
    for (const role of roles) {
      for (const action of actions) {
        const elsewhere = may(of(role, 'own'), action, 'other');
        // Whoever may do it for another's unit may do it without having a unit at all.
        expect([role, action, elsewhere]).toEqual([role, action, may(of(role), action, null)]);
        expect(mayAny(of(role), action)).toBe(may(of(role, 'own'), action, 'own'));
      }
    }
  });

  it('keeps addresses, comments in review and paper from coordinators, and all that is personal from viewers', () => {
    for (const action of ['invitations.send', 'comments.review', 'answers.type', 'people.edit'] as const) {
      expect(mayAny(of('coordinator', 'own'), action)).toBe(false);
    }
    const personal: Action[] = [
      'invitations.send',
      'comments.review',
      'events.people',
      'meeting.read',
      'contacts.edit',
    ];
    for (const action of personal) expect(mayAny(of('viewer'), action)).toBe(false);
    expect(rolesFor('comments.review')).toEqual(['administrator', 'facilitator']);
  });
});
