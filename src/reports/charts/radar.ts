import {
  chartFont,
  commonOptions,
  grey,
  ink,
  legend,
  radarLook,
  ruleColour,
  type Chart,
  type RoundForm,
} from './chart';

export interface RadarChart {
  readonly id: string;
  readonly alt: string;
  /** In the units of its drawing, of which a line of print has 643. */
  readonly height: number;
  readonly scale: { readonly min: number; readonly max: number };
  /** A spoke's name and, under it, its numbers. */
  readonly spokes: readonly (readonly string[])[];
  readonly rounds: readonly {
    readonly name: string;
    readonly form: RoundForm;
    readonly values: readonly (number | null)[];
  }[];
}

/** All areas at once, every round one shape: is it grown, and where does it lag? */
export function radarChart({ id, alt, height, scale, spokes, rounds }: RadarChart): Chart {
  return {
    id,
    alt,
    height,
    config: {
      type: 'radar',
      data: {
        labels: spokes,
        // What is drawn first lies on top: the dashed line of the first round stays visible.
        datasets: rounds.map(({ name, form, values }) => ({
          label: name,
          ...radarLook(form),
          spanGaps: false,
          data: values,
        })),
      },
      options: {
        ...commonOptions(),
        layout: { padding: 0 },
        scales: {
          r: {
            min: scale.min,
            max: scale.max,
            ticks: {
              stepSize: 1,
              color: grey,
              font: chartFont(10.5),
              backdropColor: 'rgba(255, 255, 255, 0.8)',
              z: 1,
            },
            grid: { color: ruleColour },
            angleLines: { color: ruleColour },
            pointLabels: { color: ink, font: chartFont(12.5), padding: 6 },
          },
        },
        plugins: { legend: legend(rounds.length > 1), tooltip: { enabled: false } },
      },
    },
  };
}
