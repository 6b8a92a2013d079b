import type { Instrument } from '../../../src/definitions/instrument';
import { instrumentsOf, newOpenRound } from '../../support/builders';
import { startTestApp, type TestApp } from '../../support/app';
import { smallInstrument } from '../../support/instruments';
import { interposed } from '../../support/interposed-store';
import { respondent } from '../../support/respondent';
import { embeddedTestStore } from '../../support/stores';

/** Without a rule that reads a fact, and with one. */
const instruments = { without: smallInstrument(), withFact: smallInstrument({ questions: askedByFact() }) };

function askedByFact(): Instrument['questions'] {
  const visibleIf = { '==': [{ fact: 'council' }, true] };
  return smallInstrument().questions.map((one) => (one.code === 'c2' ? { ...one, visibleIf } : one));
}

describe.each([
  ['without', []],
  ['withFact', ['find facts']],
] as const)("what a respondent's pages ask of the store, %s", (kind, facts) => {
  let test: TestApp;
  let asked: string[] = [];
  let person: ReturnType<typeof respondent>;
  beforeAll(async () => {
    const own = await embeddedTestStore();
    const store = interposed(own.store, ({ collection, operation }) => {
      asked.push(`${operation} ${collection}`);
    });
    test = await startTestApp(instrumentsOf(instruments[kind]), undefined, undefined, undefined, { ...own, store });
    person = respondent(test, await newOpenRound(test.services.assessment));
    await person.begin('ngo');
  });
  afterAll(() => test.close());

  const askedBy = async (request: PromiseLike<{ readonly status: number }>, status: number): Promise<string[]> => {
    asked = [];
    expect((await request).status).toBe(status);
    return asked.toSorted();
  };
  /** The round by its link, the draft by its cookie, and the facts that rules read. */
  const read = [...facts, 'find rounds', 'get drafts'];

  it('is each thing once for a page that is shown', async () => {
    expect(await askedBy(person.get('/page/policies'), 200)).toEqual(read);
    expect(await askedBy(person.get('/check'), 200)).toEqual(read);
  });

  it('is one change for a page that is sent, and whether there is such a draft, for the limit of forms', async () => {
    const sent = person.post('/page/policies', { part: 'no', a1: '4', a2: '5', b1: '2' });
    expect(await askedBy(sent, 303)).toEqual([...read, 'get drafts', 'get rounds', 'update drafts'].sort());
  });

  it('is one more change for a page that reminds of what was left out', async () => {
    const sent = person.post('/page/tasks', { c1: '' });
    const changes = ['get drafts', 'get rounds', 'update drafts', 'update drafts'];
    expect(await askedBy(sent, 303)).toEqual([...read, ...changes].sort());
  });
});
