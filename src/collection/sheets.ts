import type { AskedGroup } from '../assessment/asking-plan';
import { refuse, type Refusal } from '../shared/errors';
import { documentOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/** What codes were printed as. */
export type SheetKind = 'cards' | 'forms';

/**
 * Codes that were printed together: a page of cards, or a run of paper forms. It alone decides whether its codes may be
 * used: `printed`, until its first code is claimed (`begun`) or it is given up (`void`), whichever comes first.
 */
export interface Sheet extends Stored {
  readonly group: string;
  /** From 1, in the order of printing, within the group. */
  readonly number: number;
  readonly kind: SheetKind;
  /** How many codes it has. */
  readonly count: number;
  readonly state: 'printed' | 'begun' | 'void';
}

/** In the part of the round. */
export const sheetsSpec: CollectionSpec<Sheet> = {
  name: 'sheets',
  schema: documentOf({
    group: text,
    number: { type: 'integer', minimum: 1 },
    kind: { enum: ['cards', 'forms'] },
    count: { type: 'integer', minimum: 1 },
    state: { enum: ['printed', 'begun', 'void'] },
  }),
  inParts: true,
};

export type NewSheet = Pick<Sheet, 'kind' | 'count'>;

/** `too-many-codes` says how many more may be printed (`left`) and how many the group may have (`most`). */
export type SheetRefusal = Refusal<'group-size-unknown' | 'too-many-codes'>;

/** A card may be spoilt: a tenth more than there are people. 40 people → 44; 9 → 9. */
export function mostCodes(groupSize: number): number {
  return groupSize + Math.floor(groupSize / 10);
}

type Asked = Pick<AskedGroup, 'code' | 'size'>;

/** For `tickets.ts`. */
export interface Sheets {
  add(roundId: string, group: Asked, wanted: readonly NewSheet[]): Promise<Sheet[] | SheetRefusal>;
  ofRound(roundId: string): Promise<Sheet[]>;
  /** printed → begun; false where it is void or not there. */
  begin(roundId: string, sheetId: string): Promise<boolean>;
  /** printed → void. */
  void(roundId: string, sheetId: string): Promise<Sheet | Refusal<'sheet-unknown' | 'sheet-begun'>>;
}

export function createSheets({ store }: { readonly store: Store }): Sheets {
  const sheetsOf = (roundId: string) => store.collection(sheetsSpec, roundId);

  const ofRound = async (roundId: string): Promise<Sheet[]> =>
    (await sheetsOf(roundId).find({})).sort((one, other) =>
      one.group === other.group ? one.number - other.number : one.group < other.group ? -1 : 1,
    );

  const ofGroup = async (roundId: string, { code }: Asked): Promise<Sheet[]> =>
    (await ofRound(roundId)).filter(({ group }) => group === code);

  /** Whoever gets a number has counted all sheets before it, so two who print at a time cannot pass the limit. */
  async function addOne(roundId: string, group: Asked, { kind, count }: NewSheet): Promise<Sheet | SheetRefusal> {
    for (;;) {
      const before = await ofGroup(roundId, group);
      const refusal = tooMany(group, before, count);
      if (refusal) return refusal;
      const number = (before.at(-1)?.number ?? 0) + 1;
      const id = `${group.code}:${number}`;
      const sheet: Sheet = { id, group: group.code, number, kind, count, state: 'printed' };
      if ((await sheetsOf(roundId).insert(sheet)).inserted) return sheet;
    }
  }

  /** printed → `to`, whoever comes first; the sheet as it is now. */
  async function settle(roundId: string, sheetId: string, to: 'begun' | 'void'): Promise<Sheet | null> {
    const sheets = sheetsOf(roundId);
    const settled = await sheets.update(sheetId, (one) => (one.state === 'printed' ? { ...one, state: to } : null));
    return settled ?? sheets.get(sheetId);
  }

  return {
    ofRound,

    async add(roundId, group, wanted) {
      const before = await ofGroup(roundId, group);
      const refusal = tooMany(group, before, codesOn(wanted));
      if (refusal) return refusal;
      const added: Sheet[] = [];
      for (const one of wanted) {
        const sheet = await addOne(roundId, group, one);
        if ('refused' in sheet) {
          // Somebody else prints for this group at the same time: all or nothing.
          for (const { id } of added) await this.void(roundId, id);
          return sheet;
        }
        added.push(sheet);
      }
      return added;
    },

    async begin(roundId, sheetId) {
      return (await settle(roundId, sheetId, 'begun'))?.state === 'begun';
    },

    async void(roundId, sheetId) {
      const now = await settle(roundId, sheetId, 'void');
      if (!now) return refuse('sheet-unknown');
      return now.state === 'void' ? now : refuse('sheet-begun', { sheet: now.number });
    },
  };
}

function tooMany({ code, size }: Asked, before: readonly Sheet[], more: number): SheetRefusal | null {
  if (size === null) return refuse('group-size-unknown', { group: code });
  const most = mostCodes(size);
  const left = most - codesOn(before.filter(({ state }) => state !== 'void'));
  return more > left ? refuse('too-many-codes', { most, left: Math.max(0, left) }) : null;
}

function codesOn(sheets: readonly NewSheet[]): number {
  return sheets.reduce((sum, { count }) => sum + count, 0);
}
