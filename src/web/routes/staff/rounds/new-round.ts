import type { Request } from 'express';
import type { Assessment } from '../../../../assessment/assessments';
import { roundNames, wayOf, type Round, type RoundName } from '../../../../assessment/round';
import { editableIn, type RoundInput } from '../../../../assessment/rounds';
import { laterTimetable, plannedSteps, type Timetable } from '../../../../assessment/timetables';
import type { Unit } from '../../../../assessment/units';
import { inLanguage, mergedCode, type Instrument } from '../../../../definitions/instrument';
import { groupsAsked } from '../../../../assessment/asking-plan';
import { yearsLater } from '../../../../shared/calendar-day';
import { dayOf } from '../../../../shared/clock';
import { isRefusal, refuse, type Refusal } from '../../../../shared/errors';
import { rawForm, rawList, type RawForm } from '../../../forms/raw';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { errorLinks, readForm, shownFields, type FormError } from '../form';
import { staffPage, type Staff } from '../signed-in';
import { shownParts } from './edit-round';
import { stepWords } from '../planned-steps';
import { refusalAtField, roundEdit, roundForm, roundRaw } from './round-form';

const allOfDraft = editableIn({ status: 'draft' });
/** What is copied beside the settings of the form, each where its box is ticked. */
const copies = ['plan', 'timetable'] as const;

interface NewRound {
  readonly staff: Staff;
  readonly name: RoundName;
  readonly assessment: Assessment;
  readonly unit: Unit;
  readonly instrument: Instrument;
  readonly baseline: Round | null;
  /** Of the baseline. */
  readonly timetable: Timetable | null;
}

export async function newRoundPage(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const made = await find(request, staff);
  if (made === null || isRefusal(made)) return made ?? notFound();
  const { baseline, instrument, name } = made;
  const form = roundForm(instrument, allOfDraft);
  // Two rounds are there to be compared: what the first asked is the best guess for the second.
  const copied = name === 'follow-up' ? baseline : null;
  const guess = copied ? guessFrom(copied) : {};
  const only = instrument.forms.core ? {} : { form: 'full' as const };
  const raw = roundRaw(form, { ...only, ...guess }, staff.language);
  return show(made, copied ? { ...raw, copy: [...copies] } : raw, [], Boolean(copied));
}

export async function createRound(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const made = await find(request, staff);
  if (made === null || isRefusal(made)) return made ?? notFound();
  const { assessment, instrument, name } = made;
  const raw = rawForm(request.body);
  const form = roundForm(instrument, allOfDraft);
  const { values, errors } = readForm(form, raw, staff.language);
  if (errors.length > 0) return show(made, raw, errors, made.baseline !== null);
  const plan = rawList(raw, 'copy').includes('plan') && made.baseline !== null ? planOf(made.baseline, staff) : {};
  const input = { ...roundEdit(form, values, instrument), ...plan, assessmentId: assessment.id, name } as RoundInput;
  const round = await staff.services.assessment.rounds.create(input);
  if (!isRefusal(round)) {
    const { timetables } = staff.services.assessment;
    const copied =
      rawList(raw, 'copy').includes('timetable') && made.timetable !== null ? laterTimetable(made.timetable, 1) : null;
    // Nobody knows the new round yet, so nobody has planned its days.
    if (copied !== null) await timetables.save(round.id, copied, 0);
    return redirect(`/staff/rounds/${round.id}`);
  }
  const error = refusalAtField(staff, form, round);
  return error === null ? round : show(made, raw, [error], made.baseline !== null);
}

async function find(request: Request, staff: Staff): Promise<NewRound | Refusal | null> {
  const { assessments, rounds, units } = staff.services.assessment;
  const name = roundNames.find((one) => one === request.params['name']);
  const assessment = await assessments.get(String(request.params['assessment']));
  const unit = assessment && (await units.get(assessment.unitId));
  if (name === undefined || !assessment || !unit) return null;
  const made = await rounds.ofAssessment(assessment.id);
  if (made.some((round) => round.name === name)) return refuse('round-exists');
  const baseline = made.find((round) => round.name === 'baseline') ?? null;
  const known = baseline
    ? await rounds.expectedInstrument(baseline)
    : staff.services.instruments.latest(assessment.instrumentId);
  if (known === undefined) return refuse('instrument-unknown');
  if (isRefusal(known)) return known;
  const timetable = baseline && (await staff.services.assessment.timetables.ofRound(baseline.id));
  return { staff, name, assessment, unit, instrument: known.instrument, baseline, timetable };
}

function show(made: NewRound, raw: RawForm, errors: readonly FormError[], copied: boolean): Outcome {
  const { staff, name, assessment, unit, instrument } = made;
  const form = roundForm(instrument, allOfDraft);
  return staffPage(staff, 'staff/rounds/form', {
    title: staff.t(`staff:roundForm.new.${name}`),
    errors: errorLinks(errors),
    address: `/staff/assessments/${assessment.id}/rounds/new/${name}`,
    back: { href: `/staff/assessments/${assessment.id}`, text: assessment.title },
    unit,
    copied: copied ? copiedWords(made, raw) : null,
    parts: shownParts(shownFields(form, raw, staff.language, errors)),
    button: staff.t('staff:roundForm.create'),
    explanation: staff.t('staff:round.settings.frozen.draft'),
  });
}

/** A round about a year later over the same groups. */
function guessFrom(baseline: Round) {
  const { assessedYear, form, groupSizes, notAsked = [], opensOn, closesOn, opensTime, closesTime, graceMinutes, outOfScope } = baseline; // prettier-ignore
  return {
    ...{ form, groupSizes, notAsked, outOfScope, assessedYear: assessedYear + 1 },
    ...{ opensOn: yearsLater(opensOn, 1), closesOn: yearsLater(closesOn, 1) },
    ...(opensTime ? { opensTime } : {}),
    ...(closesTime ? { closesTime } : {}),
    ...(graceMinutes === undefined ? {} : { graceMinutes }),
  };
}

/** Who was asked together, and how each group answered; where no letters can be sent now, by the open link. */
function planOf({ mergedGroups = [], ways = {} }: Round, { services }: Staff): Pick<Round, 'mergedGroups' | 'ways'> {
  const canInvite = services.mail.post !== null;
  const kept = Object.entries(ways).filter(([, way]) => way !== 'invitations' || canInvite);
  return { mergedGroups, ways: Object.fromEntries(kept) };
}

/** What is copied beside the form, in words, so that it can be left out before the round is saved. */
function copiedWords({ baseline, instrument, staff, timetable }: NewRound, raw: RawForm) {
  if (baseline === null) return null;
  const { language, services, t } = staff;
  const { mergedGroups = [], ways = {} } = planOf(baseline, staff);
  const merges = (instrument.mergePlan ?? [])
    .filter(({ groups }) => mergedGroups.includes(mergedCode(groups)))
    .map(({ name }) => t('office:copy.merged', { groups: inLanguage(name, language) }));
  const asked = groupsAsked(instrument, baseline).map(({ code, name }) =>
    t(`office:copy.ways.${wayOf({ ways }, code)}`, { group: inLanguage(name, language) }),
  );
  const later = timetable === null ? null : laterTimetable(timetable, 1);
  const days = { status: 'draft', opensOn: yearsLater(baseline.opensOn, 1), closesOn: yearsLater(baseline.closesOn, 1) } as const; // prettier-ignore
  const nothingDone = { meetings: 0, agreed: false, published: false };
  const ticked = rawList(raw, 'copy');
  return {
    plan: [...merges, ...asked],
    planTicked: ticked.includes('plan'),
    steps: later === null ? [] : stepWords(plannedSteps(days, later, nothingDone, dayOf(services.clock())), staff),
    timetableTicked: ticked.includes('timetable'),
  };
}
