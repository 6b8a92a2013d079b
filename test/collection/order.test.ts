import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sealedAnswersSpec, sealedFreeTextsSpec } from '../../src/assessment/sealed-answers';
import type { CollectionSpec, Stored } from '../../src/storage/port';
import { documentOf, text } from '../../src/storage/document-fields';
import { allowed, assessmentOver, newOpenRound, submitAnswers, type SurveyServices } from '../support/builders';
import { openPart } from '../support/open-part';
import { filesHold, rawFiles } from '../support/raw-store';
import { embeddedTestStore } from '../support/stores';

/** People who answer one after the other, each told from all others by two marks in the files. */
const people = Array.from({ length: 40 }, (_, rank) => ({
  rank,
  comment: `Uwaga-${rank}-`,
  other: `Inne-${rank}-`,
}));

let files: Awaited<ReturnType<typeof embeddedTestStore>>;
let services: SurveyServices;

/** Unpredictable to anybody else, and the same in every run, so that a test of chance is no game of chance. */
function seededBytes(seed: string): (size: number) => Buffer {
  let drawn = 0;
  return (size) => {
    drawn += 1;
    const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, block) =>
      createHash('sha256').update(`${seed} ${drawn} ${block}`).digest(),
    );
    return Buffer.concat(blocks).subarray(0, size);
  };
}

beforeEach(async () => {
  files = await embeddedTestStore();
  const randomBytes = seededBytes('order');
  const uuid = (): string => {
    const hex = randomBytes(16).toString('hex');
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
  };
  const shortCode = (length: number): string => randomBytes(length).toString('hex').slice(0, length);
  services = assessmentOver(files.store, { randomBytes, ids: { uuid, shortCode } });
});
afterEach(() => files.dispose());

/** Spearman's rank correlation of two lists without ties: 1 in the same order, about 0 where they tell nothing. */
function correlation(one: readonly number[], other: readonly number[]): number {
  const ranks = (list: readonly number[]) => list.map((value) => list.filter((more) => more < value).length);
  const [a, b] = [ranks(one), ranks(other)];
  const n = a.length;
  const squares = a.reduce((sum, rank, index) => sum + (rank - b[index]!) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}

/** By chance beyond this in one of a thousand cases: 3.3 standard errors of 1 / √(n − 1). */
const chance = 3.3 / Math.sqrt(people.length - 1);
const arrival = people.map(({ rank }) => rank);

/** Where in the file each mark stands; it must be there once. */
async function offsetsOf(file: string, marks: readonly string[]): Promise<number[]> {
  const bytes = await readFile(join(files.folder, file));
  return marks.map((mark) => {
    const at = bytes.indexOf(mark);
    expect(at).toBeGreaterThan(0);
    expect(bytes.indexOf(mark, at + 1)).toBe(-1);
    return at;
  });
}

async function answerAll() {
  const round = await newOpenRound(services);
  for (const { rank, comment, other } of people) {
    await submitAnswers(services, round.id, 'ngo', {
      ...{ a1: 1 + (rank % 5), c1: 3, meetings: rank % 12 },
      ...{ part: 'elsewhere', 'part.other': other + 'x'.repeat(80), 'p1-comment': comment + 'y'.repeat(1500) },
    });
  }
  return round;
}

it('a minute after the last answer of an open round neither files nor rows nor ids tell the order or join anything', async () => {
  const round = await answerAll();
  await files.store.tidy();
  const part = openPart(files.store, round.id);
  const [comments, others] = [people.map(({ comment }) => comment), people.map(({ other }) => other)];

  const offsets = {
    comments: await offsetsOf('open-rounds.sqlite', comments),
    others: await offsetsOf('open-rounds.sqlite', others),
  };
  const texts = await part.texts.find({});
  const rows = {
    comments: comments.map((mark) => texts.findIndex((one) => one.text.startsWith(mark))),
    others: others.map((mark) => texts.findIndex((one) => one.text.startsWith(mark))),
  };
  for (const { comments: one, others: other } of [offsets, rows]) {
    expect(Math.abs(correlation(one, arrival))).toBeLessThan(chance);
    expect(Math.abs(correlation(other, arrival))).toBeLessThan(chance);
    expect(Math.abs(correlation(one, other))).toBeLessThan(chance);
  }
  // Nothing waits beside the file, and no row holds the words and the answers of a person.
  for (const { name, bytes } of await rawFiles(files.folder)) if (name.endsWith('-wal')) expect(bytes).toHaveLength(0);
  for (const one of await part.submissions.find({})) {
    expect(Object.keys(one).sort()).toEqual(['answers', 'group', 'id', 'state']);
  }
  const ids = [...texts, ...(await part.submissions.find({})), ...(await part.drafts.find({}))].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

it('documents of 2,000 characters show the order of arrival until the file is rebuilt, and not after it', async () => {
  const slips: CollectionSpec<Stored & { readonly text: string }> = {
    name: 'slips',
    schema: documentOf({ text }),
    inParts: true,
  };
  const marks = people.map(({ rank }) => `Slip-${rank}-`);
  for (const mark of marks) {
    const id = createHash('sha256').update(mark).digest('hex');
    await files.store.collection(slips, 'one').insert({ id, text: mark + 'y'.repeat(2000) });
  }
  const waiting = await readFile(join(files.folder, 'open-rounds.sqlite-wal'));
  expect(
    correlation(
      marks.map((mark) => waiting.indexOf(mark)),
      arrival,
    ),
  ).toBeGreaterThan(0.99);
  await files.store.tidy();
  expect(Math.abs(correlation(await offsetsOf('open-rounds.sqlite', marks), arrival))).toBeLessThan(chance);
  expect(await readFile(join(files.folder, 'open-rounds.sqlite-wal'))).toHaveLength(0);
});

it('sealing gives new ids in a new order, and leaves no word in the file of the open rounds', async () => {
  const round = await answerAll();
  await files.store.tidy();
  const part = openPart(files.store, round.id);
  const before = {
    answers: (await part.submissions.find({})).map(({ id }) => id),
    texts: (await part.texts.find({})).map(({ id, text: words }) => ({ id, words })),
  };
  allowed(await services.sealing.close(round.id));

  const answers = await files.store.collection(sealedAnswersSpec).find({});
  const texts = await files.store.collection(sealedFreeTextsSpec).find({});
  expect(answers).toHaveLength(people.length);
  expect(texts).toHaveLength(2 * people.length);
  const old = new Set([...before.answers, ...before.texts.map(({ id }) => id)]);
  expect([...answers, ...texts].filter(({ id }) => old.has(id))).toEqual([]);
  const places = before.texts.map(({ words }) => texts.findIndex((one) => one.text === words));
  const order = places.map((_, index) => index);
  expect(Math.abs(correlation(places, order))).toBeLessThan(chance);

  const offsets = await offsetsOf(
    'lijw.sqlite',
    people.map(({ comment }) => comment),
  );
  expect(Math.abs(correlation(offsets, arrival))).toBeLessThan(chance);
  const open = await readFile(join(files.folder, 'open-rounds.sqlite'));
  for (const { comment, other } of people) {
    expect(open.includes(comment)).toBe(false);
    expect(open.includes(other)).toBe(false);
  }
  // The key that made the new ids is nowhere any more.
  expect((await services.rounds.get(round.id))?.sealingKey).toBeNull();
});

it('what a respondent has taken back is in no file a minute later', async () => {
  const round = await newOpenRound(services);
  await submitAnswers(services, round.id, 'ngo', { a1: 1, 'p1-comment': 'Słowa do usunięcia' });
  await files.store.tidy();
  expect(await filesHold(files.folder, 'Słowa do usunięcia')).toBe(true);
  const part = openPart(files.store, round.id);
  const [draft] = await part.drafts.find({});
  await part.texts.remove({});
  await part.drafts.remove({});
  await files.store.tidy();
  expect(await filesHold(files.folder, 'Słowa do usunięcia')).toBe(false);
  expect(await filesHold(files.folder, draft!.id)).toBe(false);
});
