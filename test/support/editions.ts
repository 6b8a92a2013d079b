import type { Edition } from '../../src/reports/edition/edition';
import { editionOf } from '../../src/reports/edition/report-document';
import type { Instrument } from '../../src/definitions/instrument';
import { reportDocument, type GivenRound } from './report';

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
