import type { Request } from 'express';
import { isRefusal, type Problem } from '../../../../shared/errors';
import { decodeUtf8 } from '../../../../shared/utf8';
import { changesNothing, type PlaceChange, type RegisterChanges } from '../../../../territory/changes';
import { placeCode, type Place } from '../../../../territory/place';
import { largestTercFile, readTercFile } from '../../../../territory/terc-file';
import { rawText } from '../../../forms/raw';
import { readUpload } from '../../../forms/upload';
import { redirect, type Outcome } from '../../../outcome';
import { placeWords } from '../../../view-models/place-picker';
import { staffPage, type Staff } from '../signed-in';

/** Faults that are listed; more help nobody before these are mended. */
const shownFaults = 30;
/** Places of each change that are named at once; the others are behind „show all”. */
const shownFirst = 12;

const limits = { file: largestTercFile, text: largestTercFile };

export function importPage(_request: Request, staff: Staff): Outcome {
  return showImport(staff, null);
}

/** Reads the file and shows what it would change. Stores nothing: the file goes on with the page. */
export async function previewImport(request: Request, staff: Staff): Promise<Outcome> {
  const { file, tooLarge } = await readUpload(request, limits);
  if (tooLarge) return showImport(staff, 'tooLarge');
  if (file === null) return showImport(staff, 'none');
  return showPreview(staff, file, false);
}

/** Takes over exactly what was shown; where that would be anything else by now, it is shown anew. */
export async function importRegister(request: Request, staff: Staff): Promise<Outcome> {
  const { raw, tooLarge } = await readUpload(request, limits);
  if (tooLarge) return showImport(staff, 'tooLarge');
  const file = Buffer.from(rawText(raw, 'terc'));
  if (file.length === 0) return showImport(staff, 'none');
  const { places, problems } = readTercFile(file);
  if (problems.length > 0) return showFaults(staff, problems);
  const imported = await staff.services.territory.import(places, rawText(raw, 'seen'));
  return isRefusal(imported) ? showPreview(staff, file, true) : redirect('/staff/territory?done=imported');
}

function showImport(staff: Staff, fault: 'none' | 'tooLarge' | null): Outcome {
  const { t } = staff;
  const error = fault === null ? null : t(`territory:import.${fault}`);
  return staffPage(
    staff,
    'staff/territory/import',
    {
      title: t('territory:import.title'),
      address: '/staff/territory/import',
      errors: error === null ? [] : [{ text: error, href: '#file' }],
      fileError: error,
    },
    error === null ? 200 : 422,
  );
}

function showFaults(staff: Staff, problems: readonly Problem[]): Outcome {
  const { t } = staff;
  return staffPage(
    staff,
    'staff/territory/faults',
    {
      title: t('territory:faults.title'),
      address: '/staff/territory/import',
      count: problems.length,
      faults: problems.slice(0, shownFaults).map((problem) => faultWords(staff, problem)),
      more: Math.max(0, problems.length - shownFaults),
    },
    422,
  );
}

/** Where a file is wrong and how to mend it; faults of one kind of cell say which. */
function faultWords({ t }: Staff, { code, line, column = '' }: Problem) {
  const key = code === 'terc-row-malformed' ? `${code}.${column}` : code;
  return {
    line: line === undefined ? null : t('territory:faults.line', { line }),
    text: t(`territory:faults.${key}`, { column }),
  };
}

async function showPreview(staff: Staff, file: Buffer, changed: boolean): Promise<Outcome> {
  const { services, t } = staff;
  const { places, problems } = readTercFile(file);
  if (problems.length > 0) return showFaults(staff, problems);
  const { changes, mark } = await services.territory.look(places);
  const decoded = decodeUtf8(file);
  return staffPage(
    staff,
    'staff/territory/preview',
    {
      title: t('territory:preview.title'),
      address: '/staff/territory/import',
      changed,
      nothing: changesNothing(changes),
      total: places.length,
      same: changes.same,
      parts: await partsOf(staff, changes),
      seen: mark,
      terc: 'text' in decoded ? decoded.text : '',
    },
    changed ? 409 : 200,
  );
}

/** Every change that there is, by what happens to the place. */
async function partsOf(staff: Staff, changes: RegisterChanges) {
  const { language, services, t } = staff;
  const kindOf = ({ kind }: Place): string => t(`staff:unit.kinds.${kind}`);
  const placeLine = (place: Place): string => `${place.code} ${placeWords(changes.result, place.code, language)}`;
  const units = await services.assessment.units.all();
  const goneLine = (place: Place): string => {
    const unit = units.find(({ code }) => placeCode(code) === place.code);
    const usedBy = unit === undefined ? '' : t('territory:preview.usedBy', { unit: unit.name });
    return `${placeLine(place)}${usedBy}`;
  };
  const listed: Readonly<Record<'added' | 'renamed' | 'rekinded' | 'gone' | 'back', readonly string[]>> = {
    added: changes.added.map((place) => `${place.code} ${place.name} (${kindOf(place)})`),
    renamed: changes.renamed.map(
      ({ before, after }: PlaceChange) => `${after.code} ${before.name} → ${after.name} (${kindOf(after)})`,
    ),
    rekinded: changes.rekinded.map(
      ({ before, after }: PlaceChange) =>
        `${after.code} ${before.name}, ${kindOf(before)} → ${after.name}, ${kindOf(after)}`,
    ),
    gone: changes.gone.map(goneLine),
    back: changes.back.map(placeLine),
  };
  return Object.entries(listed)
    .filter(([, lines]) => lines.length > 0)
    .map(([change, lines]) => ({
      title: t(`territory:preview.changes.${change}`, { count: lines.length }),
      about: t(`territory:preview.about.${change}`),
      first: lines.slice(0, shownFirst),
      rest: lines.slice(shownFirst),
      restWords: t('territory:preview.rest', { count: lines.length - shownFirst }),
    }));
}
