import { randomBytes } from 'node:crypto';
import type { RoundName } from '../../../assessment/round';
import { createAssessmentWithCollection } from '../../../collection/services';
import { areasOf } from '../../../definitions/instrument';
import type { Registry } from '../../../definitions/registry';
import { plausibleAnswers } from '../../../demo/answers';
import { createChance, type Chance } from '../../../demo/random';
import { randomIds } from '../../../shared/ids';
import type { Store } from '../../../storage/port';
import { placeKinds } from '../../../territory/place';
import { must } from '../must';
import { inTurns } from './in-turns';

type Seeding = ReturnType<typeof createAssessmentWithCollection> & { readonly chance: Chance };

const subregions = ['pilski', 'koniński', 'kaliski', 'leszczyński', 'poznański'];
const groupSizes = { officials: 12, ngo: 20 };
/** The group of each answer of a round. */
const answering = ['officials', 'officials', 'officials', 'ngo', 'ngo', 'ngo'];

/** Where the round of a unit has come to when the seeding is done. */
type Reached = 'draft' | 'open' | 'closed';

/** How far each round of the unit with this number has come: baselines are closed, follow-ups a third each. */
function reached(name: RoundName, number: number): Reached {
  return name === 'baseline' ? 'closed' : ((['draft', 'closed', 'open'] as const)[number % 3] ?? 'draft');
}

/**
 * What a store with many units holds: each has an assessment with both rounds, with few answers.
 *
 * @param late no area is agreed on in the baselines, and their recommendations are late: each unit has more to do
 */
export async function seedOffice(
  store: Store,
  instruments: Registry,
  installationKey: string,
  units: number,
  late = false,
): Promise<void> {
  let today = '2024-09-01';
  const services = createAssessmentWithCollection({
    ...{ store, ids: randomIds, randomBytes, instruments, installationKey },
    clock: () => new Date(`${today}T09:00:00+01:00`),
  });
  const seeding: Seeding = { ...services, chance: createChance(units) };
  const numbers = Array.from({ length: units }, (_, index) => index + 1);
  const assessments = new Map(
    await inTurns(numbers, async (number) => [number, await unitOf(seeding, number)] as const),
  );
  for (const [name, year] of [
    ['baseline', 2024],
    ['follow-up', 2026],
  ] as const) {
    const days = { opensOn: `${year}-10-01`, closesOn: `${year}-11-15` };
    today = days.opensOn;
    const opened = await inTurns(numbers, (number) =>
      openRound(seeding, reached(name, number), { ...days, name, assessmentId: assessments.get(number) ?? '' }),
    );
    today = days.closesOn;
    await inTurns(
      opened.filter((id, index) => id !== null && reached(name, index + 1) === 'closed') as string[],
      (id) => closeRound(seeding, id, late),
    );
  }
}

/** The id of the assessment of a new unit. */
async function unitOf({ assessment }: Seeding, number: number): Promise<string> {
  const unit = must(
    await assessment.units.create({
      ...{ code: `BENCH-${number}`, name: `Gmina Próbna ${number}`, kind: placeKinds[number % 3] ?? 'rural-gmina' },
      ...{ powiat: `zmyślony ${number % 30}`, subregion: subregions[number % subregions.length] ?? '' },
    }),
  );
  const input = { unitId: unit.id, instrumentId: 'lijw', title: 'Ocena współpracy' };
  return must(await assessment.assessments.create(input)).id;
}

/** The id of the opened round, with its answers; null where it stays a draft. */
async function openRound(
  { assessment, collection, chance }: Seeding,
  to: Reached,
  planned: {
    readonly assessmentId: string;
    readonly name: RoundName;
    readonly opensOn: string;
    readonly closesOn: string;
  },
): Promise<string | null> {
  const assessedYear = Number(planned.opensOn.slice(0, 4)) - 1;
  const draft = must(await assessment.rounds.create({ ...planned, form: 'core', assessedYear, groupSizes }));
  if (to === 'draft') return null;
  const round = must(await assessment.rounds.open(draft.id));
  const { instrument } = assessment.rounds.instrumentOf(round);
  for (const group of answering) {
    const { token } = must(await collection.drafts.start(round.id));
    must(await collection.drafts.chooseGroup(token, group));
    must(
      await collection.drafts.save(
        token,
        plausibleAnswers(instrument, group, () => 3, chance),
      ),
    );
    must(await collection.submissions.submit(token));
  }
  return round.id;
}

async function closeRound({ assessment, collection }: Seeding, id: string, late: boolean): Promise<void> {
  const closed = must(await collection.sealing.close(id));
  must(await assessment.rounds.computeResults(id, closed.revision));
  if (late) {
    const recommended = { area: null, what: 'Ogłosić kalendarz konsultacji.', who: 'urząd', due: '2025-06' };
    for (let number = 0; number < 3; number += 1) must(await assessment.recommendations.add(id, recommended));
    return;
  }
  const { outOfScope } = closed;
  const areas = areasOf(assessment.rounds.instrumentOf(closed).instrument).filter(
    ({ code }) => !outOfScope.includes(code),
  );
  const edits = { score: { seen: undefined, mine: 3.5 }, texts: { reasons: { seen: '', mine: 'Tak ustalono.' } } };
  for (const { code } of areas) must(await assessment.agreedScores.write(id, code, edits, 'bench'));
}
