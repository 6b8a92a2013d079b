import { readSheet } from 'read-excel-file/node';
import request from 'supertest';
import { editionDocumentsSpec, editionsSpec, type PublishedEdition } from '../../src/publishing/edition';
import { cardOf } from '../../src/publishing/card';
import type { FigureRecord } from '../../src/reports/records/records';
import type { Edition } from '../../src/reports/edition/edition';
import { contentHash, editionText, readEdition } from '../../src/reports/edition/read-edition';
import { startTestApp, type TestApp } from '../support/app';
import { generatedEditions, howMany } from '../support/editions';
import {
  meansOfDocument,
  meansOfOpenData,
  meansOfPage,
  meansOfRecords,
  meansOfSheet,
  rowsOfPolishCsv,
  type Means,
} from '../support/figure-readers';

/** As if it had been published: `Editions.publish` makes editions of closed rounds, which these never were. */
async function shelve(test: TestApp, edition: Edition): Promise<PublishedEdition> {
  const [, , unit = '', report = '', number = ''] = edition.publication.path.split('/');
  const [id, hash, card] = [`comparison:${unit}-${report}:1`, contentHash(edition), cardOf(edition)];
  const about: PublishedEdition = {
    ...{ id, reportId: `comparison:${unit}-${report}`, unit, report, number: Number(number), state: 'published' },
    ...{ publishedOn: edition.madeOn, hash, card, reason: null, withdrawnOn: null, withdrawnWhy: null },
    title: { unit: edition.unit.name, kind: card.kind, rounds: card.rounds },
  };
  await test.store
    .collection(editionDocumentsSpec)
    .insert({ id: `${id}:${hash}`, editionId: id, text: editionText(edition) });
  await test.store.collection(editionsSpec).insert(about);
  return about;
}

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

it.each(generatedEditions(howMany))('every mean of %s is one and the same in every form', async (_name, edition) => {
  const about = await shelve(test, edition);
  const path = edition.publication.path;
  const get = async (address: string) => (await request(test.app).get(address)).text;
  const document = await get(`${path}/edition.json`);
  const truth = meansOfDocument(readEdition(document));
  expect(Object.values(truth).filter((mean) => mean !== null).length).toBeGreaterThan(40);

  const api = JSON.parse(await get(`/api/v1/editions/${about.unit}/${about.report}/1/figures`)) as {
    readonly figures: readonly FigureRecord[];
  };
  const openData = (await get('/open-data/figures.csv')).split('\r\n');
  const own = [openData[0], ...openData.filter((line) => line.startsWith(`${edition.unit.code},`))].join('\r\n');
  const forms: Readonly<Record<string, Means>> = {
    api: meansOfRecords(api.figures),
    openData: meansOfOpenData(own),
    page: known(meansOfPage(edition, await get(path)), truth),
    xlsx: known(meansOfSheet(edition, await readSheet(await workbook(path), 'Oceny')), truth),
    csv: known(meansOfSheet(edition, rowsOfPolishCsv(await get(`${path}/figures.csv`))), truth),
  };
  for (const [form, means] of Object.entries(forms)) expect({ form, means }).toEqual({ form, means: truth });
  const listed = about.card!.survey;
  expect(listed.why === null ? listed.now : null).toBe(
    edition.pair?.change.index.survey.followUp ?? truth[`${edition.rounds.at(-1)!.name} index survey`],
  );
});

async function workbook(path: string): Promise<Buffer> {
  return (await request(test.app).get(`${path}/report.xlsx`).responseType('blob')).body as Buffer;
}

/** A table has a line for every group in every round; what a round does not have says so there, and has no mean. */
function known(means: Means, truth: Means): Means {
  for (const [key, mean] of Object.entries(means))
    if (!(key in truth)) expect({ key, mean }).toEqual({ key, mean: null });
  return Object.fromEntries(Object.entries(means).filter(([key]) => key in truth));
}
