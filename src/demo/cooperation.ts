import type { RequiredElement } from '../cooperation/elements';
import type { ProgrammeAction } from '../cooperation/programme-status';
import type { CooperationProgrammes } from '../cooperation/programmes';
import { accepted } from './accepted';
import type { DemoCycle } from './programme-plan';

/** What leads to each state of a programme. */
const wayTo: Readonly<Record<DemoCycle['state'], readonly ProgrammeAction[]>> = {
  'not-begun': [],
  drafting: ['begin'],
  drafted: ['begin', 'finish-draft'],
  adopted: ['begin', 'finish-draft', 'finish-consultation', 'adopt'],
};

const writer = 'koordynatorka';

/** Texts of a programme, in the order in which people write them: half of them are there while it is being drafted. */
const texts: readonly (readonly [RequiredElement, string])[] = [
  [
    'aims',
    'Celem głównym programu jest stała współpraca urzędu i organizacji przy zadaniach ważnych dla mieszkańców.\n\nCele szczegółowe:\n1) organizacje uczestniczą w pracach nad projektami uchwał, co sprawdzimy po liczbie wspólnych spotkań;\n2) na każdą uwagę zgłoszoną w konsultacjach jest odpowiedź z uzasadnieniem.',
  ],
  [
    'principles',
    'Współpraca opiera się na zasadach pomocniczości, suwerenności stron, partnerstwa, efektywności, uczciwej konkurencji i jawności. Jawność oznacza u nas, że kryteria i wyniki konkursów publikujemy tego samego dnia.',
  ],
  ['subject-scope', 'Program obejmuje kulturę, sport, pomoc społeczną i ekologię.'],
  ['forms', 'Planujemy trzy otwarte konkursy ofert, małe granty oraz cztery spotkania informacyjne w roku.'],
  ['period', 'Program jest realizowany od 1 stycznia do 31 grudnia.'],
  [
    'priority-tasks',
    'Najważniejsze są zadania dla seniorów i dla młodzieży ze wsi, bo na nie wskazała wspólna diagnoza.',
  ],
  [
    'way-of-implementation',
    'Za realizację odpowiada pełnomocnik do spraw organizacji i zespół z udziałem pięciu organizacji.',
  ],
  ['planned-money', 'Na realizację programu planujemy 240 000 zł.'],
  ['commissions', 'Komisję powołuje organ wykonawczy. Połowę składu stanowią osoby wskazane przez organizacje.'],
  ['way-of-evaluation', 'Program oceniamy wspólnie z organizacjami, na podstawie karty faktów i ankiety.'],
  ['how-made', 'Projekt powstał na pięciu spotkaniach zespołu. Konsultacje trwały 21 dni.'],
];

/** How many of the texts there are in each state, and how many of these are ready. */
const written: Readonly<Record<DemoCycle['state'], readonly [texts: number, ready: number]>> = {
  'not-begun': [0, 0],
  drafting: [6, 4],
  drafted: [9, 9],
  adopted: [11, 11],
};

/** A unit's programme as far as its cycle of advice has come. */
export async function seedCooperation(
  cooperation: CooperationProgrammes,
  { state, unit }: DemoCycle,
  year: number,
  dayAt: (offset: number) => string,
): Promise<void> {
  const { id } = await cooperation.ensure(unit, year);
  const [count, ready] = written[state];
  for (const [index, [element, text]] of texts.slice(0, count).entries()) {
    accepted(await cooperation.write(id, element, { text, ready: index < ready }, 0, writer));
  }
  if (state === 'drafted' || state === 'adopted') {
    const about = { how: 'Spotkanie i formularz', withWhom: 'Organizacje z terenu jednostki', link: '' };
    const days = { from: dayAt(-40), to: dayAt(-19) };
    accepted(await cooperation.addConsultation(id, { ...days, ...about, received: 14, accepted: 9 }));
  }
  for (const action of wayTo[state]) accepted(await cooperation.move(id, action, dayAt(-6)));
  if (state !== 'adopted') return;
  const programme = await cooperation.get(id);
  const published = { link: 'https://bip.przyklad.example/program-wspolpracy', reportedOn: null, reportLink: '' };
  accepted(await cooperation.publish(id, published, programme?.revision ?? 1));
}
