import { fileOwnerOfFact, type PartStatus } from '../../../../../assessment/fact-confirmations';
import type { Fact } from '../../../../../assessment/fact-sheet';
import { inLanguage, type FactField } from '../../../../../definitions/instrument';
import type { AttachedFile } from '../../../../../files/attached-files';
import { isRefusal, type Refusal } from '../../../../../shared/errors';
import { fileLine } from '../../../../view-models/file-line';
import type { StaffRound } from '../with-round';
import { namesOf, whoWhen, type NameOf } from '../../who-when';
import { changeWords, factWords, partName } from './fact-words';

/** Everything that is stored of a round's fact sheet. */
export interface StoredFacts {
  readonly parts: readonly PartStatus[];
  readonly facts: ReadonlyMap<string, Fact>;
  /** Of the round before, by code. */
  readonly last: ReadonlyMap<string, Fact>;
  /** Of everybody who entered or confirmed something. */
  readonly nameOf: NameOf;
  /** By code of the fact. */
  readonly files: ReadonlyMap<string, readonly AttachedFile[]>;
}

export async function storedFacts(staff: StaffRound): Promise<StoredFacts | Refusal> {
  const { services, round } = staff;
  const { factConfirmations, factSheet } = services.assessment;
  const parts = await factConfirmations.ofRound(round);
  if (isRefusal(parts)) return parts;
  const codes = parts.flatMap(({ fields }) => fields.map(({ code }) => code));
  const [facts, last, files] = await Promise.all([
    factSheet.ofRound(round.id),
    factSheet.ofRoundBefore(round),
    services.files.ofOwners(codes.map((code) => fileOwnerOfFact(round.id, code))),
  ]);
  const users = [...facts.map(({ enteredBy }) => enteredBy), ...parts.flatMap(({ confirmed }) => confirmed?.by ?? [])];
  return {
    parts,
    nameOf: await namesOf(staff, users),
    facts: new Map(facts.map((fact) => [fact.code, fact])),
    last,
    files: new Map(codes.map((code) => [code, files.get(fileOwnerOfFact(round.id, code)) ?? []])),
  };
}

/** A fact to read: what was entered, from where, by whom, and what the round before had. */
export function factLine(staff: StaffRound, field: FactField, { facts, last, files, nameOf }: StoredFacts) {
  const fact = facts.get(field.code);
  const before = last.get(field.code);
  const attached = files.get(field.code) ?? [];
  return {
    name: inLanguage(field.text, staff.language),
    value: fact === undefined ? null : factWords(staff, field, fact),
    year: fact?.year,
    source: fact?.source,
    link: fact?.link,
    explanation: fact?.explanation,
    who: fact === undefined ? null : whoWhen(staff, nameOf(fact.enteredBy), fact.enteredAt),
    last: before === undefined ? null : { value: factWords(staff, field, before), year: before.year },
    change: changeWords(staff, field, fact?.value ?? null, before?.value ?? null),
    lacksSource: fact !== undefined && fact.value !== null && fact.source + fact.link === '' && attached.length === 0,
    files: attached.map((file) => fileLine(file, staff.language, fileHref(staff, field, file))),
  };
}

const fileHref = (staff: StaffRound, { code }: FactField, { id }: AttachedFile): string =>
  staff.path(`/facts/${code}/files/${id}`);

/** How far a part is, in words: also who confirmed it, and what changed since. */
export function statusWords(staff: StaffRound, part: PartStatus, nameOf: NameOf) {
  const { state, confirmed, changed, fields } = part;
  const who = confirmed === null ? '' : whoWhen(staff, nameOf(confirmed.by), confirmed.at);
  const names = fields.filter(({ code }) => changed.includes(code)).map(({ text }) => inLanguage(text, staff.language));
  return {
    state,
    words: staff.t(`facts:state.${state}`),
    who: confirmed === null ? null : staff.t(`facts:confirmedBy.${state}`, { who }),
    changed: names,
  };
}

/** A part as lists of parts show it. */
export function partLine(staff: StaffRound, part: PartStatus, nameOf: NameOf) {
  const name = partName(staff, part.code);
  return {
    code: part.code,
    number: /\d/.test(part.code) ? part.code : '',
    name,
    href: staff.path(`/facts/${part.code}`),
    filled: part.filled,
    total: part.fields.length,
    status: statusWords(staff, part, nameOf),
  };
}
