import { createHash, randomBytes } from 'node:crypto';
import type { Answer } from '../../src/definitions/answers';
import type { Instrument } from '../../src/definitions/instrument';
import { registryOf, type Registry } from '../../src/definitions/registry';
import type { Assessment } from '../../src/assessment/assessments';
import type { AreaRecord, AreaText } from '../../src/assessment/meeting/area-record';
import type { Round } from '../../src/assessment/round';
import type { RoundInput } from '../../src/assessment/rounds';
import type { AssessmentServices } from '../../src/assessment/services';
import type { Unit, UnitInput } from '../../src/assessment/units';
import { createAssessmentWithCollection, type CollectionServices } from '../../src/collection/services';
import { isRefusal, type Refusal } from '../../src/shared/errors';
import { randomIds } from '../../src/shared/ids';
import type { Store } from '../../src/storage/port';
import { smallInstrument } from './instruments';

/** The value, where a test goes on from something that must not have been refused. */
export function allowed<Value>(value: Value | Refusal): Exclude<Value, Refusal> {
  if (isRefusal(value)) throw new Error(`Refused: ${JSON.stringify(value)}`);
  return value as Exclude<Value, Refusal>;
}

/** A registry of these instruments, as if they had been read from files. */
export function instrumentsOf(...instruments: readonly Instrument[]): Registry {
  return registryOf(
    instruments.map((instrument) => ({
      instrument,
      hash: createHash('sha256').update(JSON.stringify(instrument)).digest('hex'),
    })),
  );
}

/** Assessment and collection side by side. */
export type SurveyServices = AssessmentServices & CollectionServices;

type SurveyDependencies = Parameters<typeof createAssessmentWithCollection>[0];

/** The services over this store, on a spring noon of 2026, knowing the small instrument. */
export function assessmentOver(store: Store, overrides: Partial<SurveyDependencies> = {}): SurveyServices {
  const { assessment, collection } = createAssessmentWithCollection({
    store,
    clock: () => new Date('2026-03-16T12:00:00+01:00'),
    ids: randomIds,
    randomBytes,
    instruments: instrumentsOf(smallInstrument()),
    resumeCost: { N: 1024, r: 8, p: 1 },
    installationKey: 'a key of the tests only, of no use elsewhere',
    ...overrides,
  });
  return { ...assessment, ...collection };
}

export function unitInput(overrides: Partial<UnitInput> = {}): UnitInput {
  return { code: '3099011', name: 'Gmina Przykładowa', kind: 'rural-gmina', ...overrides };
}

export function roundInput(assessmentId: string, overrides: Partial<RoundInput> = {}): RoundInput {
  return {
    assessmentId,
    name: 'baseline',
    form: 'full',
    assessedYear: 2025,
    opensOn: '2026-03-01',
    closesOn: '2026-03-31',
    ...overrides,
  };
}

/** A unit with an assessment over the small instrument; units of one store need codes of their own. */
export async function newAssessment(
  services: AssessmentServices,
  overrides: Partial<UnitInput> = {},
  instrumentId = 'small',
): Promise<{ unit: Unit; assessment: Assessment }> {
  const unit = allowed(await services.units.create(unitInput(overrides)));
  const assessment = allowed(
    await services.assessments.create({ unitId: unit.id, instrumentId, title: 'Ocena współpracy' }),
  );
  return { unit, assessment };
}

/** An open round, of an assessment of its own unless `assessmentId` is given. */
export async function newOpenRound(services: AssessmentServices, overrides: Partial<RoundInput> = {}): Promise<Round> {
  const assessmentId = overrides.assessmentId ?? (await newAssessment(services)).assessment.id;
  const round = allowed(await services.rounds.create(roundInput(assessmentId, overrides)));
  return allowed(await services.rounds.open(round.id));
}

/** The working group agrees on the score of an area, with its words. */
export async function agree(
  { agreedScores }: Pick<AssessmentServices, 'agreedScores'>,
  roundId: string,
  area: string,
  score: number | null,
  words: Readonly<Partial<Record<AreaText, string>>> = {},
): Promise<AreaRecord> {
  const texts = Object.fromEntries(Object.entries(words).map(([field, mine]) => [field, { seen: '', mine }]));
  const edits = { score: { seen: undefined, mine: score }, texts };
  return allowed(await agreedScores.write(roundId, area, edits, 'prowadzaca')).record;
}

/** Closes an open round, and has its results computed from the sizes that it has. */
export async function closeAndCompute({ rounds, sealing }: SurveyServices, roundId: string): Promise<Round> {
  const closed = allowed(await sealing.close(roundId));
  return allowed(await rounds.computeResults(roundId, closed.revision));
}

/** open → sealing, as far as it goes by itself before answers are moved. */
export async function beginSealing({ rounds }: AssessmentServices, roundId: string): Promise<Round> {
  await rounds.beginClosing(roundId);
  return allowed(await rounds.beginSealing(roundId));
}

/** Least that can be sent: one rating of the small instrument. */
const oneRating = { a1: 3 };

/** A draft with a group and answers, ready to be sent: its token. */
export async function filledDraft(
  services: Pick<CollectionServices, 'drafts'>,
  roundId: string,
  group: string,
  answers: Readonly<Record<string, Answer>> = oneRating,
): Promise<string> {
  const { token } = allowed(await services.drafts.start(roundId));
  allowed(await services.drafts.chooseGroup(token, group));
  allowed(await services.drafts.save(token, answers));
  return token;
}

/** One respondent's submission from start to receipt. */
export async function submitAnswers(
  services: Pick<CollectionServices, 'drafts' | 'submissions'>,
  roundId: string,
  group: string,
  answers: Readonly<Record<string, Answer>> = oneRating,
): Promise<void> {
  allowed(await services.submissions.submit(await filledDraft(services, roundId, group, answers)));
}
