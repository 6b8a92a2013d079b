import type { RequiredElement } from '../../../../cooperation/elements';
import type { ElementLine } from '../../../../cooperation/programmes';
import type { StaffProgramme } from './with-programme';

/** A recommendation of the unit's working group, as programmes use it. */
export interface UnitRecommendation {
  readonly id: string;
  readonly what: string;
}

/** Those of the programme's unit; none where it has no assessment. */
export async function recommendationsOfUnit({
  programme,
  services,
}: StaffProgramme): Promise<readonly UnitRecommendation[]> {
  const unit = await services.assessment.units.byCode(programme.unit.code);
  return unit === null ? [] : services.assessment.recommendations.ofUnit(unit.id);
}

/** How many recommendations say something else now than when they were put into an element, by the element. */
export async function changedSince(
  staff: StaffProgramme,
  elements: readonly ElementLine[],
): Promise<ReadonlyMap<RequiredElement, number>> {
  const now = new Map((await recommendationsOfUnit(staff)).map(({ id, what }) => [id, what]));
  return new Map(
    elements.map(({ element, written }) => [
      element,
      (written?.drawn ?? []).filter(({ id, what }) => now.get(id) !== what).length,
    ]),
  );
}
