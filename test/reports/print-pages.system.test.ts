import type { Browser } from 'puppeteer';
import { printPage } from '../../src/adapters/pdf/print-page';
import { buildReport } from '../../src/reports/model';
import { reportHtml } from '../../src/reports/print/html';
import { packPdf } from '../../src/reports/print/pack-pdf';
import { printReport } from '../../src/reports/print/print-report';
import { sectionsFor } from '../../src/reports/section';
import { browserForTests } from '../support/browser';
import { hardestReport } from '../support/hardest-report';
import { flatTags, pdfLayout, type PdfPage, type Tag } from '../support/pdf-layout';
import { readPdf } from '../support/read-pdf';

/** The printed report as its readers have it: pages, tags and weight, with the longest texts. */
let browser: Browser;
let pdf: Buffer;
let pages: readonly PdfPage[];
const model = buildReport(hardestReport(), 'pl');

beforeAll(async () => {
  browser = await browserForTests();
  const printed = await printReport(model, 'full', (html) => printPage(browser, html, undefined));
  pdf = printed.pdf;
  pages = await pdfLayout(pdf);
  expect(printed.pages).toBe(pages.length);
});
afterAll(() => browser.close());

it('weighs at most 1 MB', () => {
  expect(pdf.length).toBeLessThan(1_000_000);
});

it('leaves no page nearly empty and no heading alone at the foot of one', () => {
  const empty = pages
    .slice(0, -1)
    .flatMap(({ filled }, at) => (filled < 0.4 ? [`${at + 1}: ${filled.toFixed(2)}`] : []));
  expect(empty).toEqual([]);
  const last = (tags: readonly Tag[]): string => {
    const tag = tags.findLast(({ text, role }) => text !== '' || role === 'Figure');
    if (tag === undefined) return '';
    return /^(H\d|Caption)$/.test(tag.role) ? `${tag.role} ${tag.text}` : last(tag.children);
  };
  expect(pages.map(({ tags }) => last(tags)).filter((heading) => heading !== '')).toEqual([]);
});

it('names in the contents the page on which each part begins', () => {
  const begins = pages.flatMap(({ tags }, at) =>
    flatTags(tags).flatMap(({ role, text }) => (role === 'H2' ? [`${text} ${at + 1}`] : [])),
  );
  const [cover] = pages;
  const entries = flatTags(cover!.tags).flatMap(({ role, text }) => (role === 'Link' ? [text] : []));
  // All but the heading of the contents itself.
  expect(entries).toEqual(begins.slice(1));
});

it('tells a screen reader its headings, tables and pictures in the order of the report', () => {
  const tags = flatTags(pages.flatMap((page) => page.tags));
  const headings = tags.filter(({ role }) => role === 'H2').map(({ text }) => text);
  const sections = sectionsFor(model.sections, 'print');
  const plain = (text: string) => text.replace(/[\s\u00a0]+/g, ' ').trim();
  expect(headings).toEqual(['Spis treści', model.summary.title, ...sections.map(({ title }) => title)].map(plain));
  const charts = [
    ...[model.summary.radar, model.summary.changes],
    ...sections.flatMap(({ parts }) => parts.flatMap(({ chart }) => chart ?? [])),
  ];
  const figures = tags.filter(({ role }) => role === 'Figure');
  expect(figures.map(({ alt }) => plain(alt))).toEqual(charts.map(({ alt }) => plain(alt)));
  const tables = tags.filter(({ role }) => role === 'Table');
  const printed = sections.flatMap(({ parts }) => parts.flatMap(({ table }) => table ?? []));
  // A table that goes on over the page is there on each of its pages.
  expect(tables.length).toBeGreaterThanOrEqual(printed.length + 1);
  const captions = tags.filter(({ role }) => role === 'Caption').map(({ text }) => text);
  for (const { caption } of printed) expect(captions).toContain(plain(caption));
  for (const table of tables) expect(flatTags(table.children).some(({ role }) => role === 'TH')).toBe(true);
});

it('says the same packed as it was printed, in fewer bytes', async () => {
  const raw = await printPage(browser, reportHtml(model, 'summary'), undefined);
  const packed = packPdf(raw);
  expect(packed.length).toBeLessThan(raw.length * 0.7);
  expect(await readPdf(packed)).toEqual(await readPdf(raw));
  expect(await pdfLayout(packed)).toEqual(await pdfLayout(raw));
  // What is packed, and what is no PDF, stays as it is.
  expect(packPdf(packed)).toBe(packed);
  expect(packPdf(Buffer.from('no PDF'))).toEqual(Buffer.from('no PDF'));
});
