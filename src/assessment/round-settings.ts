import { refuse, isRefusal, type Refusal } from '../shared/errors';
import { inputReader } from '../shared/input';
import { momentOf } from '../shared/warsaw-time';
import type { AskedGroup } from './asking-plan';
import type { KnownInstrument } from './instruments';
import { areasKnown, groupsKnown } from './opening-conditions';
import { roundSettings, type RoundSettings } from './round';

const read = inputReader(roundSettings, {
  form: 'form-unknown',
  assessedYear: 'year-malformed',
  opensOn: 'day-malformed',
  closesOn: 'day-malformed',
  opensTime: 'time-malformed',
  closesTime: 'time-malformed',
  graceMinutes: 'grace-malformed',
  groupSizes: 'group-size-malformed',
  outOfScope: 'area-unknown',
  notAsked: 'group-unknown',
  mergedGroups: 'group-unknown',
  ways: 'way-unknown',
});
export type SettingsRefusal =
  | Extract<ReturnType<typeof read>, Refusal>
  | Refusal<'closes-before-opens' | 'time-malformed' | 'group-unknown' | 'area-unknown'>;

/** The settings, checked; groups and areas only where it is known which there are. */
export function checkedSettings(input: RoundSettings, known: KnownInstrument | null): RoundSettings | SettingsRefusal {
  const settings = read(input);
  if (isRefusal(settings)) return settings;
  const [opens, closes] = [
    [settings.opensOn, settings.opensTime ?? ''],
    [settings.closesOn, settings.closesTime || '24'],
  ].map((parts) => parts.join(' ')) as [string, string];
  if (closes < opens) return refuse('closes-before-opens', { field: 'closesOn' });
  const strange = strangeTime(settings);
  if (strange) return strange;
  if (known === null) return settings;
  const { instrument } = known;
  return groupsKnown({ round: settings, instrument }) ?? areasKnown({ round: settings, instrument }) ?? settings;
}

/** A time that clocks in Warsaw never show on that day, in the hour that the change to summer time leaves out. */
function strangeTime({ opensOn, opensTime, closesOn, closesTime }: RoundSettings): Refusal<'time-malformed'> | null {
  if (opensTime && momentOf(`${opensOn}T${opensTime}`) === null) {
    return refuse('time-malformed', { field: 'opensTime' });
  }
  if (closesTime && momentOf(`${closesOn}T${closesTime}`) === null) {
    return refuse('time-malformed', { field: 'closesTime' });
  }
  return null;
}

/** Whether a group is said to be smaller than the number of people who have answered for it. */
export function smallerThanAnswers(
  groups: readonly AskedGroup[],
  counts: Readonly<Record<string, number>>,
): Refusal<'size-below-answers'> | null {
  const small = groups.find(({ code, size }) => size !== null && size < (counts[code] ?? 0));
  return small === undefined
    ? null
    : refuse('size-below-answers', { field: 'groupSizes', key: small.parts[0] ?? '', count: counts[small.code] ?? 0 });
}
