import type { Application } from '../../../compose';
import { Failure } from '../../../shared/errors';

/** One page of the staff: the pattern of its address, the same in every store, and the address here. */
export interface StaffPage {
  readonly pattern: string;
  readonly path: string;
}

interface Layer {
  readonly route?: { readonly path: unknown; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/**
 * Every page of the staff whose address names no more than a unit, its assessment and a round of it (files are none), and
 * the public ones that list what the staff enter.
 */
export async function staffPages(
  app: Application['app'],
  { assessment, programmes }: Application['services'],
): Promise<StaffPage[]> {
  const [open] = await assessment.rounds.withStatus('open');
  const owner = open && (await assessment.assessments.get(open.assessmentId));
  if (!open || !owner) throw new Failure('bench-no-round', 'No round is open.');
  const made = await assessment.rounds.ofAssessment(owner.id);
  const closed = made.find(({ status }) => status === 'closed') ?? open;
  const [programme] = programmes.all();
  const activity = programme?.activities.find(({ counts }) => counts.what === 'units-with-closed-rounds');
  if (!programme || !activity) throw new Failure('bench-no-programme', 'No programme counts assessments.');
  const { stack } = app.router as unknown as { readonly stack: readonly Layer[] };
  const patterns = [...new Set(stack.flatMap(pagesOf))].sort();
  return patterns.flatMap((pattern) => {
    // A round is looked at while it is open, and closed.
    const rounds = pattern.includes(':round') ? [open, closed] : [open];
    return rounds.flatMap((round) => {
      const ids: Readonly<Record<string, string>> = {
        ...{ unit: owner.unitId, assessment: owner.id, round: round.id },
        ...{ programme: programme.id, activity: activity.code },
      };
      const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
      if (names.some((name) => ids[name] === undefined)) return [];
      const path = pattern.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? '');
      return [{ pattern: pattern.replace(':round', `(${round.status} round)`), path }];
    });
  });
}

const publicLists = ['/events', '/programmes/:programme/progress', '/programmes/:programme/progress/:activity'];

function pagesOf({ route, handle }: Layer): string[] {
  if (route === undefined) return (handle.stack ?? []).flatMap(pagesOf);
  const path = String(route.path);
  const isPage =
    route.methods['get'] && (path.startsWith('/staff') || publicLists.includes(path)) && !/\.\w+$/.test(path);
  return isPage ? [path] : [];
}
