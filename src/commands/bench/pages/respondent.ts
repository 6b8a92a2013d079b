import { join } from 'node:path';
import { demoPlan } from '../../../demo/plan';
import { readInstrument } from '../../../definitions/registry';
import { Failure } from '../../../shared/errors';
import { definitionsFolder } from '../../scoring-options';
import { visitor, type Visited, type Visitor } from './visitor';

/** @param staff the settings LIJW_STAFF_USER and LIJW_STAFF_PASSWORD of the serving process */
export async function signedInStaff(address: string, staff: Readonly<Record<string, string>>): Promise<Visitor> {
  const signedIn = visitor(address);
  const form = { user: staff['LIJW_STAFF_USER'] ?? '', password: staff['LIJW_STAFF_PASSWORD'] ?? '' };
  await signedIn.post('/staff/sign-in', new URLSearchParams(form).toString());
  return signedIn;
}

/** The address of a survey that the demo's staff desk offers. */
export async function openSurvey(staff: Visitor): Promise<string> {
  const open = demoPlan.filter(({ rounds }) => rounds.some(({ opened, closed }) => opened && !closed));
  if (open.length === 0) throw new Failure('bench-no-round', 'The demo has no open round.');
  const links = [...(await staff.get('/staff')).body.matchAll(/href="(\/staff\/rounds\/[^"/]+)"/g)].map(
    ([, path]) => path,
  );
  for (const link of new Set(links)) {
    const survey = /\/survey\/[a-z0-9-]+/.exec((await staff.get(link ?? '')).body)?.[0];
    if (survey !== undefined && (await staff.get(survey)).status === 200) return survey;
  }
  throw new Failure('bench-no-survey', 'No round of the demo shows the address of its survey.');
}

/** A respondent who has begun, in the first group that the survey offers. */
export async function begun(address: string, survey: string): Promise<Visitor> {
  const person = visitor(address);
  const group = /name="group"[^>]*value="([^"]+)"/.exec((await person.get(`${survey}/group`)).body)?.[1] ?? '';
  const { status } = await person.post(`${survey}/group`, `group=${encodeURIComponent(group)}`);
  if (status !== 303) throw new Failure('bench-not-begun', `The survey was not begun: it answered ${status}.`);
  return person;
}

/** The page with the most bytes that the respondent sees, and a form with an answer to each of its ratings. */
export async function largestPage(
  person: Visitor,
  survey: string,
): Promise<{ readonly path: string; readonly body: string }> {
  const { instrument } = await readInstrument(join(definitionsFolder, 'lijw-1.0.0.json'));
  const pages: (Visited & { readonly path: string })[] = [];
  for (const { code } of instrument.forms.full.pages) {
    const path = `${survey}/page/${code}`;
    pages.push({ path, ...(await person.get(path)) });
  }
  const [largest] = pages.filter(({ status }) => status === 200).sort((a, b) => b.body.length - a.body.length);
  if (largest === undefined) throw new Failure('bench-no-page', 'No page of the questionnaire answers.');
  const fields = new Set(
    [...largest.body.matchAll(/type="radio"[^>]*name="([^"]+)"|name="([^"]+)"[^>]*type="radio"/g)].map(
      ([, first, second]) => first ?? second ?? '',
    ),
  );
  const body = new URLSearchParams([...fields].map((name): [string, string] => [name, '4']));
  body.set('action', 'continue');
  return { path: largest.path, body: body.toString() };
}
