import { createEditionFiles, editionReport, editionReportMaker } from '../../src/publishing/edition-files';
import { jobsSpec } from '../../src/publishing/jobs/job';
import { createJobs } from '../../src/publishing/jobs/jobs';
import { filePiecesSpec } from '../../src/files/pieces';
import { keptFilesSpec } from '../../src/publishing/jobs/kept-files';
import { createWorker } from '../../src/publishing/jobs/worker';
import { createPublishing } from '../../src/publishing/services';
import { randomIds } from '../../src/shared/ids';
import { testInstallation, testMoment } from '../support/app';
import { allowed, assessmentOver } from '../support/builders';
import { assessedUnit, publication } from '../support/published';
import { embeddedTestStore, type TestStore } from '../support/stores';

let data: TestStore;
beforeEach(async () => void (data = await embeddedTestStore()));
afterEach(() => data.dispose());

it('an edition’s PDFs are made from its publishing on, and nothing of them stays when it is withdrawn', async () => {
  const { store } = data;
  const clock = () => testMoment;
  const jobs = createJobs({ store, clock, wake: () => undefined });
  const editionFiles = createEditionFiles(jobs);
  const assessment = assessmentOver(store);
  const { editions } = createPublishing({ store, clock, assessment, editionFiles, installation: testInstallation });
  const { comparison } = await assessedUnit(assessment);
  const { id } = allowed(await editions.publish(comparison, publication(), 0));
  expect((await jobs.latest(9)).waiting.map((job) => job.id).sort()).toEqual(
    ['full/en', 'full/pl', 'summary/en', 'summary/pl'].map((kind) => `report/${id}/${kind}`),
  );

  let withdrawing: (() => Promise<unknown>) | null = null;
  const printed: string[] = [];
  const print = async (edition: string, language: string, kind: string) => {
    const about = await editions.byId(edition);
    const opened = about === null ? null : await editions.open(about);
    await withdrawing?.();
    printed.push(`${kind}/${language}`);
    return opened === null ? null : Buffer.from(`%PDF ${opened.edition.unit.name}`);
  };
  const makers = { [editionReport]: editionReportMaker(print) };
  const warn = (error: unknown) => expect(error).toBeUndefined();
  const worker = createWorker({ store, clock, ids: randomIds, makers, warn });

  // Somebody comes for one of them before it is made: it is made first.
  expect(await editionFiles.requestFile(id, 'en', 'full')).toEqual({ state: 'waiting', ahead: 0 });
  await worker.workOff();
  expect(printed[0]).toBe('full/en');
  expect(await editionFiles.requestFile(id, 'pl', 'summary')).toMatchObject({ state: 'ready', file: { group: id } });

  // The second edition is withdrawn while its first PDF is being printed.
  const second = allowed(await editions.publish(comparison, publication({ reason: 'Nowe oceny' }), 1));
  withdrawing = () => editions.withdraw(second.id, 'Pomyłka');
  await worker.workOff();
  withdrawing = null;
  await editions.withdraw(id, 'Pomyłka');
  const remains = () =>
    Promise.all([
      store.collection(jobsSpec).count({}),
      store.collection(keptFilesSpec).count({}),
      store.collection(filePiecesSpec).count({}),
    ]);
  expect(await remains()).toEqual([0, 0, 0]);

  // Whoever had read the edition before it was withdrawn, and asks only now, leaves nothing either.
  await editionFiles.requestFile(id, 'pl', 'full');
  await worker.workOff();
  expect(await remains()).toEqual([0, 0, 0]);
});
