import type { RecommendationInput, StateReport } from '../assessment/recommendations/recommendation';
import type { FateInput } from '../assessment/recommendations/reviews';
import type { RoundName } from '../assessment/round';

/** An invented recommendation, and what was reported of it afterwards and when. */
export interface DemoRecommendation extends RecommendationInput {
  readonly priority?: true;
  readonly reported?: StateReport & { readonly on: string };
}

export interface DemoRecommendations {
  readonly rounds: Readonly<Partial<Record<RoundName, readonly DemoRecommendation[]>>>;
  /** What the follow-up says of each recommendation of the baseline, in its order; a shorter list leaves the rest open. */
  readonly fates: readonly FateInput[];
}

/** By the code of the unit. */
export const demoRecommendations: Readonly<Record<string, DemoRecommendations>> = {
  'DEMO-1': {
    rounds: {
      baseline: [
        {
          ...{ area: 'P1.4', what: 'Wydłużyć konsultacje projektów uchwał do co najmniej 21 dni.' },
          ...{ who: 'Sekretarz gminy', due: '2025-06-30', priority: true },
        },
        {
          ...{ area: 'P1.4', what: 'Publikować na stronie odpowiedź na każdą zgłoszoną uwagę, z uzasadnieniem.' },
          ...{ who: 'Referat organizacyjny', due: '2025-09', priority: true },
        },
        {
          ...{ area: 'P1.3', what: 'Pisać roczny program współpracy we wspólnym zespole urzędu i organizacji.' },
          ...{ who: 'Pełnomocnik do spraw organizacji i zespół roboczy', due: '2025-10-31', priority: true },
        },
        {
          ...{ area: 'P2.2', what: 'Spisać zasady korzystania z sal i sprzętu gminy.' },
          ...{ who: 'Gminny ośrodek kultury', due: '2025-12' },
        },
        {
          ...{ area: 'P2.3', what: 'Złożyć co najmniej dwa wspólne wnioski o dofinansowanie.' },
          ...{ who: 'Referat rozwoju i organizacje', due: '2025-12-31' },
        },
        {
          ...{ area: null, what: 'Raz w roku przeszkolić urzędników i organizacje z form współpracy.' },
          ...{ who: 'Pełnomocnik do spraw organizacji', due: '2025-11' },
        },
      ],
      'follow-up': [
        {
          area: 'P2.3',
          what:
            'Utworzyć stały punkt pomocy w pisaniu wspólnych wniosków: osoba w referacie rozwoju dyżuruje raz w ' +
            'tygodniu, prowadzi kalendarz naborów i ogłasza go organizacjom, a przed każdym naborem zwołuje spotkanie, ' +
            'na którym urząd i organizacje ustalają, kto jest liderem, kto partnerem i kto wnosi wkład własny. Po roku ' +
            'punkt przedstawi zespołowi, ile wniosków powstało, ile dostało dofinansowanie i co było największą przeszkodą.',
          ...{ who: 'Referat rozwoju', due: '2026-10-31', priority: true },
        },
        {
          ...{ area: 'P2.1', what: 'Ogłosić pierwszy konkurs na zadania wieloletnie.' },
          ...{ who: 'Wójt, po opinii rady działalności pożytku', due: '2026-12', priority: true },
          reported: {
            ...{ state: 'under-way', on: '2026-09-14' },
            remark: 'Projekt ogłoszenia jest po pierwszym czytaniu w komisji.',
          },
        },
        {
          ...{ area: 'P3.3', what: 'Zaprosić sołectwa i parafie do partnerstwa przy dniach gminy.' },
          ...{ who: 'Forum organizacji', due: '2026-08', priority: true },
          reported: { state: 'done', remark: 'W dniach gminy wzięło udział siedem partnerów.', on: '2026-09-02' },
        },
        {
          ...{ area: 'P1.5', what: 'Wskazać w programie współpracy zadania, które urząd i organizacje zrobią razem.' },
          ...{ who: 'Zespół roboczy', due: '2026-11-30' },
        },
        { area: null, what: 'Przygotować krótki przewodnik dla nowych organizacji.', who: '', due: null },
      ],
    },
    fates: [
      {
        fate: 'done',
        why: 'Uchwała obowiązuje od maja 2025 roku.',
        evidence: 'https://bip.przyklad.example/uchwala-konsultacje',
      },
      { fate: 'done', why: '', evidence: '' },
      { fate: 'done', why: 'Program na 2026 rok powstał na czterech spotkaniach zespołu.', evidence: '' },
      { fate: 'partly', why: 'Regulamin obejmuje sale. Zasad wypożyczania sprzętu jeszcze nie ma.', evidence: '' },
      { fate: 'not-done', why: 'Żaden nabór nie pasował do obu stron, a nikt nie śledził terminów.', evidence: '' },
      { fate: 'partly', why: 'Szkolenie było jedno i przyszły głównie organizacje.', evidence: '' },
    ],
  },
  'DEMO-5': {
    rounds: {
      baseline: [
        {
          ...{ area: 'P1.2', what: 'Wyznaczyć w urzędzie jedną osobę do kontaktu z organizacjami.' },
          ...{ who: 'Wójt', due: '2025-05', priority: true },
        },
        {
          ...{ area: 'P3.2', what: 'Zwołać wspólne spotkanie wszystkich organizacji z gminy.' },
          ...{ who: 'Gminna biblioteka', due: '2025-10-15' },
        },
        {
          ...{ area: 'P2.1', what: 'Wprowadzić małe dotacje w trybie uproszczonym.' },
          ...{ who: 'Skarbnik gminy', due: '2026-01' },
        },
      ],
      'follow-up': [
        {
          ...{ area: 'P2.1', what: 'Wprowadzić małe dotacje w trybie uproszczonym, z wzorem wniosku na jedną stronę.' },
          ...{ who: 'Skarbnik gminy', due: '2027-01', priority: true },
        },
      ],
    },
    fates: [
      { fate: 'done', why: '', evidence: '' },
      { fate: 'done', why: 'Przyszło osiem z dziewięciu organizacji.', evidence: '' },
      { fate: 'not-done', why: 'W budżecie nie było na to osobnych pieniędzy.', evidence: '' },
    ],
  },
};
