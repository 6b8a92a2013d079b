import { areasOf, type Text } from '../definitions/instrument';
import type { Edition, EditionUnit } from '../reports/edition/edition';
import { agreedHolder, areaPlace, indexPlace, standingOf, survey, type Standing } from '../reports/context';
import { rowOf, type Holder, type Place, type Why } from '../reports/figure-rows';
import { reportInput } from '../reports/report-input';

/** What the library shows of a report without reading its document: made from it when it is published. */
export interface Card {
  readonly unit: EditionUnit;
  /** `round` for one round, `comparison` for two. */
  readonly kind: 'round' | 'comparison';
  /** Of the round, or of both. */
  readonly rounds: readonly CardRound[];
  readonly survey: CardFigure;
  /** null where the working group has set nothing. */
  readonly agreed: CardFigure | null;
  /** Areas of the radar, in the instrument's order: the survey's joint scores. */
  readonly areas: readonly (CardFigure & { readonly code: string; readonly name: Text })[];
  readonly scale: { readonly min: number; readonly max: number };
}

export interface CardRound {
  readonly name: 'baseline' | 'follow-up';
  /** The year whose cooperation is assessed; null = not told. */
  readonly year: number | null;
}

/** As the report's summary gives it: two decimals; with two rounds the compared figures. */
export interface CardFigure {
  readonly before: number | null;
  readonly now: number | null;
  /** Why there is no figure now. */
  readonly why: Why | null;
}

export function cardOf(edition: Edition): Card {
  const input = reportInput(edition);
  const { scale } = input.instrument;
  const figure = (place: Place, holder: Holder): CardFigure => cardFigure(standingOf(rowOf(input, place, holder)));
  return {
    unit: edition.unit,
    kind: input.rounds.length > 1 ? 'comparison' : 'round',
    rounds: input.rounds.map(({ name, assessedYear }) => ({ name, year: assessedYear })),
    survey: figure(indexPlace, survey),
    agreed: input.rounds.some(({ agreed }) => agreed !== null) ? figure(indexPlace, agreedHolder) : null,
    areas: areasOf(input.instrument).map(({ code, shortName }) => ({
      ...{ code, name: shortName },
      ...figure(areaPlace(code), survey),
    })),
    scale: { min: scale.min, max: scale.max },
  };
}

function cardFigure({ before, now, whyNow }: Standing): CardFigure {
  return { before, now, why: now === null ? whyNow : null };
}
