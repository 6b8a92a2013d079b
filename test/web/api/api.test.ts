import { createHash } from 'node:crypto';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020';
import request, { type Response } from 'supertest';
import { startTestApp, type TestApp } from '../../support/app';
import { allowed } from '../../support/builders';
import { assessedUnit, publication } from '../../support/published';
import type { PublishedEdition } from '../../../src/publishing/services';

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: AnySchema }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}
interface Description {
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

let test: TestApp;
let description: Description;
let comparison: PublishedEdition;
let withdrawn: PublishedEdition;
beforeAll(async () => {
  test = await startTestApp();
  const { assessment, collection, publishing } = test.services;
  const unit = await assessedUnit({ ...assessment, ...collection }, { subregion: 'poznański' });
  const publish = async (subject: typeof unit.comparison, seen = 0, reason = '') =>
    allowed(await publishing.editions.publish(subject, publication({ reason }), seen));
  comparison = await publish(unit.comparison);
  withdrawn = await publish(unit.rounds[0]);
  allowed(await publishing.editions.withdraw(withdrawn.id, 'Pomyłka.'));
  await publish(unit.rounds[1]);
  description = (await get('/api/v1/openapi.json')).body as Description;
});
afterAll(() => test.close());

const get = (path: string) => request(test.app).get(path);

/** Faults of an answer against what the description says of this call, status and kind of content. */
function faultsOf(path: string, response: Response): unknown {
  const type = String(response.headers['content-type']).split(';')[0]!;
  const documented = description.paths[path]?.get.responses[String(response.status)]?.content?.[type]?.schema;
  if (documented === undefined) return `${path} does not describe ${response.status} ${type}`;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  const validate = ajv.compile({ ...documented, components: description.components } as AnySchema);
  return validate(response.body) ? null : validate.errors;
}

const list = '/api/v1/editions';
const one = '/api/v1/editions/{unit}/{report}/{number}';
const figures = `${one}/figures`;
const at = (path: string, { unit, report, number }: PublishedEdition) =>
  path.replace('{unit}', unit).replace('{report}', report).replace('{number}', String(number));

it('is described by an OpenAPI document that is valid', async () => {
  const result = await new Validator().validate({ ...description });
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
});

it('answers every call as it is described, and describes every call', async () => {
  const calls: readonly (readonly [path: string, asked: string])[] = [
    [list, `${list}?q=przykladowa&kind=rural-gmina&year=2025&subregion=pozna%C5%84ski&page=1&perPage=1`],
    [list, `${list}?q=nic`],
    [one, at(one, comparison)],
    [figures, at(figures, comparison)],
    ['/api/v1/schemas/edition-1.json', '/api/v1/schemas/edition-1.json'],
  ];
  for (const [path, asked] of calls) {
    const response = await get(asked);
    expect({ asked, status: response.status, faults: faultsOf(path, response) }).toEqual({
      ...{ asked, status: 200, faults: null },
    });
  }
  expect(Object.keys(description.paths).toSorted()).toEqual([...new Set(calls.map(([path]) => path))].toSorted());
});

it('lists the current editions, a page at a time', async () => {
  const all = (await get(list)).body as { editions: { report: string; links: { document: string } }[]; total: number };
  expect(all.total).toBe(2);
  expect(all.editions.map(({ report }) => report)).toEqual(['2024-2025', '2025']);
  const second = (await get(`${list}?perPage=1&page=2`)).body as typeof all & { page: number; pages: number };
  expect([second.page, second.pages, second.editions.map(({ report }) => report)]).toEqual([2, 2, ['2025']]);
  expect(new URL(all.editions[0]!.links.document).pathname).toBe(at(one, comparison));
});

it('gives the document byte for byte, to keep until it changes, to pages of any site', async () => {
  const response = await get(at(one, comparison));
  expect(createHash('sha256').update(response.text).digest('hex')).toBe(comparison.hash);
  expect(response.headers).toMatchObject({ 'cache-control': 'public, no-cache', 'access-control-allow-origin': '*' });
  for (const path of [one, figures]) {
    const { etag } = (await get(at(path, comparison))).headers;
    expect((await get(at(path, comparison)).set('If-None-Match', String(etag))).status).toBe(304);
  }
});

it('says in words what is wrong with a call', async () => {
  const wrong: readonly (readonly [path: string, asked: string, status: number, parameter: string | undefined])[] = [
    [list, `${list}?powait=x`, 400, 'powait'],
    [list, `${list}?page=0`, 400, 'page'],
    [list, `${list}?page=abc`, 400, 'page'],
    [list, `${list}?page=7`, 404, 'page'],
    [list, `${list}?perPage=1000`, 400, 'perPage'],
    [list, `${list}?year=20`, 400, 'year'],
    [list, `${list}?kind=gmina`, 400, 'kind'],
    [list, `${list}?q=a&q=b`, 400, 'q'],
    [one, `${at(one, comparison)}?lang=en`, 400, 'lang'],
    [one, at(one, { ...comparison, number: 9 }), 404, undefined],
    [one, at(one, { ...comparison, unit: '000000' }), 404, undefined],
    [one, at(one, { ...comparison, number: 1.5 }), 404, undefined],
    [figures, at(figures, { ...comparison, number: 9 }), 404, undefined],
  ];
  for (const [path, asked, status, parameter] of wrong) {
    const response = await get(asked);
    expect({ asked, faults: faultsOf(path, response) }).toEqual({ asked, faults: null });
    expect({ asked, ...(response.body as object) }).toMatchObject({
      ...{ asked, status },
      ...(parameter === undefined ? {} : { parameter }),
    });
  }
  const unknown = await get('/api/v1/nonesuch');
  expect([unknown.status, unknown.headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
});

it('has nothing of a withdrawn edition but that it is withdrawn, and why', async () => {
  for (const path of [one, figures]) {
    const response = await get(at(path, withdrawn)).set('If-None-Match', `W/"${withdrawn.hash}"`);
    expect(response.status).toBe(410);
    expect(faultsOf(path, response)).toBeNull();
    expect((response.body as { detail: string }).detail).toBe('This edition was withdrawn on 2026-03-16: Pomyłka.');
  }
});
