import type { Application } from '../compose';
import { createPublishing, type Subject } from '../publishing/services';
import type { RoundName } from '../assessment/round';
import { Failure, isRefusal } from '../shared/errors';
import { accepted } from './accepted';
import { demoPlan, type DemoAssessment, type DemoPublication } from './plan';

/**
 * Publishes the reports of the plan through the service that people use, as if on their days. Does nothing for editions
 * that are there already.
 */
export async function seedPublications({ services, store }: Application): Promise<void> {
  let today = services.clock();
  const { assessment, editionFiles, publishing } = services;
  const { installation } = publishing;
  const { editions } = createPublishing({ store, clock: () => today, assessment, editionFiles, installation });
  for (const plan of demoPlan) {
    for (const publication of plan.published ?? []) {
      const { on, decidedBy, approved = {}, reason = '' } = publication;
      const subject = await subjectOf(services.assessment, plan, publication);
      const seen = (await editions.ofSubject(subject)).length;
      // The first edition has no reason, every other one has.
      if (seen > (reason === '' ? 0 : 1)) continue;
      today = new Date(`${on}T09:00:00+01:00`);
      for (const [name, day] of Object.entries(approved)) await approve(assessment, plan, name as RoundName, day);
      const made = await editions.publish(subject, { decidedBy, decidedOn: on, reason, confirmed: true }, seen);
      if (isRefusal(made)) throw new Failure('demo-refused', `A demo report was refused: ${JSON.stringify(made)}`);
    }
  }
}

async function approve(
  services: Application['services']['assessment'],
  plan: DemoAssessment,
  name: RoundName,
  approvedOn: string,
): Promise<void> {
  const { id } = await subjectOf(services, plan, { report: name });
  const minutes = await services.minutes.of(id);
  if (minutes?.state !== 'open') return;
  const input = { approvedOn, approvedBy: 'zespół roboczy' };
  accepted(await services.minutes.approve(id, input, minutes.mark, 'demo'));
}

async function subjectOf(
  { units, assessments, rounds }: Application['services']['assessment'],
  plan: DemoAssessment,
  { report }: Pick<DemoPublication, 'report'>,
): Promise<Subject> {
  const unit = await units.byCode(plan.unit.code);
  const [assessment] = unit === null ? [] : await assessments.ofUnit(unit.id);
  if (assessment === undefined) throw new Failure('demo-refused', `${plan.unit.name} has no assessment to publish.`);
  if (report === 'comparison') return { kind: 'comparison', id: assessment.id };
  const round = (await rounds.ofAssessment(assessment.id)).find(({ name }) => name === report);
  return { kind: 'round', id: round?.id ?? '' };
}
