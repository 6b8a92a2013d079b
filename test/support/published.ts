import type { UnitInput } from '../../src/assessment/units';
import type { PublicationInput, Subject } from '../../src/publishing/services';
import {
  agree,
  allowed,
  closeAndCompute,
  newAssessment,
  roundInput,
  submitAnswers,
  type SurveyServices,
} from './builders';

/** What staff enter, where a test says nothing else. */
export function publication(overrides: Partial<PublicationInput> = {}): PublicationInput {
  return {
    decidedBy: 'Wójt Gminy Przykładowa',
    decidedOn: '2026-03-10',
    ...{ reason: '', confirmed: true },
    ...overrides,
  };
}

const groups = { officials: 11, councillors: 2, ngo: 10 };

/** A unit of the small instrument with two closed rounds and results: what can be published of it. */
export async function assessedUnit(
  services: SurveyServices,
  unit: Partial<UnitInput> = {},
  years: readonly [number, number] = [2024, 2025],
): Promise<{ readonly comparison: Subject; readonly rounds: readonly [Subject, Subject] }> {
  const { assessment } = await newAssessment(services, unit);
  const rounds: Subject[] = [];
  for (const [at, name] of (['baseline', 'follow-up'] as const).entries()) {
    const { id } = allowed(
      await services.rounds.create(roundInput(assessment.id, { name, assessedYear: years[at as 0 | 1] })),
    );
    allowed(await services.rounds.open(id));
    for (const [place, [group, count]] of Object.entries(groups).entries()) {
      for (let person = 0; person < count; person += 1) {
        const rating = (step: number) => 1 + ((person * step + place + at) % 5);
        await submitAnswers(services, id, group, {
          ...{ meetings: 2, a1: rating(2), a2: rating(3), b1: rating(1), c1: rating(4) },
        });
      }
    }
    await agree(services, id, 'P1.1', 2.5 + at, { reasons: 'Jest lepiej.' });
    await closeAndCompute(services, id);
    rounds.push({ kind: 'round', id });
  }
  return { comparison: { kind: 'comparison', id: assessment.id }, rounds: rounds as [Subject, Subject] };
}
