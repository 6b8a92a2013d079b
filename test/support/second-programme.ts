import type { Programme } from '../../src/programme/document/programme';

/** A programme of another region: three subregions, six activities, other targets. */
export function secondProgramme(overrides: Partial<Programme> = {}): Programme {
  const names = (pl: string): { pl: string; en: string } => ({ pl, en: `${pl} (en)` });
  return {
    kind: 'programme',
    id: 'inny-region-2026',
    languages: ['pl', 'en'],
    name: names('Współpraca w Innym Regionie'),
    aim: names('Aby urzędy i organizacje robiły więcej razem.'),
    audience: names('Dla osób z Innego Regionu.'),
    howToTakePart: [names('Zadzwonić'), names('Przyjść')],
    partners: [{ name: names('Fundacja Innego Regionu'), url: 'https://inny.example' }],
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    index: 'small',
    subregions: [
      { code: 'polnoc', name: names('północny'), powiats: ['9901', '9902'] },
      { code: 'srodek', name: names('środkowy'), powiats: ['9903'] },
      { code: 'poludnie', name: names('południowy'), powiats: ['9904'] },
    ],
    activities: [
      {
        code: 'meetings',
        kind: 'conference',
        name: names('Spotkania'),
        target: { perSubregion: 2 },
        counts: { what: 'events-held' },
      },
      {
        code: 'courses',
        kind: 'training',
        name: names('Kursy'),
        target: { total: 7 },
        counts: { what: 'events-held' },
      },
      {
        code: 'self-assessments',
        kind: 'assessment',
        name: names('Samooceny'),
        target: { total: 4 },
        counts: { what: 'units-with-closed-rounds', rounds: 1 },
      },
      {
        code: 'workshops',
        kind: 'group-advice',
        name: names('Warsztaty'),
        target: { total: 3 },
        counts: { what: 'units-with-group-advice', meetings: 2, outcome: 'none' },
      },
      {
        code: 'advice',
        kind: 'individual-advice',
        name: names('Porady'),
        target: { total: 20 },
        counts: { what: 'units-with-individual-advice' },
      },
      { code: 'trips', kind: 'study-visit', name: names('Wyjazdy'), target: null, counts: { what: 'events-held' } },
    ],
    ...overrides,
  };
}
