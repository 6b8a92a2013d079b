import { inLanguage } from '../../../definitions/instrument';
import { formatList, formatNumber, formatSigned } from '../../../locales/formats';
import { translator, type Language } from '../../../locales/translate';
import {
  editionPath,
  type Card,
  type CardFigure,
  type PublishedEdition,
  type Shelved,
} from '../../../publishing/services';
import { levelsOf } from '../../../reports/extremes';
import { smallRadar, type SmallRadar } from '../../../reports/charts/small-radar';
import { publishedPoints } from '../../../shared/rounding';
import { downloadsOf, type Download } from './files';

/** A card of the library as its view shows it. */
export interface CardView {
  readonly id: string;
  readonly path: string;
  readonly unitPath: string;
  readonly unit: string;
  /** „gmina wiejska · subregion poznański”. */
  readonly about: string;
  readonly title: string;
  readonly indices: readonly IndexView[];
  readonly radar: SmallRadar & { readonly alt: string };
  readonly downloads: readonly Download[];
  readonly edition: string;
}

interface IndexView {
  readonly name: string;
  readonly before: string | null;
  readonly now: string | null;
  readonly change: string | null;
  /** Why there is no figure now. */
  readonly why: string | null;
}

export function cardView(shelved: Shelved, language: Language, pdf: boolean): CardView {
  const t = translator(language);
  const { card } = shelved;
  const path = editionPath(shelved);
  return {
    ...{ id: `${shelved.unit}-${shelved.report}`.replaceAll('.', '-'), path, unitPath: `/library/${shelved.unit}` },
    unit: card.unit.name,
    about: aboutUnit(card.unit, language),
    title: reportTitle(card, language),
    indices: [
      indexView(card.survey, t('library:card.survey'), language),
      ...(card.agreed === null ? [] : [indexView(card.agreed, t('library:card.agreed'), language)]),
    ],
    radar: radarOf(card, language),
    // What the codes mean is in the workbook too.
    downloads: downloadsOf(path, language, pdf).filter(({ href }) => !href.endsWith('/codes.csv')),
    edition: t('library:card.edition', { number: shelved.number }),
  };
}

/** „gmina wiejska, powiat poznański, subregion poznański”. */
export function aboutUnit({ kind, powiat, subregion }: Card['unit'], language: Language): string {
  const t = translator(language);
  return [
    t(`library:kinds.${kind}`),
    ...(powiat === '' ? [] : [t('library:unit.powiat', { powiat })]),
    ...(subregion === '' ? [] : [t('library:unit.subregion', { subregion })]),
  ].join(', ');
}

/** „Porównanie rund: 2024 i 2025”, „Runda początkowa: 2024”. */
export function reportTitle({ kind, rounds }: Pick<Card, 'kind' | 'rounds'>, language: Language): string {
  const t = translator(language);
  const years = rounds.flatMap(({ year }) => (year === null ? [] : [String(year)]));
  const key = kind === 'comparison' ? 'comparison' : (rounds[0]?.name ?? 'baseline');
  return years.length === 0
    ? t(`library:titles.${key}`)
    : t(`library:titles.${key}Years`, { years: formatList([...new Set(years)], language) });
}

/** Unit and report in one line, of editions that have no figures any more too. */
export function titleOf({ title }: PublishedEdition, language: Language): string {
  return `${title.unit}: ${reportTitle(title, language)}`;
}

function indexView({ before, now, why }: CardFigure, name: string, language: Language): IndexView {
  const t = translator(language);
  const score = (value: number | null) => (value === null ? null : formatNumber(value, language, 2));
  return {
    ...{ name, before: score(before), now: score(now) },
    change: before === null || now === null ? null : formatSigned(publishedPoints(before, now), language, 2),
    why: now === null ? t(`report:why.${why ?? 'no-answers'}`) : null,
  };
}

/** The alternative text is the finding: the ends of the picture, with their figures. */
function radarOf({ areas, scale, rounds }: Card, language: Language): CardView['radar'] {
  const t = translator(language);
  const shown = areas.flatMap(({ name, now }) => (now === null ? [] : [{ name: inLanguage(name, language), now }]));
  const levels = levelsOf(shown, ({ now }) => now);
  const words = (level: (typeof levels)[number] | undefined) =>
    level === undefined
      ? ''
      : `${formatList(
          level.entries.map(({ name }) => name),
          language,
        )} (${formatNumber(level.value, language, 2)})`;
  const alt =
    levels.length < 2
      ? t('library:card.radarNone')
      : t('library:card.radar', { high: words(levels[0]), low: words(levels.at(-1)) });
  const shapes = [
    ...(rounds.length > 1 ? [{ form: 'before' as const, values: areas.map(({ before }) => before) }] : []),
    { form: 'now' as const, values: areas.map(({ now }) => now) },
  ];
  return { ...smallRadar(shapes, scale), alt };
}
