import type { Request, Router } from 'express';
import { hasWords } from '../../../../locales/translate';
import { jobStates, type Job } from '../../../../publishing/jobs/job';
import { handle } from '../../../handle';
import { redirect, type Outcome } from '../../../outcome';
import { addressTable } from '../../../router';
import type { Services } from '../../../services';
import { forStaff, staffPage, type Staff } from '../signed-in';
import { archiveFile, archivePage, makeArchive } from './archive';
import { nameOfJob } from './name';

/** Most jobs of each state on the page. */
const mostShown = 50;
/** What is ready needs nobody. */
const mostDone = 10;

/** What is being made beside the requests, and what could not be. */
export function jobRoutes(services: Services): Router {
  const router = addressTable();
  const staff = forStaff(services);
  router.get('/staff/jobs', handle(staff(jobsPage)));
  router.get('/staff/archives/new', handle(staff(archivePage)));
  router.post('/staff/archives/new', handle(staff(makeArchive)));
  router.get('/staff/archives/:archive', handle(staff(archiveFile)));
  router.post('/staff/jobs/retry', handle(staff(retryJob)));
  return router;
}

async function jobsPage(_request: Request, staff: Staff): Promise<Outcome> {
  const { t } = staff;
  const all = await staff.services.jobs.latest(mostShown);
  const parts = await Promise.all(
    jobStates.map(async (state) => ({
      state,
      title: t(`jobs:list.states.${state}`),
      jobs: await Promise.all(
        all[state].slice(0, state === 'done' ? mostDone : mostShown).map((job) => jobRow(job, staff)),
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

async function retryJob(request: Request, { services }: Staff): Promise<Outcome> {
  const { job } = request.body as { readonly job?: unknown };
  // One that somebody else has tried anew meanwhile is where it should be.
  if (typeof job === 'string') await services.jobs.retry(job);
  return redirect('/staff/jobs');
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
    retry: job.state === 'failed' ? job.id : null,
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
