import type { Request } from 'express';
import type { FactField } from '../../../../../definitions/instrument';
import { isRefusal, type Refusal } from '../../../../../shared/errors';
import { fieldId } from '../../../../forms/field-names';
import { rawText, type RawForm } from '../../../../forms/raw';
import { notFound, type Outcome } from '../../../../outcome';
import { fileFieldRules } from '../../../../view-models/file-line';
import { marksOf, type Conflict, type EditState } from '../../edit';
import { errorLinks, shownFields, type FormError } from '../../form';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';
import { factForm, factPart, fileFields, prefixOf, rawOf, removedFiles, untagged } from './fact-form';
import { factLine, statusWords, storedFacts, type StoredFacts } from './fact-lines';
import { partName } from './fact-words';

export async function factsPage(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const stored = await storedFacts(staff);
  return isRefusal(stored) ? stored : showArea(staff, String(request.params['area']), stored, null);
}

/** What was typed and is to be shown again. */
export interface TypedFacts {
  readonly raw: RawForm;
  readonly errors: readonly FormError[];
  readonly conflict: Conflict | null;
}

/** The form of one part of the fact sheet. */
export function showArea(staff: StaffRound, code: string, stored: StoredFacts, typed: TypedFacts | null): Outcome {
  const part = stored.parts.find((one) => one.code === code);
  if (!part) return notFound();
  const { round, t, unit } = staff;
  const { errors = [], conflict = null } = typed ?? {};
  const saved = rawOf(staff, part.fields, stored.facts);
  const raw = typed?.raw ?? saved;
  // The revisions stand at the facts.
  const seen = marksOf(
    part.fields.map((field) => factPart(field, staff)),
    saved,
  );
  const edit: EditState = { revision: 0, seen, conflict };
  const model = {
    title: partName(staff, code),
    errors: errorLinks(errors),
    unit,
    roundName: roundTitle(round, staff),
    address: staff.path(`/facts/${code}`),
    back: staff.path('/facts'),
    status: statusWords(staff, part, stored.nameOf),
    edit,
    partly: errors.length > 0 ? t('facts:partly') : null,
    facts: part.fields.map((field) => shownFact(staff, field, stored, raw, errors)),
    last: stored.parts.at(-1)?.code === code,
  };
  return staffPage(staff, 'staff/rounds/facts/area', model, conflict ? 409 : undefined);
}

function shownFact(
  staff: StaffRound,
  field: FactField,
  stored: StoredFacts,
  raw: RawForm,
  errors: readonly FormError[],
) {
  const own = untagged(errors, field);
  const fields = shownFields(factForm(field), raw, staff.language, own, prefixOf(field));
  const name = fileFields.attach(field);
  const line = factLine(staff, field, stored);
  const isExplained = own.some((error) => error.field === 'explanation') || rawText(raw, `${prefixOf(field)}explanation`) !== ''; // prettier-ignore
  return {
    line,
    value: fields[field.code],
    explanation: isExplained ? fields['explanation'] : null,
    rest: [fields['year'], fields['source'], fields['link'], fields['noData']],
    revision: {
      name: fileFields.revision(field),
      value: rawText(raw, fileFields.revision(field)),
    },
    files: {
      ...fileFieldRules,
      id: fieldId(name),
      name,
      removeName: fileFields.remove(field),
      error: own.filter((error) => error.field === 'files').map(({ text }) => text).join(' '), // prettier-ignore
      attached: line.files.map((file) => ({ ...file, removed: removedFiles(raw, field).includes(file.id) })),
      open: own.some((error) => error.field === 'files'),
    },
  };
}
