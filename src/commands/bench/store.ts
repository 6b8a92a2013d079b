import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { compose, type Application } from '../../compose';
import { readConfig } from '../../config';
import { Failure } from '../../shared/errors';
import type { Bench } from './bench';
import { timesOf } from './times';
import { bareDocumentsSpec } from './bare-documents';
import { must } from './must';

const junk = 8_000;
const people = 20;
const documents = 200;

/** Sending an answer while strangers have begun thousands of drafts, and the store beside bare SQLite. */
export const storeBench: Bench = {
  name: 'store',
  about: `${people} people who answer while ${junk} drafts lie beside theirs; ${documents} writes beside bare SQLite`,
  async *run() {
    const folders = await Promise.all(Array.from({ length: 3 }, () => mkdtemp(join(tmpdir(), 'lijw-bench-'))));
    const [crowded, quiet] = (await Promise.all(folders.slice(0, 2).map(openRound))) as [OpenRound, OpenRound];
    const bare = bareSqlite(join(folders[2] ?? '', 'bare.sqlite'));
    try {
      const { drafts } = crowded.application.services.collection;
      for (let n = 0; n < junk; n += 1) must(await drafts.start(crowded.roundId));
      const sending = await timesOf(
        9,
        () => answerAll(crowded),
        () => answerAll(quiet),
      );
      yield {
        what: `${people} submissions, ${junk} junk drafts in the round`,
        unit: 'ms',
        ours: sending.ours.median,
        bound: { what: 'the same, no junk', value: sending.bound.median },
        spread: sending.ours.spread,
        budget: { most: 2 },
      };
      const writing = await timesOf(
        9,
        () => writeAll(quiet),
        () => bare.writeAll(),
      );
      yield {
        what: `${documents} documents of 2 kB written one by one`,
        unit: 'ms',
        ours: writing.ours.median,
        bound: { what: 'bare SQLite, synced', value: writing.bound.median },
        spread: writing.ours.spread,
        budget: { most: 4 },
      };
    } finally {
      bare.close();
      await Promise.all([crowded, quiet].map(({ application }) => application.close()));
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    }
  },
};

interface OpenRound {
  readonly application: Application;
  readonly roundId: string;
}

/** An application of its own with one open round of lijw. */
async function openRound(dataDir: string): Promise<OpenRound> {
  const application = await compose(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
  const { units, assessments, rounds } = application.services.assessment;
  const unit = must(await units.create({ code: '3099011', name: 'Gmina Zmyślona', kind: 'rural-gmina' }));
  const assessment = must(await assessments.create({ unitId: unit.id, instrumentId: 'lijw', title: 'Pomiar' }));
  const round = must(
    await rounds.create({
      ...{ assessmentId: assessment.id, name: 'baseline', form: 'full', assessedYear: 2025 },
      ...{ opensOn: '2026-03-01', closesOn: '2026-03-31' },
    }),
  );
  return { application, roundId: must(await rounds.open(round.id)).id };
}

async function answerAll({ application, roundId }: OpenRound): Promise<void> {
  const { assessment, collection } = application.services;
  const { drafts, submissions, questionnaires } = collection;
  const round = await assessment.rounds.get(roundId);
  if (!round) throw new Failure('round-missing', 'The round of the bench is gone.');
  const { instrument } = await questionnaires.of(round);
  const items = instrument.questions.filter(({ type }) => type === 'rating').slice(0, 30);
  const answers = Object.fromEntries(items.map(({ code }) => [code, 4]));
  for (let n = 0; n < people; n += 1) {
    const { token } = must(await drafts.start(roundId));
    must(await drafts.chooseGroup(token, instrument.groups?.[0]?.code ?? ''));
    must(await drafts.save(token, answers));
    must(await submissions.submit(token));
  }
}

const content = 'x'.repeat(2_000);
let written = 0;

async function writeAll({ application }: OpenRound): Promise<void> {
  const all = application.store.collection(bareDocumentsSpec);
  for (let n = 0; n < documents; n += 1) await all.insert({ id: `d${(written += 1)}`, content });
}

/** The least that keeps what it has acknowledged: one synced statement a document. */
function bareSqlite(path: string) {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE d (id TEXT PRIMARY KEY, content TEXT)');
  const insert = database.prepare('INSERT INTO d VALUES (?, ?)');
  return {
    writeAll() {
      for (let n = 0; n < documents; n += 1) insert.run(`d${(written += 1)}`, content);
    },
    close: () => database.close(),
  };
}
