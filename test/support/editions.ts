import type { Edition } from '../../src/reports/edition/edition';
import { editionOf } from '../../src/reports/edition/report-document';
import { areasOf, type Instrument } from '../../src/definitions/instrument';
import { createChance } from '../../src/demo/random';
import { lijw, lijwPeople, reportDocument, type GivenRound } from './report';

/** An edition made as the application makes it, from answers. */
export function editionFrom(instrument: Instrument, given: readonly [GivenRound, ...GivenRound[]]): Edition {
  const document = reportDocument(instrument, given);
  return editionOf(
    {
      ...document,
      unit: { ...document.unit, code: '309901', kind: 'rural-gmina', powiat: 'przykładowy', subregion: 'poznański' },
    },
    {
      publication: {
        ...{ number: 1, reason: null, decidedBy: 'Wójt Gminy Przykładowa', decidedOn: '2026-11-20' },
        path: '/library/309901/2024-2025/1',
      },
      installation: {
        publisher: { name: 'Biuro Projektu', email: 'biuro@example.org' },
        address: 'https://lijw.example.org',
        licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/deed.pl' },
      },
    },
  );
}

/** How many generated editions a run looks at: more for who asks, as in `EDITIONS=20 npx jest …`. */
export const howMany = Number(process.env['EDITIONS'] ?? 3);

/** Editions of made-up units, each another: with hidden and merged groups, without a round, with areas out of scope. */
export function generatedEditions(count: number): readonly (readonly [name: string, edition: Edition])[] {
  return Array.from({ length: count }, (_, seed) => {
    const chance = createChance(7000 + seed);
    const between = (least: number, most: number) => least + Math.floor(chance.next() * (most - least + 1));
    const outOfScope = seed % 3 === 1 ? ['P1.2'] : [];
    const areas = areasOf(lijw).map(({ code }) => code);
    const round = (at: number): GivenRound => ({
      respondents: lijwPeople(seed * 10 + at, 2.4 + at * 0.5, {
        ...{ officials: between(10, 18), councillors: between(2, 12), authorities: between(1, 4) },
        ...{ ngo: between(11, 24), informal: between(0, 6), 'benefit-council': between(0, 7) },
      }),
      groupSizes: { officials: 20, ngo: 40 },
      outOfScope,
      agreed: Object.fromEntries(
        areas.map((code) => [code, outOfScope.includes(code) ? null : between(2, 10) / 2] as const),
      ),
    });
    const rounds = seed % 3 === 1 ? ([round(0)] as const) : ([round(0), round(1)] as const);
    const code = String(309900 + seed);
    const edition = editionFrom(lijw, rounds);
    const path = `/library/${code}/${rounds.length > 1 ? '2024-2025' : '2024'}/1`;
    const named = {
      ...edition,
      unit: { ...edition.unit, code, name: `Gmina Wymyślona ${seed + 1}` },
      publication: { ...edition.publication, path },
    };
    return [named.unit.name, named] as const;
  });
}
