import type { Request } from 'express';
import { areaFields, areaTexts, type AreaField, type AreaRecord } from '../../../../../assessment/meeting/area-record';
import { areasOf, type Area } from '../../../../../definitions/instrument';
import { formatNumber, formatTime } from '../../../../../locales/formats';
import { isRefusal, refuse, type Refusal } from '../../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../../forms/raw';
import { json, notFound, redirect, type Outcome } from '../../../../outcome';
import { statusOfRefusal } from '../../../../refusals';
import type { MeetingRefusal, MeetingState } from '../../../../view-models/meeting-state';
import type { StaffRound } from '../with-round';
import { editsOf, formOfPoints } from './area-edits';
import { areaPage, type AreaShown } from './area-page';
import { areasInScope, scoreWords } from './agreed-words';

/** One request about one area of a round that has been opened. */
export interface StaffArea extends StaffRound {
  readonly area: Area;
}

type AreaHandler = (request: Request, staff: StaffArea) => Promise<Outcome | Refusal>;

/** Finds the area of `:area`; a round in preparation has nothing to agree on yet. */
export function withArea(handler: AreaHandler) {
  return async (request: Request, staff: StaffRound): Promise<Outcome | Refusal> => {
    const area = areasOf(staff.known.instrument).find(({ code }) => code === request.params['area']);
    if (!area) return notFound();
    if (staff.round.status !== 'draft') return handler(request, { ...staff, area });
    return request.method === 'GET' ? redirect(staff.path('/meeting')) : refuse('round-not-open');
  };
}

export async function showArea(_request: Request, staff: StaffArea): Promise<Outcome> {
  return areaPage(staff, shownOf(await recordOf(staff)));
}

/** The form sent whole, without a script. */
export async function saveArea(request: Request, staff: StaffArea): Promise<Outcome | Refusal> {
  const raw = rawForm(request.body);
  const written = await write(staff, raw);
  if (isRefusal(written)) {
    const refused = refusalAt(staff, written);
    if (refused.field === null) return written;
    return areaPage(staff, { ...typedOver(await recordOf(staff), raw), refused }, statusOfRefusal(written.refused));
  }
  const { record, conflicts } = written;
  if (conflicts.length > 0) return areaPage(staff, { ...typedOver(record, raw, conflicts), conflicts }, 409);
  return redirect(nextPath(staff, rawText(raw, 'action')));
}

/** What is stored now, for a page that looks again and again. */
export async function areaNow(_request: Request, staff: StaffArea): Promise<Outcome> {
  return json(await stateOf(staff, await recordOf(staff), []));
}

/** Single fields, sent while they are typed. */
export async function saveAreaFields(request: Request, staff: StaffArea): Promise<Outcome> {
  const written = await write(staff, rawForm(request.body));
  if (isRefusal(written)) return json(refusalAt(staff, written), statusOfRefusal(written.refused));
  return json(await stateOf(staff, written.record, written.conflicts));
}

function write({ area, member, round, services }: StaffArea, raw: RawForm) {
  return services.assessment.agreedScores.write(round.id, area.code, editsOf(raw), member.user);
}

function recordOf({ area, round, services }: StaffArea): Promise<AreaRecord> {
  return services.assessment.agreedScores.record(round.id, area.code);
}

function shownOf(record: AreaRecord): AreaShown {
  const fields = fieldsOf(record);
  return { record, values: fields, seen: fields, conflicts: [], refused: null };
}

/**
 * What was typed, over what is stored. Fields that others changed too keep what the person had seen of them, until one
 * of the two is chosen; the rest has been saved.
 */
function typedOver(record: AreaRecord, raw: RawForm, only: readonly AreaField[] = areaFields): AreaShown {
  const stored = fieldsOf(record);
  const sent = (name: string, field: AreaField): string | undefined =>
    only.includes(field) && Object.hasOwn(raw, field) ? rawText(raw, name) : undefined;
  const values = areaFields.map((field) => [field, sent(field, field) ?? stored[field]] as const);
  const seen = areaFields.map((field) => [field, sent(`${field}.seen`, field) ?? stored[field]] as const);
  return {
    ...{ record, conflicts: [], refused: null },
    values: Object.fromEntries(values) as AreaShown['values'],
    seen: Object.fromEntries(seen) as AreaShown['seen'],
  };
}

export function fieldsOf(record: AreaRecord): Readonly<Record<AreaField, string>> {
  const { reasons, dissent, strengths, barriers } = record;
  return { score: formOfPoints(record.score), reasons, dissent, strengths, barriers };
}

function refusalAt({ known, language, t }: StaffArea, { refused, details }: Refusal): MeetingRefusal {
  const { min = 1, max = 5 } = known.instrument.scale ?? {};
  const field = areaTexts.find((one) => one === details?.['field']) ?? (refused.startsWith('score-') ? 'score' : null);
  const scale = { min: formatNumber(min, language), max: formatNumber(max, language) };
  return { refused: t(`refusals:${refused}`, { ...scale, ...details }), field };
}

async function stateOf(staff: StaffArea, record: AreaRecord, conflicts: readonly AreaField[]): Promise<MeetingState> {
  const { known, language, round, services, t } = staff;
  const { agreedScores, minutes: allMinutes } = services.assessment;
  const [scores, minutes] = await Promise.all([agreedScores.ofRound(round.id), allMinutes.of(round.id)]);
  const set = new Map(scores.map((one) => [one.area, one]));
  return {
    fields: fieldsOf(record),
    writers: writersOf(staff, record),
    conflicts,
    strip: Object.fromEntries(
      areasOf(known.instrument).map(({ code }) => [code, scoreWords(staff, code, set.get(code)?.score)]),
    ),
    closed: minutes?.state === 'approved' ? t('meeting:area.closed') : null,
    saved: t('meeting:state.saved', { time: formatTime(services.clock(), language) }),
  };
}

export function writersOf({ language }: StaffRound, { written }: AreaRecord): MeetingState['writers'] {
  return Object.fromEntries(
    Object.entries(written).map(([field, { by, at }]) => [field, `${by}, ${formatTime(new Date(at), language)}`]),
  );
}

/** The next area of the round's scope, the list of all after the last one, or the same page. */
function nextPath(staff: StaffArea, action: string): string {
  if (action !== 'next') return staff.path(`/meeting/${staff.area.code}`);
  const inScope = areasInScope(staff);
  const next = inScope[inScope.findIndex(({ code }) => code === staff.area.code) + 1];
  return staff.path(next ? `/meeting/${next.code}` : '/meeting');
}
