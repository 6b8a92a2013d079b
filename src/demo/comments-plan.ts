import type { HidingReason } from '../assessment/published-comments';
import { otherKey } from '../definitions/answers';

/** What a made-up respondent of a group wrote in own words, and what staff hid of it. */
export interface DemoComment {
  readonly group: string;
  /** Code of the question, or of its "other" choice. */
  readonly question: string;
  readonly text: string;
  /** `words` null: all of it. */
  readonly hidden?: { readonly words: string | null; readonly reason: HidingReason };
}

/** What stands in the way, in own words. */
export const hinders = otherKey('barriers');

/** By unit and round. */
export const demoComments: Readonly<Record<string, readonly DemoComment[]>> = {
  'DEMO-1 baseline': [
    {
      group: 'officials',
      question: 'comment_p1',
      text: 'Na konsultacje programu przyszły trzy osoby. Może pora na inną godzinę.',
    },
    { group: 'officials', question: 'comment_p2', text: 'Rozliczenie małej dotacji zajmuje tyle samo czasu co dużej.' },
    {
      group: 'councillors',
      question: 'comment_p1',
      text: 'Projekty uchwał trafiają do nas późno, więc organizacje widzą je jeszcze później.',
    },
    { group: 'ngo', question: 'comment_p1', text: 'Zgłosiliśmy cztery uwagi i nie wiemy, co się z nimi stało.' },
    {
      group: 'ngo',
      question: 'comment_p1',
      text: 'Pani z pokoju 12 zawsze pomoże, ale gdy jej nie ma, nikt nie wie, co dalej.',
      hidden: { words: 'z pokoju 12', reason: 'person' },
    },
    {
      group: 'ngo',
      question: 'comment_p2',
      text: 'Pieniądze z konkursu przychodzą w kwietniu, a zajęcia prowadzimy od stycznia.',
    },
    {
      group: 'ngo',
      question: 'comment_p2',
      text: 'Salę w domu kultury dostajemy bez kłopotu. Przydałby się jeden kalendarz rezerwacji.',
    },
    { group: 'ngo', question: 'comment_p3', text: 'Organizacje z różnych wsi prawie się nie znają.' },
    { group: 'ngo', question: hinders, text: 'Brak miejsca na spotkania w mniejszych wsiach.' },
  ],
  'DEMO-1 follow-up': [
    {
      group: 'officials',
      question: 'comment_p1',
      text: 'Wspólny zespół się sprawdził. Następny program warto zacząć pisać już w czerwcu.',
    },
    { group: 'officials', question: 'comment_p2', text: 'Po zmianie wzoru oferty było mniej poprawek.' },
    { group: 'councillors', question: 'comment_p3', text: 'Forum organizacji powinno mieć stały punkt na sesji rady.' },
    {
      group: 'municipal-units',
      question: 'comment_p2',
      text: 'Biblioteka i szkoła chętnie użyczą sprzętu, tylko trzeba wiedzieć z wyprzedzeniem.',
    },
    { group: 'ngo', question: 'comment_p1', text: 'Odpowiedzi na uwagi są teraz na stronie gminy. To duża zmiana.' },
    { group: 'ngo', question: 'comment_p1', text: 'Biuletyn czytamy, ale przychodzi po terminach zebrań.' },
    {
      group: 'ngo',
      question: 'comment_p2',
      text: 'Nadal nie ma umów na dłużej niż rok, więc trudno zatrzymać trenerów.',
    },
    {
      group: 'ngo',
      question: 'comment_p2',
      text: 'Jako jedyny klub z sekcją dla osób po osiemdziesiątce od trzech lat prosimy o podjazd.',
      hidden: { words: null, reason: 'author' },
    },
    { group: 'ngo', question: 'comment_p3', text: 'Pierwszy raz złożyliśmy inicjatywę lokalną i się udało.' },
    { group: 'ngo', question: 'comment_p3', text: 'Brakuje kogoś, kto pomoże napisać wniosek poza gminą.' },
    { group: 'ngo', question: hinders, text: 'Dojazd na spotkania, autobus kursuje tylko rano.' },
  ],
  'DEMO-5 baseline': [
    {
      group: 'officials',
      question: 'comment_p1',
      text: 'Jest nas niewielu i współpraca dzieje się przy okazji innych spraw.',
    },
    { group: 'councillors', question: 'comment_p3', text: 'Koła i strażacy działają świetnie, ale osobno.' },
    {
      group: 'ngo',
      question: 'comment_p2',
      text: 'Jeden konkurs w roku to za mało dla zadań, które wypadają jesienią.',
    },
    { group: 'ngo', question: hinders, text: 'Sprawozdania, na które nie mamy księgowej.' },
  ],
  'DEMO-5 follow-up': [
    {
      group: 'officials',
      question: 'comment_p2',
      text: 'Dwa nabory w roku to więcej pracy, ale też więcej dobrych ofert.',
    },
    { group: 'municipal-units', question: 'comment_p3', text: 'Wspólny festyn pokazał, że można razem.' },
    { group: 'ngo', question: 'comment_p1', text: 'Zaproszenia na konsultacje dostajemy teraz mailem i na tablicy.' },
    { group: 'ngo', question: 'comment_p2', text: 'Drugi nabór bardzo pomógł.' },
  ],
};
