import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoProgramme } from '../../src/demo/programme';
import { checkProgramme } from '../../src/programme/document/check';
import { loadProgrammes, programmesOf } from '../../src/programme/document/load';
import { subregionOfPlace, targetOf, type Programme } from '../../src/programme/document/programme';
import type { ProblemsFound } from '../../src/shared/errors';
import { type Problem } from '../../src/shared/errors';
import { secondProgramme } from '../support/second-programme';

const shipped = join(__dirname, '../../survey-definitions/programmes');

describe('programme documents', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'programmes-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  const save = (document: object, name: string): void =>
    writeFileSync(join(dir, name), JSON.stringify(document, null, 2));
  const problemsOf = (document: object): string[] =>
    checkProgramme(document).map(({ code, pointer }) => `${pointer ?? ''} ${code}`);

  it('that come with the program are sound: Civic Wielkopolska has its ten activities and five subregions', () => {
    const programmes = loadProgrammes(shipped);
    expect(programmes.all()).toHaveLength(readdirSync(shipped).length);
    const civic = programmes.get('obywatelska-wielkopolska-2014-2015')!;
    expect(civic.activities.map((activity) => targetOf(civic, activity))).toEqual([5, 5, 1, 3, 10, 10, null, 50, 1, 5]);
    const powiats = civic.subregions.map(({ powiats: list }) => list.length);
    expect(powiats).toEqual([6, 8, 7, 5, 9]);
    expect(civic).toMatchObject({ startsOn: '2014-08-01', endsOn: '2015-06-30' });
    expect(subregionOfPlace(civic, '302101')?.code).toBe('poznanski');
    expect(subregionOfPlace(civic, '3063')?.code).toBe('leszczynski');
    expect(subregionOfPlace(civic, '146501')).toBeNull();
    expect(problemsOf(demoProgramme)).toEqual([]);
  });

  it('are added by one file', () => {
    save(secondProgramme(), 'inny-region-2026.json');
    const [programme] = loadProgrammes(dir).all();
    expect(programme).toEqual(secondProgramme());
  });

  it('that are broken are reported whole, with pointers and lines', () => {
    const sound = JSON.parse(JSON.stringify(secondProgramme())) as Record<string, never> & Programme;
    const broken = {
      ...sound,
      endsOn: '2025-12-31',
      foo: 1,
      name: { pl: 'Nazwa' },
      subregions: [
        { ...sound.subregions[0], powiats: ['9901', '99'] },
        { ...sound.subregions[0], name: { pl: ' ', en: 'x' }, powiats: ['9901'] },
      ],
      activities: [
        { ...sound.activities[0], target: { total: 0 } },
        { ...sound.activities[1], target: {} },
        { ...sound.activities[2], counts: { what: 'events-held', rounds: 1 } },
        { ...sound.activities[3], counts: { what: 'units-with-group-advice', meetings: 2 } },
        { ...sound.activities[4], code: 'courses', kind: 'party' },
        { ...sound.activities[5], counts: { what: 'good-will' } },
      ],
    };
    save(broken, 'inny-region-2026.json');
    save({ ...secondProgramme(), id: 'other' }, 'misnamed.json');
    let problems: readonly Problem[] = [];
    try {
      loadProgrammes(dir);
    } catch (error) {
      problems = (error as ProblemsFound).problems;
    }
    const found = problems.map(
      ({ file, pointer, code }) => `${file?.split('/').at(-1) ?? ''} ${pointer ?? ''} ${code}`,
    );
    expect(found.sort()).toEqual(
      [
        'inny-region-2026.json /endsOn ends-before-starts',
        'inny-region-2026.json /foo unknown-property',
        'inny-region-2026.json /name text-missing',
        'inny-region-2026.json /subregions/0/powiats/1 bad-code',
        'inny-region-2026.json /subregions/1/code repeated-code',
        'inny-region-2026.json /subregions/1/name/pl empty-text',
        'inny-region-2026.json /subregions/1/powiats/0 powiat-twice',
        'inny-region-2026.json /activities/0/target/total too-small',
        'inny-region-2026.json /activities/1/target target-unclear',
        'inny-region-2026.json /activities/2/counts/what counts-do-not-fit',
        'inny-region-2026.json /activities/2/counts/rounds needless-property',
        'inny-region-2026.json /activities/3/counts missing-property',
        'inny-region-2026.json /activities/4/code repeated-code',
        'inny-region-2026.json /activities/4/kind not-allowed-value',
        'inny-region-2026.json /activities/5/counts/what not-allowed-value',
        'misnamed.json /id file-name',
      ].sort(),
    );
    expect(problems.every(({ line }) => line !== undefined && line > 0)).toBe(true);
  });

  it.each([[null], [[]], ['text'], [{ kind: 'programme', subregions: 3, activities: [null, { counts: 7 }] }]])(
    'may be anything at all without a fault of ours: %j',
    (document) => expect(checkProgramme(document).length).toBeGreaterThan(0),
  );

  it('has no programmes where there is no folder', () => {
    expect(loadProgrammes(join(dir, 'nonesuch')).all()).toEqual([]);
  });

  it('shows the programme that runs, else the next, else the last', () => {
    const of = (id: string, startsOn: string, endsOn: string): Programme => secondProgramme({ id, startsOn, endsOn });
    const [first, second] = [of('a', '2014-01-01', '2014-12-31'), of('b', '2016-01-01', '2016-12-31')];
    const programmes = programmesOf([first, second]);
    expect(programmes.current('2014-06-01')).toBe(first);
    expect(programmes.current('2015-06-01')).toBe(second);
    expect(programmes.current('2016-12-31')).toBe(second);
    expect(programmes.current('2030-01-01')).toBe(second);
    expect(programmesOf([]).current('2030-01-01')).toBeNull();
  });
});
