import { voivodeshipOf, type Place } from './place';

/** A place as it was and as it will be. */
export interface PlaceChange {
  readonly before: Place;
  readonly after: Place;
}

/** What an import does to the register; lists in the order of codes. */
export interface RegisterChanges {
  readonly added: readonly Place[];
  readonly renamed: readonly PlaceChange[];
  /** Of another kind than before, such as a gmina that became urban-rural; perhaps with another name too. */
  readonly rekinded: readonly PlaceChange[];
  /** In a voivodeship of the file, and not in the file: they are marked and stay. */
  readonly gone: readonly Place[];
  /** Marked as gone until now. */
  readonly back: readonly Place[];
  /** How many places of the file stay as they are. */
  readonly same: number;
  /** The whole register afterwards, by code. */
  readonly result: readonly Place[];
}

/** A file speaks for the voivodeships that it has places of; all others stay as they are. */
export function changesBy(file: readonly Place[], register: readonly Place[]): RegisterChanges {
  const known = new Map(register.map((place) => [place.code, place]));
  const named = new Set(file.map(({ code }) => code));
  const spokenFor = new Set(file.map(voivodeshipOf));
  const pairs = file.flatMap((after) => {
    const before = known.get(after.code);
    return before === undefined ? [] : [{ before, after }];
  });
  const unnamed = register.filter(({ code }) => !named.has(code));
  const stays = ({ gone, ...place }: Place): Place =>
    gone || spokenFor.has(voivodeshipOf(place)) ? { ...place, gone: true } : place;
  const rekinded = pairs.filter(({ before, after }) => before.kind !== after.kind);
  const renamed = pairs.filter(({ before, after }) => before.kind === after.kind && before.name !== after.name);
  const back = pairs.filter(({ before }) => before.gone).map(({ after }) => after);
  const touched = new Set(
    [...rekinded, ...renamed].map(({ after }) => after.code).concat(back.map(({ code }) => code)),
  );
  return {
    added: file.filter(({ code }) => !known.has(code)),
    ...{ renamed, rekinded, back },
    gone: unnamed.filter((place) => !place.gone && spokenFor.has(voivodeshipOf(place))),
    same: pairs.filter(({ after }) => !touched.has(after.code)).length,
    result: [...file, ...unnamed.map(stays)].sort((one, other) => (one.code < other.code ? -1 : 1)),
  };
}

/** Whether an import would leave the register as it is. */
export function changesNothing({ added, renamed, rekinded, gone, back }: RegisterChanges): boolean {
  return [added, renamed, rekinded, gone, back].every(({ length }) => length === 0);
}
