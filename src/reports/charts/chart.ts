import type { Side } from '../../definitions/instrument';

/**
 * One picture: a chart.js configuration as plain JSON, the same on a page and in the PDF, and its finding as the
 * alternative text. The table with the same numbers stands beside it in the section.
 */
export interface Chart {
  /** Unique on its page. */
  readonly id: string;
  /** The finding, for those who do not see the picture. */
  readonly alt: string;
  /** Height in CSS pixels. */
  readonly height: number;
  readonly config: ChartConfig;
}

/** What chart.js is given; callbacks are impossible in JSON, so our own drawing is steered by `plugins.marks`. */
export interface ChartConfig {
  readonly type: 'radar' | 'line' | 'bar';
  readonly data: { readonly labels: readonly (string | readonly string[])[]; readonly datasets: readonly Dataset[] };
  readonly options: Readonly<Record<string, unknown>>;
}

export type Dataset = Readonly<Record<string, unknown>> & { readonly data: readonly (number | null)[] };

/** Read by `draw/marks.ts`. Lists are per dataset, then per row. */
export interface Marks {
  /** `inside`: datasets dark enough for white numbers, and those whose number stands at 0, on both their halves. */
  readonly dark?: readonly boolean[];
  readonly atZero?: readonly boolean[];
  /** Numbers written at the marks. */
  readonly labels?: readonly (readonly (string | null)[])[];
  /** `outward`: on the outer side of a pair of dots; `end`: after the end of a bar that starts at 0;
   * `inside`: in the middle of a segment. */
  readonly placement?: 'outward' | 'end' | 'inside';
  /** Joins the outermost dots of a row. */
  readonly connect?: boolean;
  /** Lower and upper end of an interval. */
  readonly whiskers?: readonly (readonly (readonly [number, number] | null)[])[];
  /** Words in a row without a mark, per dataset and row: „ukryto”. */
  readonly absent?: readonly (readonly (string | null)[])[];
  /** Outlines that bars of counts fill: what they could have reached; null where unknown. */
  readonly wholes?: readonly (readonly (number | null)[])[];
  /** A column at the right end: heading and one text a row. */
  readonly ends?: { readonly heading: string; readonly texts: readonly string[]; readonly width: number };
}

export const ink = '#1c2430';
export const grey = '#5b6470';
const rule = '#d9d5cb';
const white = '#ffffff';

/** Hue = side; survey (both sides together) and people of neither side are ink and grey. */
export type Holds = Side | 'survey' | 'neither';
const colours: Readonly<Record<Holds, { readonly full: string; readonly tint: string }>> = {
  administration: { full: '#143d66', tint: '#7f9dbb' },
  ngo: { full: '#b4540a', tint: '#d9a074' },
  survey: { full: ink, tint: '#a3a8ae' },
  neither: { full: grey, tint: '#b9bdc3' },
};

export type RoundForm = 'before' | 'now';

/** Dots: hollow before, filled now; administration round, NGO square. */
export function dotLook(holds: Holds | readonly Holds[], form: RoundForm): Readonly<Record<string, unknown>> {
  const list = typeof holds === 'string' ? [holds] : holds;
  const full = list.map((one) => colours[one].full);
  return {
    // Not of chart.js: numbers at the marks of the later round are heavier.
    strong: form === 'now',
    showLine: false,
    clip: false,
    pointRadius: 5.5,
    pointHoverRadius: 6.5,
    pointStyle: list.map((one) => (one === 'ngo' ? 'rect' : 'circle')),
    pointBorderWidth: 2,
    pointBorderColor: full,
    pointBackgroundColor: form === 'before' ? white : full,
    // For the legend.
    borderColor: full[0],
    backgroundColor: form === 'before' ? white : full[0],
  };
}

export const diamondLook = (form: RoundForm): Readonly<Record<string, unknown>> => ({
  ...dotLook('survey', form),
  pointStyle: 'rectRot',
  pointRadius: 7,
});

/** Bars: tint with an outline before, full now. */
export function barLook(holds: Holds | readonly Holds[], form: RoundForm): Readonly<Record<string, unknown>> {
  const list = typeof holds === 'string' ? [holds] : holds;
  const one = (pick: (of: Holds) => string) => (typeof holds === 'string' ? pick(holds) : list.map(pick));
  return {
    backgroundColor: one((of) => (form === 'before' ? colours[of].tint : colours[of].full)),
    borderColor: one((of) => colours[of].full),
    borderWidth: 1,
    borderSkipped: false,
    pointStyle: 'rect',
    strong: form === 'now',
  };
}

/** An area of the radar: dashed and hollow before, solid and filled now. */
export function radarLook(form: RoundForm): Readonly<Record<string, unknown>> {
  const common = { borderColor: ink, borderWidth: form === 'before' ? 1.5 : 2.25, pointBorderColor: ink };
  return form === 'before'
    ? {
        ...common,
        borderColor: grey,
        borderDash: [5, 4],
        fill: false,
        backgroundColor: white,
        pointBackgroundColor: white,
        pointBorderColor: grey,
        pointBorderWidth: 1.5,
        pointRadius: 3.5,
      }
    : {
        ...common,
        fill: true,
        backgroundColor: 'rgba(28, 36, 48, 0.10)',
        pointBackgroundColor: ink,
        pointRadius: 3.5,
      };
}

const font = (size: number, weight: 'normal' | 600 = 'normal') => ({ size, weight });

/** The legend is written above the picture, from the left edge. */
export function legend(shown: boolean): Readonly<Record<string, unknown>> {
  return {
    display: shown,
    position: 'top',
    align: 'start',
    labels: { usePointStyle: true, boxHeight: 8, padding: 9, color: ink, font: font(12.5) },
  };
}

/** The scale of the instrument, never cut. */
export function scaleAxis(scale: { readonly min: number; readonly max: number }): Readonly<Record<string, unknown>> {
  return {
    min: scale.min,
    max: scale.max,
    ticks: { stepSize: 1, color: grey, font: font(11.5), padding: 4 },
    grid: { color: rule, drawTicks: false },
    border: { display: false },
  };
}

/** Rows with their names on the left; `room` keeps numbers left of the lowest mark off the names. */
export function rowAxis(room: number): Readonly<Record<string, unknown>> {
  return {
    type: 'category',
    offset: true,
    // Not of chart.js: `draw/chart-svg.ts` makes the axis wider by it.
    room,
    ticks: { color: ink, font: font(12.5), padding: 6, autoSkip: false, crossAlign: 'far' },
    grid: { display: false },
    border: { display: false },
  };
}

/** Common to all: nothing moves, nothing reacts, numbers are written at the marks. */
export function commonOptions(): Readonly<Record<string, unknown>> {
  return { animation: false, maintainAspectRatio: false, events: [], locale: 'pl' };
}

export { font as chartFont, rule as ruleColour };
