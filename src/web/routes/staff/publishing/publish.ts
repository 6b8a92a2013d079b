import type { Request } from 'express';
import { formatDate } from '../../../../locales/formats';
import {
  actionsOfStaff,
  editionPath,
  publicationInput,
  type PublishedEdition,
  type Subject,
} from '../../../../publishing/services';
import type { UnitDocument } from '../../../../reports/assessment-report';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, type RawForm } from '../../../forms/raw';
import { revisionOf } from '../../../forms/revision';
import { schemaField } from '../../../forms/schema-field';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { statusOfRefusal } from '../../../refusals';
import {
  asList,
  asText,
  errorLinks,
  fieldError,
  readForm,
  shownFields,
  textOf,
  type FormError,
  type StaffForm,
} from '../form';
import { roundTitle } from '../round-lines';
import type { StaffRound } from '../rounds/with-round';
import { staffPage, type Staff } from '../signed-in';

/** What is to be published, and where staff came from. */
interface ToPublish {
  readonly subject: Subject;
  readonly name: string;
  /** Path of its results. */
  readonly results: string;
}

type Find<Context extends Staff> = (request: Request, staff: Context) => Promise<ToPublish | null>;

export function roundToPublish(_request: Request, staff: StaffRound): Promise<ToPublish> {
  const { round } = staff;
  const subject = { kind: 'round', id: round.id } as const;
  return Promise.resolve({ subject, name: roundTitle(round, staff), results: staff.path('/results') });
}

export async function comparisonToPublish(request: Request, { services, t }: Staff): Promise<ToPublish | null> {
  const assessment = await services.assessment.assessments.get(String(request.params['assessment']));
  if (assessment === null) return null;
  const results = `/staff/assessments/${assessment.id}/comparison`;
  return { subject: { kind: 'comparison', id: assessment.id }, name: t('staff:results.comparison'), results };
}

export function publishingPage<Context extends Staff>(find: Find<Context>) {
  return withPreview(find, async (request, staff, given) => {
    const editions = await staff.services.publishing.editions.ofSubject(given.subject);
    const done = request.query['done'];
    return show(staff, { ...given, editions, raw: {}, errors: [], done: typeof done === 'string' ? done : null });
  });
}

export function publishReport<Context extends Staff>(find: Find<Context>) {
  return withPreview(find, async (request, staff, given) => {
    const { editions } = staff.services.publishing;
    const raw = rawForm(request.body);
    const seen = revisionOf(raw, 'seen');
    const form = publicationForm(seen);
    const { values, errors } = readForm(form, raw, staff.language);
    const again = async (found: readonly FormError[], meanwhile = false) =>
      show(staff, { ...given, editions: await editions.ofSubject(given.subject), raw, errors: found, meanwhile });
    if (errors.length > 0) return again(errors);
    const published = await editions.publish(
      given.subject,
      {
        decidedBy: asText(values['decidedBy']),
        decidedOn: asText(values['decidedOn']),
        reason: asText(values['reason']),
        confirmed: asList(values['confirmed']).includes('yes'),
      },
      seen,
    );
    if (!isRefusal(published)) return redirect(`${publishPath(given.subject)}?done=${published.number}`);
    if (published.refused === 'changed-meanwhile') return again([], true);
    const field = published.details?.['field'];
    if (typeof field !== 'string') return published;
    return again([fieldError(form, field, staff.t(`refusals:${published.refused}`, published.details))]);
  });
}

/** A reason is asked for from the second edition on. */
function publicationForm(seen: number): StaffForm {
  const field = (code: string, hint?: string) =>
    schemaField(publicationInput, code, {
      text: textOf(`publishing:form.${code}`),
      ...(hint === undefined ? {} : { hint: textOf(`publishing:form.${hint}`) }),
    });
  const another = seen > 0;
  const missing = (code: string) => ({ [code]: `publishing:form.missing.${code}` });
  return {
    fields: [
      field('decidedBy', 'decidedByHint'),
      field('decidedOn'),
      ...(another ? [field('reason', 'reasonHint')] : []),
      {
        type: 'multiple-choice',
        code: 'confirmed',
        text: textOf('publishing:form.confirmed'),
        choices: [{ code: 'yes', text: textOf('publishing:form.confirm') }],
      },
    ],
    required: {
      ...{ ...missing('decidedBy'), ...missing('decidedOn') },
      ...(another ? missing('reason') : {}),
      ...missing('confirmed'),
    },
  };
}

interface Shown extends ToPublish {
  readonly document: UnitDocument;
  readonly editions: readonly PublishedEdition[];
  readonly raw: RawForm;
  readonly errors: readonly FormError[];
  /** Somebody else has published since the form was made. */
  readonly meanwhile?: boolean;
  /** Number of the edition that was just published, or the word `withdrawn`. */
  readonly done?: string | null;
}

function show(staff: Staff, given: Shown): Outcome {
  const { language, t } = staff;
  const { document, editions, errors, meanwhile = false, done = null } = given;
  const form = publicationForm(editions.length);
  const made = editions.find(({ number }) => String(number) === done);
  return staffPage(
    staff,
    'staff/publishing/publish',
    {
      title: t('publishing:title'),
      errors: errorLinks(errors),
      unit: document.unit.name,
      approvals: approvalLines(document, staff),
      name: given.name,
      results: given.results,
      done: made === undefined ? null : editionPath(made),
      withdrawn: done === 'withdrawn',
      meanwhile,
      editions: editions.map((edition) => ({
        number: edition.number,
        day: formatDate(edition.publishedOn, language),
        state: t(`publishing:states.${edition.state}`, {
          day: formatDate(edition.withdrawnOn ?? edition.publishedOn, language),
        }),
        path: editionPath(edition),
        withdrawPath: actionsOfStaff(edition.state).includes('withdraw') ? withdrawPath(edition) : null,
      })),
      seen: editions.length,
      button: t(editions.length === 0 ? 'publishing:first' : 'publishing:another'),
      fields: Object.values(shownFields(form, given.raw, language, errors)),
      address: publishPath(given.subject),
    },
    meanwhile ? 409 : undefined,
  );
}

/** What the report will say of each round's agreed scores: on which day they were approved, or that they were not. */
function approvalLines({ rounds }: UnitDocument, { language, t }: Staff): readonly string[] {
  return rounds.flatMap(({ name, agreed }) => {
    if (agreed === null) return [];
    const round = t(`staff:round.names.${name}`);
    const day = agreed.approvedOn == null ? null : formatDate(agreed.approvedOn, language);
    return [t(day === null ? 'publishing:approval.none' : 'publishing:approval.given', { round, day })];
  });
}

export function withdrawPath({ unit, report, number }: PublishedEdition): string {
  return `/staff/editions/${unit}/${report}/${number}/withdraw`;
}

export function publishPath({ kind, id }: Subject): string {
  return kind === 'round' ? `/staff/rounds/${id}/publish` : `/staff/assessments/${id}/comparison/publish`;
}

/** Only what has results can be published; otherwise the page says what is in the way. */
function withPreview<Context extends Staff>(
  find: Find<Context>,
  handler: (
    request: Request,
    staff: Context,
    given: ToPublish & { readonly document: UnitDocument },
  ) => Promise<Outcome | Refusal>,
): (request: Request, staff: Context) => Promise<Outcome | Refusal> {
  return async (request, staff) => {
    const found = await find(request, staff);
    if (found === null) return notFound();
    const document = await staff.services.publishing.editions.preview(found.subject);
    if (!isRefusal(document)) return handler(request, staff, { ...found, document });
    const { refused, details } = document;
    const title = staff.t('common:errors.refused.title');
    const text = staff.t(`refusals:${refused}`, details);
    return staffPage(staff, 'staff/refused', { title, text }, statusOfRefusal(refused));
  };
}
