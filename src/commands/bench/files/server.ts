import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compose } from '../../../compose';
import { readConfig } from '../../../config';
import { seedAssessments } from '../../../demo/seed';
import { installationKeyOf } from '../../../installation-key';
import type { Subject } from '../../../publishing/services';
import { jobsSpec } from '../../../publishing/jobs/job';
import { keptFilesSpec } from '../../../publishing/jobs/kept-files';
import { dayOf } from '../../../shared/clock';
import { Failure, isRefusal } from '../../../shared/errors';

/** What the bench asks of the process that serves; each is answered by one message. */
export type Order = { readonly publish: number } | 'state';

/** How far the full reports are. */
export interface FilesState {
  readonly asked: number;
  readonly ready: number;
  readonly failed: number;
  /** Files that lie in the store beside those that jobs name. */
  readonly twice: number;
  /** Tries begun beyond the first of each. */
  readonly again: number;
}

const languages = ['pl', 'en'] as const;

/** A process of its own that serves the application over the demo's data and publishes a report again and again. */
async function main(): Promise<void> {
  const config = readConfig({ ...process.env, NODE_ENV: 'production', MONGODB_URI: '', LOG_LEVEL: 'silent' });
  const application = await compose(config);
  const { store, services } = application;
  await seedAssessments(store, application.instruments, await installationKeyOf(config));
  const asked: string[] = [];

  /** Publishes so many editions of a comparison, and asks for their full reports in both languages, all at once. */
  async function publish(count: number): Promise<void> {
    const { editions } = services.publishing;
    const subject = await comparable();
    for (let number = 0; number < count; number += 1) {
      const published = await editions.publish(
        subject,
        {
          ...{ decidedBy: 'Rada', decidedOn: dayOf(new Date()) },
          ...{ reason: number === 0 ? '' : 'Pomiar', confirmed: true },
        },
        number,
      );
      if (isRefusal(published)) throw new Failure('bench-refused', JSON.stringify(published));
      asked.push(published.id);
    }
    await Promise.all(
      asked.flatMap((id) => languages.map((language) => services.editionFiles.requestFile(id, language, 'full'))),
    );
  }

  async function comparable(): Promise<Subject> {
    for (const { id } of await services.assessment.assessments.all()) {
      const subject: Subject = { kind: 'comparison', id };
      if (!isRefusal(await services.publishing.editions.preview(subject))) return subject;
    }
    throw new Failure('bench-no-report', 'The demo has no two closed rounds of a unit.');
  }

  async function state(): Promise<FilesState> {
    const jobs = (await store.collection(jobsSpec).find({})).filter(({ id }) => id.includes('/full/'));
    const files = await store.collection(keptFilesSpec).find({});
    const named = new Set((await store.collection(jobsSpec).find({ state: 'done' })).map(({ file }) => file));
    const running = new Set((await store.collection(jobsSpec).find({ state: 'running' })).map(({ owner }) => owner));
    return {
      asked: jobs.length,
      ready: jobs.filter((job) => job.state === 'done').length,
      failed: jobs.filter((job) => job.state === 'failed').length,
      twice: files.filter(({ id, size }) => size !== null && !named.has(id) && !running.has(id)).length,
      again: jobs.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0),
    };
  }

  process.on('message', (order: Order) => {
    const done = order === 'state' ? state() : publish(order.publish);
    void done.then((answer) => process.send?.(answer ?? 'done'));
  });
  const server = createServer((request, response) => void application.app(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.on('disconnect', () => void application.close().then(() => process.exit(0)));
  process.send?.((server.address() as AddressInfo).port);
}

void main();
