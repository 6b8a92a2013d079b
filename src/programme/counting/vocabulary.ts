import type { Activity, Programme } from '../document/programme';
import { unitsOnStudyVisits, unitsWithGroupAdvice, unitsWithIndividualAdvice } from './advice';
import { unitsWithClosedRounds } from './assessments';
import type { Counted, CountingSources } from './counted';
import { eventsHeld } from './events';

/** What counts towards an activity: every number on the pages is the length of such a list. */
export function countedTowards(programme: Programme, activity: Activity, sources: CountingSources): Promise<Counted[]> {
  const { counts } = activity;
  switch (counts.what) {
    case 'events-held':
      return eventsHeld(programme, activity, sources);
    case 'units-with-closed-rounds':
      return unitsWithClosedRounds(programme, { ...activity, counts }, sources);
    case 'units-with-group-advice':
      return unitsWithGroupAdvice(programme, { ...activity, counts }, sources);
    case 'units-with-individual-advice':
      return unitsWithIndividualAdvice(programme, activity, sources);
    case 'units-on-study-visits':
      return unitsOnStudyVisits(programme, activity, sources);
  }
}
