import type { Request } from 'express';
import { fileOwnerOfFact } from '../../../../../assessment/fact-confirmations';
import type { Fact, FactInput } from '../../../../../assessment/fact-sheet';
import type { FactField } from '../../../../../definitions/instrument';
import { doubtAbout } from '../../../../../definitions/plausible-fact';
import { largestFile } from '../../../../../files/attached-files';
import { isRefusal, type Refusal } from '../../../../../shared/errors';
import { fieldId } from '../../../../forms/field-names';
import { rawText, type RawForm } from '../../../../forms/raw';
import { revisionOf } from '../../../../forms/revision';
import { readUpload, type UploadedFile } from '../../../../forms/upload';
import { notFound, redirect, type Outcome } from '../../../../outcome';
import { compared, withChosen } from '../../edit';
import { asNumber, asText, fieldError, readForm, type FormError } from '../../form';
import type { StaffRound } from '../with-round';
import { showArea } from './area';
import { factForm, factPart, fileFields, prefixOf, rawOf, removedFiles, sameFact, tagged } from './fact-form';
import { storedFacts } from './fact-lines';
import { doubtWords } from './fact-words';

/** Files that may come with one form, of all its facts together. */
const mostAtOnce = 30;

/** What can be saved is saved; the rest comes back with what is wrong, or with what somebody else saved meanwhile. */
export async function saveFacts(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const before = await storedFacts(staff);
  if (isRefusal(before)) return before;
  const part = before.parts.find(({ code }) => code === request.params['area']);
  if (!part) return notFound();
  const upload = await readUpload(request, { file: largestFile, text: 20_000, files: mostAtOnce });
  const editParts = part.fields.map((field) => factPart(field, staff));
  const raw = withChosen(editParts, upload.raw, rawOf(staff, part.fields, before.facts));
  const results: SavedFact[] = [];
  for (const field of part.fields) {
    const last = before.last.get(field.code);
    const result = await saveFact(staff, field, raw, before.facts.get(field.code), last);
    if (isRefusal(result)) return result;
    const errors = await saveFiles(staff, field, raw, upload.files);
    results.push({ ...result, errors: [...result.errors, ...errors] });
  }
  const errors = results.flatMap((result) => result.errors);
  if (upload.tooLarge && !upload.files.some(({ tooLarge }) => tooLarge)) errors.push(incomplete(staff, part.fields));

  const now = await storedFacts(staff);
  if (isRefusal(now)) return now;
  const meanwhile = compared(
    editParts.filter((_, index) => results[index]?.changedMeanwhile),
    raw,
    rawOf(staff, part.fields, now.facts),
  );
  if (errors.length > 0 || meanwhile !== null) {
    const revisions = part.fields.map((field, index) => [
      fileFields.revision(field),
      [
        String(
          results[index]?.changedMeanwhile ? (now.facts.get(field.code)?.revision ?? 0) : results[index]?.revision,
        ),
      ],
    ]);
    const typed = { ...(meanwhile?.raw ?? raw), ...(Object.fromEntries(revisions) as RawForm) };
    const discard = staff.path(`/facts/${part.code}`);
    const conflict = meanwhile && { both: meanwhile.both, taken: meanwhile.taken, discard };
    return showArea(staff, part.code, now, { raw: typed, errors, conflict });
  }
  const next = before.parts[before.parts.indexOf(part) + 1];
  return redirect(
    rawText(raw, 'action') === 'next' && next
      ? staff.path(`/facts/${next.code}`)
      : staff.path(`/facts?done=${part.code}`),
  );
}

interface SavedFact {
  readonly errors: readonly FormError[];
  /** What the form has to name when it is sent again. */
  readonly revision: number;
  readonly changedMeanwhile?: boolean;
}

async function saveFact(
  staff: StaffRound,
  field: FactField,
  raw: RawForm,
  before: Fact | undefined,
  last: Fact | undefined,
): Promise<SavedFact | Refusal> {
  const { language, member, round, services, t } = staff;
  const prefix = prefixOf(field);
  const form = factForm(field);
  const seen = before === undefined ? 0 : revisionOf(raw, fileFields.revision(field));
  if (before !== undefined && before.revision !== seen) return { errors: [], revision: seen, changedMeanwhile: true };
  const { values, errors } = readForm(form, raw, language, prefix);
  if (errors.length > 0) return { errors: tagged(errors, field), revision: seen };
  const answer = values[field.code] ?? null;
  const noData = asText(values['noData']);
  const source = asText(values['source']);
  const link = asText(values['link']);
  const at = (name: string, text: string): SavedFact => ({
    errors: tagged([fieldError(form, name, text, prefix)], field),
    revision: seen,
  });
  if (answer === null && noData === '') {
    if (seen > 0) return at(field.code, t('facts:unset'));
    // A source alone is no data yet, and nobody's typing is thrown away for it.
    return source + link === '' ? { errors: [], revision: 0 } : at(field.code, t('refusals:reason-missing'));
  }
  if (answer !== null && noData !== '') return at('noData', t('facts:either'));
  const input: FactInput = {
    value: answer as FactInput['value'],
    noData: noData === '' ? null : noData,
    year: asNumber(values['year']) ?? round.assessedYear,
    ...{ source, link, explanation: asText(values['explanation']) },
  };
  if (before && sameFact(before, input)) return { errors: [], revision: seen };
  const result = await services.assessment.factSheet.set(round.id, field.code, input, seen, member.user);
  if (!isRefusal(result)) return { errors: [], revision: result.revision };
  if (result.refused === 'changed-meanwhile') return { errors: [], revision: seen, changedMeanwhile: true };
  const doubt = doubtAbout(field, input.value, last?.value ?? null);
  if (result.refused === 'fact-doubtful' && doubt !== null && input.value !== null) {
    return at('explanation', doubtWords(staff, field, input.value, doubt));
  }
  const text = t(`refusals:${result.refused}`, result.details);
  const { field: name = field.code } = result.details ?? {};
  return at(name === 'value' ? field.code : String(name), text);
}

/** Files are kept whatever becomes of the fields beside them: a browser cannot be given a file back. */
async function saveFiles(
  { member, round, services, t }: StaffRound,
  field: FactField,
  raw: RawForm,
  uploaded: readonly UploadedFile[],
): Promise<FormError[]> {
  const owner = fileOwnerOfFact(round.id, field.code);
  for (const id of removedFiles(raw, field)) await services.files.remove(owner, id);
  const errors: FormError[] = [];
  const name = fileFields.attach(field);
  for (const file of uploaded.filter((one) => one.field === name)) {
    const megabytes = largestFile / 1_000_000;
    const kept = file.tooLarge
      ? { refused: 'file-too-large', details: { name: file.name, megabytes } }
      : await services.files.attach(owner, file, member.user);
    if (!isRefusal(kept)) continue;
    errors.push({ field: name, target: fieldId(name), text: t(`files:refusals.${kept.refused}`, kept.details) });
  }
  return errors;
}

function incomplete({ t }: StaffRound, [first]: readonly FactField[]): FormError {
  const name = first === undefined ? '' : fileFields.attach(first);
  return { field: name, target: fieldId(name), text: t('files:refusals.incomplete', { most: mostAtOnce }) };
}
