import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printPage } from '../../adapters/pdf/print-page';
import { browserSearchFrom } from '../../adapters/pdf/browser-search';
import { startBrowser, type StartedBrowser } from '../../adapters/pdf/start-browser';
import { compose } from '../../compose';
import { readConfig } from '../../config';
import { seedAssessments } from '../../demo/seed';
import { installationKeyOf } from '../../installation-key';
import { comparisonDocument } from '../../reports/assessment-report';
import type { ReportDocument } from '../../reports/edition/edition';
import { buildReport } from '../../reports/model';
import { reportHtml, reportKinds, type ReportKind } from '../../reports/print/html';
import { printReport } from '../../reports/print/print-report';
import { reportInput } from '../../reports/report-input';
import { Failure, isRefusal } from '../../shared/errors';
import type { Bench, Measurement } from './bench';
import { memoryOf, processesUnder, processorOf } from './processes';
import { summaryOf } from './times';

type Browser = StartedBrowser['browser'];

/** Prints of each way, taking turns. */
const turns = 7;

/** A report as PDF beside `page.pdf()` of the same HTML, in one warm browser: what is there beyond the bare print. */
export const printingBench: Bench = {
  name: 'printing',
  about: 'a report as PDF beside the bare print of the same HTML in the same warm browser; size, memory',
  async *run() {
    const started = await startBrowser(browserSearchFrom(process.env));
    if ('reason' in started) throw new Failure('bench-no-browser', `This bench needs a browser. ${started.reason}`);
    try {
      const model = buildReport(reportInput(await comparedUnit()), 'pl');
      for (const kind of reportKinds) {
        const html = reportHtml(model, kind);
        const bound = () => barePrint(started.browser, html);
        const ours = async () =>
          (await printReport(model, kind, (page) => printPage(started.browser, page, undefined))).pdf;
        yield* await measured(started.browser, kind, ours, bound);
      }
    } finally {
      await started.browser.close();
    }
  },
};

/** Of a unit of the demo that has two closed rounds. */
async function comparedUnit(): Promise<ReportDocument> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lijw-bench-'));
  const config = readConfig({ MONGODB_URI: '', LOG_LEVEL: 'silent', DATA_DIR: dataDir });
  const application = await compose(config);
  const { store, instruments, services } = application;
  try {
    await seedAssessments(store, instruments, await installationKeyOf(config));
    for (const { id } of await services.assessment.assessments.all()) {
      const document = await comparisonDocument(services.assessment, id, '2026-11-23');
      if (!isRefusal(document)) return document;
    }
    throw new Failure('bench-no-report', 'The demo has no two closed rounds of a unit.');
  } finally {
    await application.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** What whoever knows nothing of the report would do with its HTML. */
async function barePrint(browser: Browser, html: string): Promise<Uint8Array> {
  const page = await browser.newPage();
  await page.setContent(html);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  await page.close();
  return pdf;
}

async function measured(
  browser: Browser,
  kind: ReportKind,
  ours: () => Promise<Uint8Array>,
  bound: () => Promise<Uint8Array>,
): Promise<Measurement[]> {
  const took = { ours: [] as Cost[], bound: [] as Cost[] };
  for (let turn = -1; turn < turns; turn += 1) {
    const [one, other] = [await costOf(browser, ours), await costOf(browser, bound)];
    // The first turn only warms up.
    if (turn < 0) continue;
    took.ours.push(one);
    took.bound.push(other);
  }
  const row = (what: string, unit: string, cost: keyof Cost, most: number | null): Measurement => {
    const [mine, bare] = [summaryOf(took.ours.map((one) => one[cost])), summaryOf(took.bound.map((one) => one[cost]))];
    return {
      ...{ what: `${kind} report: ${what}`, unit, ours: mine.median, spread: mine.spread },
      bound: { what: 'bare print', value: bare.median },
      budget: most === null ? null : { most },
    };
  };
  return [
    row('processor time, with the browser’s', 'ms', 'processor', 1.3),
    row('time', 'ms', 'time', null),
    row('size', 'kB', 'kilobytes', null),
    {
      ...{ what: `${kind} report: the browser’s memory at most`, unit: 'MB', ours: await memoryFor(browser, ours) },
      bound: { what: 'bare print', value: await memoryFor(browser, bound) },
      ...{ spread: null, budget: null },
    },
  ];
}

/** What one PDF costs. */
interface Cost {
  readonly time: number;
  /** Of this process and of the browser's. */
  readonly processor: number;
  readonly kilobytes: number;
}

async function costOf(browser: Browser, print: () => Promise<Uint8Array>): Promise<Cost> {
  const spent = async () => processorOf(await processesUnder(rootOf(browser)));
  const [before, own, start] = [await spent(), process.cpuUsage(), performance.now()];
  const { length } = await print();
  const time = performance.now() - start;
  const { user, system } = process.cpuUsage(own);
  return { time, processor: (await spent()) - before + (user + system) / 1000, kilobytes: length / 1000 };
}

/** Megabytes of the browser's processes at most, while it prints. Looking costs time: nothing is timed here. */
async function memoryFor(browser: Browser, print: () => Promise<Uint8Array>): Promise<number> {
  const done = new AbortController();
  const printing = print().finally(() => done.abort());
  let most = 0;
  while (!done.signal.aborted) most = Math.max(most, memoryOf(await processesUnder(rootOf(browser))));
  await printing;
  return most;
}

function rootOf(browser: Browser): number {
  return browser.process()?.pid ?? 0;
}
