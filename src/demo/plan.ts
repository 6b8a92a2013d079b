import type { RoundName, Way } from '../assessment/round';
import type { UnitInput } from '../assessment/units';
import type { FactValue } from '../definitions/answers';
import type { FormName, Side } from '../definitions/instrument';
import type { DemoPile } from './paper';

/** What the demo stores: plainly invented units, and figures that resemble no published ones. */
export interface DemoRound {
  readonly name: RoundName;
  readonly form: FormName;
  readonly assessedYear: number;
  /** Days of opening and closing; without `closed` the round stays open, without `opened` a draft. */
  readonly opened?: string;
  readonly closed?: string;
  readonly plannedClosing: string;
  readonly groupSizes: Readonly<Record<string, number>>;
  /** How groups answer that do not answer by the open link. */
  readonly ways?: Readonly<Record<string, Way>>;
  /** How many of each group are invited by e-mail on the day of opening, and when they are reminded. */
  readonly invitations?: { readonly invited: Readonly<Record<string, number>>; readonly reminder: string };
  /** Forms that came on paper, on one pile. */
  readonly pile?: DemoPile;
  /** How many people of each group answer. */
  readonly answering: Readonly<Record<string, number>>;
  /** Where the two sides see each area, on the scale. */
  readonly levels: Readonly<Record<string, Readonly<Record<Side, number>>>>;
  readonly agreed?: Readonly<Record<string, readonly [score: number, reasons: string]>>;
  readonly facts?: Readonly<Record<string, FactValue>>;
  /** Facts that are not known, and why. */
  readonly factsWithout?: Readonly<Record<string, string>>;
  /** Why odd values are right. */
  readonly factsExplained?: Readonly<Record<string, string>>;
  /** Areas whose facts are confirmed. */
  readonly factsConfirmed?: readonly string[];
}

export interface DemoAssessment {
  readonly unit: UnitInput;
  readonly title: string;
  readonly rounds: readonly DemoRound[];
  /** Reports that the unit has published, in this order. */
  readonly published?: readonly DemoPublication[];
}

export interface DemoPublication {
  readonly report: RoundName | 'comparison';
  readonly on: string;
  readonly decidedBy: string;
  /** Rounds whose minutes the working group has approved before this was published, with the days. */
  readonly approved?: Readonly<Partial<Record<RoundName, string>>>;
  /** Of an edition after the first. */
  readonly reason?: string;
}

const sizes = {
  officials: 18,
  councillors: 15,
  authorities: 3,
  'municipal-units': 9,
  ngo: 31,
  informal: 8,
  'benefit-council': 10,
};

/** A small gmina where nearly everybody answers. */
const smallSizes = { officials: 18, councillors: 15, 'municipal-units': 12, ngo: 9 };
const smallAnswering = { officials: 15, councillors: 15, 'municipal-units': 12, ngo: 9 };

const baselineLevels = {
  'P1.1': { administration: 2.9, ngo: 2.2 },
  'P1.2': { administration: 3.4, ngo: 2.6 },
  'P1.3': { administration: 3.0, ngo: 2.1 },
  'P1.4': { administration: 3.2, ngo: 1.9 },
  'P1.5': { administration: 2.8, ngo: 2.3 },
  'P1.6': { administration: 2.1, ngo: 1.6 },
  'P2.1': { administration: 3.9, ngo: 3.3 },
  'P2.2': { administration: 3.5, ngo: 3.1 },
  'P2.3': { administration: 2.2, ngo: 1.9 },
  'P3.1': { administration: 2.7, ngo: 2.3 },
  'P3.2': { administration: 2.0, ngo: 2.2 },
  'P3.3': { administration: 2.4, ngo: 2.0 },
} as const;

const followUpLevels = {
  'P1.1': { administration: 3.3, ngo: 2.9 },
  'P1.2': { administration: 3.8, ngo: 3.4 },
  'P1.3': { administration: 3.7, ngo: 3.3 },
  'P1.4': { administration: 3.9, ngo: 3.2 },
  'P1.5': { administration: 3.0, ngo: 2.6 },
  'P1.6': { administration: 3.1, ngo: 2.4 },
  'P2.1': { administration: 4.0, ngo: 3.4 },
  'P2.2': { administration: 3.8, ngo: 3.5 },
  'P2.3': { administration: 2.4, ngo: 1.9 },
  'P3.1': { administration: 3.3, ngo: 3.0 },
  'P3.2': { administration: 2.9, ngo: 2.8 },
  'P3.3': { administration: 2.6, ngo: 2.1 },
} as const;

const baselineAgreed = {
  'P1.1': [2, 'Diagnozę przygotował urząd. Organizacje poznały ją dopiero po przyjęciu.'],
  'P1.2': [2.5, 'Strona internetowa działa, ale brakuje stałego kalendarza spotkań.'],
  'P1.3': [2, 'Organizacje opiniowały gotowe projekty, nie brały udziału w ich pisaniu.'],
  'P1.4': [1.5, 'Na uwagi było zwykle siedem dni. Odpowiedzi na uwagi nie publikowano.'],
  'P1.5': [2, 'Wspólnie realizowano tylko zadania z otwartych konkursów.'],
  'P1.6': [1, 'Programu współpracy nie oceniano z udziałem organizacji.'],
  'P2.1': [3.5, 'Konkursy są ogłaszane na czas, a kryteria są znane.'],
  'P2.2': [3, 'Sale są dostępne bezpłatnie. Zasad korzystania nie spisano.'],
  'P2.3': [1.5, 'Złożono jeden wspólny wniosek, bez dofinansowania.'],
  'P3.1': [2, 'Uchwała o inicjatywie lokalnej jest, ale mało kto o niej wie.'],
  'P3.2': [1.5, 'Nie ma wspólnego forum organizacji.'],
  'P3.3': [2, 'Gmina należy do lokalnej grupy działania.'],
} as const;

const followUpAgreed = {
  'P1.1': [2.5, 'Odbyły się dwa wspólne spotkania diagnostyczne.'],
  'P1.2': [3.5, 'Jest kalendarz spotkań i comiesięczny biuletyn.'],
  'P1.3': [3.5, 'Program współpracy powstał we wspólnym zespole.'],
  'P1.4': [3, 'Konsultacje trwają 21 dni, a odpowiedzi na uwagi są publikowane.'],
  'P1.5': [2.5, 'Dwa zadania programu realizowano razem.'],
  'P1.6': [2.5, 'Zespół ocenił program i zapisał cztery wnioski.'],
  'P2.1': [3.5, 'Bez większych zmian. Nadal brakuje umów wieloletnich.'],
  'P2.2': [3.5, 'Przyjęto regulamin korzystania z sal i sprzętu.'],
  'P2.3': [1.5, 'Nie złożono wspólnych wniosków.'],
  'P3.1': [3, 'Zrealizowano pięć inicjatyw lokalnych.'],
  'P3.2': [2.5, 'Powstało forum organizacji. Spotkało się trzy razy.'],
  'P3.3': [2, 'Bez zmian.'],
} as const;

const baselineFacts: Readonly<Record<string, FactValue>> = {
  p11_diagnosis: false,
  p11_meetings: 0,
  p11_directory: false,
  p12_contact: true,
  p12_channel: true,
  p12_meetings: 1,
  p13_programme_drafted: false,
  p13_adopted: '2023-11-28',
  p14_resolution: true,
  p14_days: 7,
  p14_remarks: 6,
  p14_answered: 0,
  p14_council: true,
  p14_opinions: 2,
  p16_ngo_part: false,
  p21_grants: 214_000,
  p21_share: 0.6,
  p21_calls: 3,
  p21_offers: 21,
  p21_funded: 66.7,
  p22_rules: false,
  p22_trainings: 2,
  p31_initiative_resolution: true,
  p31_participatory_budget: true,
  p32_federation: false,
  p33_lgd: true,
};

const followUpFacts: Readonly<Record<string, FactValue>> = {
  ...baselineFacts,
  p11_diagnosis: true,
  p11_meetings: 2,
  p12_meetings: 4,
  p13_programme_drafted: true,
  p13_adopted: '2024-11-26',
  p14_days: 21,
  p14_remarks: 34,
  p14_answered: 100,
  p14_opinions: 5,
  p16_ngo_part: true,
  p21_grants: 232_500,
  p21_offers: 24,
  p21_funded: 70.8,
  p22_rules: true,
  p22_trainings: 26,
  p32_federation: true,
};

export const demoPlan: readonly DemoAssessment[] = [
  {
    unit: { code: 'DEMO-1', name: 'Gmina Przykładowa', kind: 'rural-gmina', subregion: 'poznański' },
    title: 'Ocena współpracy 2024–2025',
    published: [
      {
        report: 'baseline',
        on: '2025-03-12',
        decidedBy: 'Wójt Gminy Przykładowej',
        approved: { baseline: '2025-03-05' },
      },
      {
        report: 'comparison',
        on: '2026-03-10',
        decidedBy: 'Wójt Gminy Przykładowej',
      },
      {
        report: 'comparison',
        on: '2026-04-02',
        decidedBy: 'Wójt Gminy Przykładowej',
        approved: { 'follow-up': '2026-03-31' },
        reason: 'Zespół zatwierdził oceny uzgodnione rundy powtórnej.',
      },
    ],
    rounds: [
      {
        name: 'baseline',
        form: 'full',
        assessedYear: 2024,
        opened: '2025-01-20',
        closed: '2025-02-14',
        plannedClosing: '2025-02-14',
        groupSizes: sizes,
        answering: {
          officials: 13,
          councillors: 9,
          authorities: 3,
          'municipal-units': 7,
          ngo: 22,
          informal: 3,
          'benefit-council': 6,
        },
        levels: baselineLevels,
        agreed: baselineAgreed,
        facts: baselineFacts,
      },
      {
        name: 'follow-up',
        form: 'full',
        assessedYear: 2025,
        opened: '2026-01-19',
        closed: '2026-02-13',
        plannedClosing: '2026-02-13',
        groupSizes: { ...sizes, ngo: 33 },
        answering: {
          officials: 14,
          councillors: 10,
          authorities: 3,
          'municipal-units': 8,
          ngo: 25,
          informal: 5,
          'benefit-council': 7,
        },
        levels: followUpLevels,
        agreed: followUpAgreed,
        facts: followUpFacts,
        factsWithout: { p12_ngo_plans: 'Organizacje nie przekazują planów w jednej formie.' },
        factsExplained: { p22_trainings: 'Od marca w urzędzie działa stały punkt porad dla organizacji.' },
        factsConfirmed: ['P1.1', 'P1.2'],
      },
    ],
  },
  {
    unit: { code: 'DEMO-2', name: 'Miasto Próbne', kind: 'urban-gmina', subregion: 'kaliski' },
    title: 'Samoocena współpracy 2026',
    rounds: [
      {
        name: 'baseline',
        form: 'full',
        assessedYear: 2025,
        opened: '2026-11-02',
        plannedClosing: '2026-12-04',
        groupSizes: { ...sizes, officials: 24, ngo: 40 },
        ways: { informal: 'invitations', 'benefit-council': 'invitations' },
        invitations: { invited: { informal: 8, 'benefit-council': 10 }, reminder: '2026-12-01T09:00' },
        pile: { group: 'municipal-units', count: 7, typed: 5 },
        answering: { officials: 6, councillors: 2, ngo: 9 },
        levels: baselineLevels,
      },
    ],
  },
  {
    unit: { code: 'DEMO-3', name: 'Gmina Zmyślona', kind: 'urban-rural-gmina', subregion: 'koniński' },
    title: 'Krótka samoocena 2026',
    rounds: [
      {
        name: 'baseline',
        form: 'core',
        assessedYear: 2025,
        opened: '2026-11-09',
        plannedClosing: '2026-12-11',
        groupSizes: { officials: 8, councillors: 15, authorities: 2, ngo: 9, informal: 4 },
        ways: { councillors: 'cards' },
        answering: { officials: 3, ngo: 4 },
        levels: baselineLevels,
      },
    ],
  },
  {
    unit: { code: 'DEMO-4', name: 'Powiat Wymyślony', kind: 'powiat', subregion: 'pilski' },
    title: 'Pierwsza samoocena współpracy',
    rounds: [
      {
        name: 'baseline',
        form: 'full',
        assessedYear: 2026,
        plannedClosing: '2027-02-26',
        groupSizes: { officials: 30, councillors: 25, authorities: 2, ngo: 60 },
        ways: { councillors: 'cards', ngo: 'cards' },
        answering: {},
        levels: baselineLevels,
      },
    ],
  },
  {
    unit: { code: 'DEMO-5', name: 'Gmina Mała', kind: 'rural-gmina', subregion: 'leszczyński' },
    title: 'Ocena współpracy w małej gminie',
    published: [{ report: 'comparison', on: '2026-04-15', decidedBy: 'Rada Gminy Małej' }],
    rounds: [
      {
        name: 'baseline',
        form: 'full',
        assessedYear: 2024,
        opened: '2025-03-03',
        closed: '2025-03-28',
        plannedClosing: '2025-03-28',
        groupSizes: smallSizes,
        answering: smallAnswering,
        levels: baselineLevels,
      },
      {
        name: 'follow-up',
        form: 'full',
        assessedYear: 2025,
        opened: '2026-03-02',
        closed: '2026-03-27',
        plannedClosing: '2026-03-27',
        groupSizes: smallSizes,
        answering: smallAnswering,
        levels: followUpLevels,
      },
    ],
  },
];
