import type { ProgrammeState } from '../cooperation/programme-status';
import type { AdviceState } from '../advisory/individual-advice';
import type { VisitReport } from '../advisory/study-visits';
import type { AdvisedUnit } from '../advisory/unit';
import type { Text } from '../definitions/instrument';
import type { EventKind } from '../events/event';
import type { Organisation } from '../events/queue';

/** What the programme's demo stores: people, organisations and units are plainly invented. */
export interface DemoEvent {
  readonly activity: string;
  readonly kind: EventKind;
  readonly title: Text;
  readonly description: Text | null;
  readonly place: string;
  readonly subregion: string | null;
  /** Days from today; negative: it is over. */
  readonly at: number;
  readonly seats: number;
  /** How many register. */
  readonly people: number;
}

const subregions = ['poznanski', 'kaliski', 'koninski', 'pilski', 'leszczynski'] as const;
const adjectives = ['poznański', 'kaliski', 'koniński', 'pilski', 'leszczyński'] as const;

function conference(subregion: number, at: number, people: number): DemoEvent {
  const name = adjectives[subregion] ?? '';
  return {
    activity: 'conferences',
    kind: 'conference',
    title: {
      pl: `Konferencja o Modelu współpracy, podregion ${name}`,
      en: `Conference on the Model, subregion ${name}`,
    },
    description: {
      pl: 'Czym jest Model współpracy, co daje gminie i organizacjom i od czego zacząć.',
      en: 'What the Model of Cooperation is, what it gives to gminas and NGOs, and where to begin.',
    },
    place: `Dom Przykładowy ${subregion + 1}`,
    subregion: subregions[subregion] ?? null,
    ...{ at, people, seats: 40 },
  };
}

function seminar(subregion: number, at: number, people: number): DemoEvent {
  const name = adjectives[subregion] ?? '';
  return {
    activity: 'seminars',
    kind: 'seminar',
    title: { pl: `Seminarium: razem w sektorze, podregion ${name}`, en: `Seminar: one sector, subregion ${name}` },
    description: null,
    place: `Sala Próbna ${subregion + 1}`,
    subregion: subregions[subregion] ?? null,
    ...{ at, people, seats: 30 },
  };
}

const training = (number: number, at: number, people: number): DemoEvent => ({
  activity: 'model-trainings',
  kind: 'training',
  title: { pl: `Szkolenie z Modelu współpracy (${number})`, en: `Training on the Model of Cooperation (${number})` },
  description: null,
  place: 'Centrum Pokazowe',
  subregion: null,
  ...{ at, people, seats: 15 },
});

const indexTraining = (number: number, at: number, people: number): DemoEvent => ({
  activity: 'index-trainings',
  kind: 'index-training',
  title: { pl: `Szkolenie: indeks krok po kroku (${number})`, en: `Training: the index step by step (${number})` },
  description: null,
  place: 'Centrum Pokazowe',
  subregion: null,
  ...{ at, people, seats: 20 },
});

export const demoEvents: readonly DemoEvent[] = [
  conference(0, -150, 22),
  conference(1, -120, 17),
  training(1, -110, 13),
  {
    activity: 'coordinator-training',
    kind: 'coordinator-training',
    title: { pl: 'Szkolenie powiatowych koordynatorów Modelu', en: 'Training for county coordinators of the Model' },
    description: null,
    place: 'Centrum Pokazowe',
    subregion: null,
    ...{ at: -95, people: 12, seats: 35 },
  },
  seminar(0, -85, 15),
  conference(3, -70, 12),
  training(2, -60, 17),
  indexTraining(1, -40, 14),
  {
    activity: 'study-visits',
    kind: 'study-visit',
    title: { pl: 'Wizyta studyjna w Mieście Wzorcowym', en: 'Study visit to the Model Town' },
    description: { pl: 'Jak działa centrum organizacji i zespół programowy.', en: 'How an NGO centre works.' },
    place: 'Miasto Wzorcowe',
    subregion: null,
    ...{ at: -30, people: 11, seats: 16 },
  },
  seminar(4, -20, 9),
  training(3, 9, 19),
  conference(2, 16, 26),
  seminar(1, 27, 4),
  indexTraining(2, 34, 20),
  {
    activity: 'closing-conference',
    kind: 'closing-conference',
    title: { pl: 'Konferencja podsumowująca program', en: 'Closing conference of the programme' },
    description: null,
    place: 'Dom Przykładowy 1',
    subregion: null,
    ...{ at: 190, people: 0, seats: 120 },
  },
];

export const demoOrganisations: readonly Organisation[] = [
  { name: 'Stowarzyszenie Przykładowe', kind: 'ngo', seat: '302101' },
  { name: 'Urząd Gminy Pokazowej', kind: 'office', seat: '300702' },
  { name: 'Fundacja Zmyślona', kind: 'ngo', seat: '301001' },
  { name: 'Starostwo Wymyślone', kind: 'office', seat: '301901' },
  { name: 'Klub Nieistniejący', kind: 'ngo', seat: '301301' },
  { name: 'Dom Kultury Próbny', kind: 'other', seat: '302401' },
  { name: 'Koło Gospodyń „Na Niby”', kind: 'ngo', seat: '302801' },
];

const first = ['Anna', 'Jan', 'Maria', 'Piotr', 'Ewa', 'Adam', 'Zofia', 'Tomasz', 'Olga', 'Marek'] as const;
const last = ['Przykładowa-Testowa', 'Próbny-Pokazowy', 'Zmyślona-Niby', 'Wymyślony-Jakoby', 'Pokazowa-Demo'] as const;
export const demoPeople: readonly string[] = last.flatMap((surname) => first.map((name) => `${name} ${surname}`));

export const demoTopics = ['P1.1', 'P1.3', 'P1.4', 'P2.1', 'P3.1', 'P1.6', 'P3.2'] as const;

const unit = (number: number, name: string, subregion: number): AdvisedUnit => ({
  code: `DEMO-${number}`,
  name,
  subregion: subregions[subregion] ?? null,
});

export interface DemoCycle {
  readonly unit: AdvisedUnit;
  readonly planned: number;
  /** Meetings held, and those with a day in the future. */
  readonly held: number;
  readonly coming: number;
  readonly state: Exclude<ProgrammeState, 'consulted'>;
}

export const demoCycles: readonly DemoCycle[] = [
  { unit: unit(1, 'Gmina Przykładowa', 0), planned: 6, held: 6, coming: 0, state: 'adopted' },
  { unit: unit(2, 'Miasto Próbne', 1), planned: 5, held: 5, coming: 0, state: 'drafted' },
  { unit: unit(3, 'Gmina Zmyślona', 2), planned: 7, held: 5, coming: 2, state: 'drafted' },
  { unit: unit(4, 'Powiat Wymyślony', 3), planned: 5, held: 3, coming: 1, state: 'drafting' },
  { unit: unit(5, 'Gmina Pokazowa', 4), planned: 8, held: 1, coming: 1, state: 'not-begun' },
];

const advised = [
  'Gmina Niebywała',
  'Gmina Umowna',
  'Miasto Makietowe',
  'Gmina Szkicowa',
  'Powiat Rysunkowy',
  'Gmina Papierowa',
  'Gmina Modelowa Dolna',
  'Miasto Nigdzie',
  'Gmina Dajmynato',
  'Gmina Jakaśtam',
  'Gmina Bezmapia',
  'Miasto Kartonowe',
  'Gmina Atrapa',
  'Powiat Domyślny',
  'Gmina Zmyślona Wielka',
  'Gmina Próbna Górna',
] as const;

const requests = [
  'Jak przygotować program współpracy razem z organizacjami, a nie tylko go skonsultować?',
  'Jak prowadzić konsultacje, żeby ktoś na nie przyszedł?',
  'Jakie zasady przyjąć przy zlecaniu zadań na kilka lat?',
  'Jak powołać radę działalności pożytku publicznego?',
] as const;

export interface DemoAdvice {
  readonly unit: AdvisedUnit;
  /** Days since the request. */
  readonly ago: number;
  readonly state: AdviceState;
  readonly hours: number;
  readonly request: string;
  readonly outcome: string;
}

export const demoAdvice: readonly DemoAdvice[] = [
  ...advised.map((name, index): DemoAdvice => {
    const state: AdviceState = index < 12 ? 'given' : index === 15 ? 'withdrawn' : 'requested';
    return {
      unit: unit(index + 11, name, index % 5),
      ago: 160 - index * 10,
      state,
      hours: state === 'given' ? 2 + (index % 3) * 1.5 : 0,
      request: requests[index % requests.length] ?? '',
      outcome: state === 'given' ? 'Urząd dostał wzór harmonogramu i listę kroków.' : '',
    };
  }),
  // A unit that came back: two records, one unit.
  {
    unit: unit(11, 'Gmina Niebywała', 0),
    ago: 40,
    state: 'given',
    hours: 1.5,
    request: 'Jak ocenić program po roku?',
    outcome: 'Omówiono ankietę i plan spotkania oceniającego.',
  },
];

export const demoVisitReport: Pick<VisitReport, 'hosts' | 'participants' | 'report'> = {
  hosts: 'Centrum Organizacji w Mieście Wzorcowym',
  participants: [
    { unit: unit(1, 'Gmina Przykładowa', 0), count: 4 },
    { unit: unit(2, 'Miasto Próbne', 1), count: 3 },
    { unit: unit(4, 'Powiat Wymyślony', 3), count: 2 },
  ],
  report:
    'Grupa obejrzała centrum organizacji i rozmawiała z zespołem, który pisze program współpracy. Trzy gminy chcą powołać podobny zespół.',
};
