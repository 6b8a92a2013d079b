import type { Application } from '../compose';
import { demoPeople } from './people';

/** What the demo prints once it runs: addresses, links to answer, sign-in. */
export async function welcome(
  { services }: Application,
  address: string,
  staff: { readonly user: string; readonly password: string },
): Promise<string> {
  const { assessments, rounds, units } = services.assessment;
  const open = await rounds.withStatus('open');
  const surveys = await Promise.all(
    open.map(async ({ assessmentId, linkCode, form }) => {
      const assessment = await assessments.get(assessmentId);
      const unit = assessment && (await units.get(assessment.unitId));
      return [`Answer for ${unit?.name ?? '?'} (${form} form)`, `${address}/survey/${linkCode}`] as const;
    }),
  );
  const lines = [
    ['Front page', address] as const,
    ...surveys,
    ['Staff', `${address}/staff`] as const,
    ['  password of all', staff.password] as const,
    ['  user', `${staff.user} (administrator: everything)`] as const,
    ...demoPeople.map(({ user, about }) => ['', `${user} (${about})`] as const),
  ];
  const width = Math.max(...lines.map(([label]) => label.length));
  return [
    '',
    'LIJW is running with demo data. Ctrl-C stops it.',
    '',
    ...lines.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    '',
  ].join('\n');
}
