import type { Round } from '../assessment/round';
import type { AssessmentServices } from '../assessment/services';
import type { InvitationServices } from '../collection/invitations/services';
import type { Post } from '../letters/delivery';
import { Failure, isRefusal } from '../shared/errors';

/** Invites so many invented people of each group; their letters lie in the demo's mailbox. */
export async function seedInvitations(
  rounds: AssessmentServices['rounds'],
  { invitations, mailings, sending }: InvitationServices,
  round: Round,
  plan: { readonly invited: Readonly<Record<string, number>>; readonly reminder: string },
  post: Post,
): Promise<void> {
  const { instrument } = rounds.instrumentOf(round);
  const text = Object.entries(plan.invited)
    .flatMap(([group, count]) =>
      Array.from({ length: count }, (_, index) => `${group}-${index + 1}@example.org;${group}`),
    )
    .join('\n');
  const list = { text, usual: null, several: () => false };
  const looked = await invitations.look(instrument, round, list);
  const added = isRefusal(looked) ? looked : await invitations.add(instrument, round, list, looked.mark);
  if (isRefusal(added)) throw new Failure('demo-refused', `Demo data were refused: ${JSON.stringify(added)}`);
  await mailings.sendInvitations(round.id);
  await sending.deliverDue(post);
  const reminder = await mailings.planReminder(round, plan.reminder);
  if (isRefusal(reminder)) throw new Failure('demo-refused', `Demo data were refused: ${JSON.stringify(reminder)}`);
}
