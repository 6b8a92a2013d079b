import { subregionOfPlace, type Programme } from '../programme/document/programme';

/** Whether the programme is for organisations with this seat; an event of no known programme is for all. */
export function isInRegion(programme: Programme | undefined, seat: string): boolean {
  return programme === undefined || subregionOfPlace(programme, seat) !== null;
}
