import type { ProgrammeState } from '../cooperation/programme-status';
import type { RequiredElement } from '../cooperation/elements';
import { fileOwnerOfProgramme } from '../cooperation/programme';
import type { CooperationProgrammes } from '../cooperation/programmes';
import type { AttachedFiles } from '../files/attached-files';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { documentOf, shortText, text } from '../storage/document-fields';
import type { AdvisedUnit } from './unit';

/** What a cycle held of its programme before programmes had a home of their own (`src/cooperation`). */
export interface OlderOutcome {
  readonly year: number;
  readonly state: ProgrammeState;
  readonly adoptedOn: string | null;
  readonly link: string | null;
  /** Id of an `OlderDocument`. */
  readonly file: string | null;
  readonly elements: readonly RequiredElement[];
}

interface OlderDocument extends Stored {
  readonly name: string;
  readonly type: string;
  /** In base64. */
  readonly content: string;
}

export const olderDocumentsSpec: CollectionSpec<OlderDocument> = {
  name: 'attached-documents',
  schema: documentOf({ name: shortText, type: text, content: text }),
};

/** Who wrote what nobody's name was kept of. */
const nobody = 'LIJW';

/**
 * Takes an older outcome over into the programme of the unit and year. Whatever is there already stays, so it may stop
 * anywhere and be done again.
 */
export async function takeOver(
  { store, cooperation, files }: { store: Store; cooperation: CooperationProgrammes; files: AttachedFiles },
  unit: AdvisedUnit,
  outcome: OlderOutcome,
): Promise<void> {
  const programme = await cooperation.ensure(unit, outcome.year);
  await cooperation.adoptOlder(programme.id, outcome);
  for (const element of outcome.elements) {
    await cooperation.write(programme.id, element, { text: '', ready: true }, 0, nobody);
  }
  if (outcome.file === null) return;
  const document = await store.collection(olderDocumentsSpec).get(outcome.file);
  if (document === null) return;
  const content = Buffer.from(document.content, 'base64');
  await files.attach(fileOwnerOfProgramme(programme.id), { name: document.name, content }, nobody);
}
