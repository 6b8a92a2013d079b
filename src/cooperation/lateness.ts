import type { CooperationProgramme } from './programme';

/** What is late: nothing, the programme, or the report on it. */
export interface Lateness {
  readonly adoption: 'in-time' | 'due' | 'not-adopted' | 'adopted-late';
  /** `none`: there is nothing to report on yet. */
  readonly report: 'none' | 'due' | 'in-time' | 'missing' | 'late';
}

/** @param today `YYYY-MM-DD`, like the deadlines */
export function latenessOf(
  { year, adoptedOn, reportedOn }: Pick<CooperationProgramme, 'year' | 'adoptedOn' | 'reportedOn'>,
  deadlines: { readonly adoption: string; readonly report: string },
  today: string,
): Lateness {
  return { adoption: adoptionOf(adoptedOn, deadlines.adoption, today), report: reportOf() };

  function reportOf(): Lateness['report'] {
    if (reportedOn !== null) return reportedOn > deadlines.report ? 'late' : 'in-time';
    if (today > deadlines.report) return 'missing';
    return today > `${year}-12-31` ? 'due' : 'none';
  }
}

function adoptionOf(adoptedOn: string | null, deadline: string, today: string): Lateness['adoption'] {
  if (adoptedOn !== null) return adoptedOn > deadline ? 'adopted-late' : 'in-time';
  return today > deadline ? 'not-adopted' : 'due';
}
