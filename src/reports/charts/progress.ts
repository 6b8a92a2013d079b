import { translator, type Language } from '../../locales/translate';
import type { ActivityProgress } from '../../programme/progress';
import type { Chart } from './chart';
import { countChart } from './counts';

/** How far each activity with a number as target has come, in percent of it; null where there is none. */
export function progressChart(numbered: readonly ActivityProgress[], language: Language): Chart | null {
  if (numbered.length === 0) return null;
  const t = translator(language);
  const rows = numbered.map(({ activity, target, counted, towardsTarget }) => ({
    name: t(`programme:kinds.${activity.kind}`),
    words: t('programme:progress.ofTarget', { done: counted.length, target }),
    percent: Math.min(100, Math.round((100 * towardsTarget) / (target ?? 1))),
  }));
  return countChart({
    id: 'progress-chart',
    alt: rows.map(({ name, words }) => `${name}: ${words}`).join('; '),
    rows: rows.map(({ name }) => ({ name, holds: 'survey' })),
    series: [
      {
        name: t('programme:progress.series'),
        form: 'now',
        values: rows.map(({ percent }) => percent),
        wholes: rows.map(() => 100),
        labels: rows.map(({ words }) => words),
        absent: rows.map(() => null),
      },
    ],
    max: 100,
    room: 72,
  });
}
