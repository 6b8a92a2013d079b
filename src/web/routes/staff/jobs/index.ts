import type { Request } from 'express';
import type { Action } from '../../../../accounts/rights';
import { hasWords } from '../../../../locales/translate';
import { jobStates, type Job } from '../../../../publishing/jobs/job';
import { redirect, type Outcome } from '../../../outcome';
import { ownerOfJob } from '../owners';
import type { StaffRoute } from '../routes';
import { staffPage, type Staff } from '../signed-in';
import { archiveFile, archivePage, makeArchive } from './archive';
import { nameOfJob } from './name';

/** Most jobs of each state on the page. */
const mostShown = 50;
/** What is ready needs nobody. */
const mostDone = 10;

/** What is being made beside the requests, and what could not be. */
export const jobRoutes: readonly StaffRoute[] = [
  ['get', '/staff/jobs', 'jobs.read', jobsPage, { withinReach: true }],
  ['post', '/staff/jobs/retry', 'jobs.retry', retryJob, { withinReach: true }],
  ['get', '/staff/archives/new', 'archives.make', archivePage],
  ['post', '/staff/archives/new', 'archives.make', makeArchive],
  ['get', '/staff/archives/:archive', 'archives.make', archiveFile],
];

async function jobsPage(_request: Request, staff: Staff): Promise<Outcome> {
  const { t } = staff;
  // Those of other people's units fall away.
  const all = await staff.services.jobs.latest(staff.may('jobs.read', null) ? mostShown : 10 * mostShown);
  const parts = await Promise.all(
    jobStates.map(async (state) => ({
      state,
      title: t(`jobs:list.states.${state}`),
      jobs: await Promise.all(
        (await withinReach(all[state], 'jobs.read', staff))
          .slice(0, state === 'done' ? mostDone : mostShown)
          .map((job) => jobRow(job, staff)),
      ),
    })),
  );
  const shown = parts.filter(({ jobs }) => jobs.length > 0);
  return staffPage(staff, 'staff/jobs/list', {
    title: t('jobs:list.title'),
    nothing: shown.length === 0,
    parts: shown.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state)),
  });
}

/** What needs somebody stands first. */
const order: readonly Job['state'][] = ['failed', 'running', 'waiting', 'done'];

async function retryJob(request: Request, staff: Staff): Promise<Outcome> {
  const { services } = staff;
  const { job } = request.body as { readonly job?: unknown };
  const found = typeof job === 'string' ? await services.jobs.get(job) : null;
  // One that somebody else has tried anew meanwhile is where it should be.
  for (const { id } of await withinReach(found === null ? [] : [found], 'jobs.retry', staff)) {
    await services.jobs.retry(id);
  }
  return redirect('/staff/jobs');
}

/** Those that make a report which the person may do this with; what is of no one unit is for who may do it with all. */
async function withinReach(jobs: readonly Job[], action: Action, staff: Staff): Promise<Job[]> {
  const owners = await Promise.all(jobs.map((job) => ownerOfJob(staff.services, job)));
  return jobs.filter((_job, at) => staff.may(action, owners[at] ?? null));
}

async function jobRow(job: Job, staff: Staff) {
  const { t, language } = staff;
  const { done, of } = job.progress;
  const running = job.state === 'running';
  const { error } = job;
  const known = error !== null && hasWords(language, `jobs:reasons.${error.code}`);
  return {
    what: await nameOfJob(job, staff),
    state: stateWords(job, staff),
    ...(running && of > 0 ? { done, of } : {}),
    ...(error === null || running
      ? {}
      : { reason: t(`jobs:reasons.${known ? error.code : 'other'}`), message: error.message }),
    retry: job.state === 'failed' && staff.mayAny('jobs.retry') ? job.id : null,
  };
}

function stateWords({ state, attempts, progress, createdAt, dueAt, endedAt }: Job, { t, language }: Staff): string {
  const time = (moment: string): string => formatMoment(moment, language);
  switch (state) {
    case 'running':
      return t(progress.of > 0 ? 'jobs:list.runningSteps' : 'jobs:list.running', { attempts, ...progress });
    case 'waiting':
      return attempts === 0
        ? t('jobs:list.waiting', { time: time(createdAt) })
        : t('jobs:list.again', { time: time(dueAt), attempts });
    default:
      return t(`jobs:list.${state}`, { time: time(endedAt ?? createdAt) });
  }
}

/** „16.03.2026, 12:00” in Warsaw. */
function formatMoment(moment: string, language: Staff['language']): string {
  const locale = language === 'pl' ? 'pl-PL' : 'en-GB';
  return new Intl.DateTimeFormat(locale, {
    ...{ dateStyle: 'short', timeStyle: 'medium', timeZone: 'Europe/Warsaw' },
  }).format(new Date(moment));
}
