/**
 * Words that stand in most of the passwords that people choose first, in Polish and in English, without accents: first
 * names, places, clubs, rows of keys, and what passwords are called. Compiled by hand; no list of anybody's passwords.
 */
export const commonWords: readonly string[] = `
haslo password passwort pass passw0rd p4ssw0rd admin administrator root user login logowanie zaloguj witaj witam welcome
letmein secret sekret tajne tajnehaslo haselko master dragon shadow monkey princess ksiezniczka kochanie kocham misiek
misiu skarb sloneczko slonce kotek piesek kwiatek mama tata love iloveyou sunshine football baseball pilka pilkanozna
polska poland warszawa krakow poznan gdansk wroclaw lodz wielkopolska kalisz konin leszno legia lech wisla widzew
urzad gmina powiat miasto starosta wojt sekretarz office lijw ankieta komputer computer internet windows samsung
maria anna agnieszka katarzyna malgorzata ewa monika karolina kasia ania gosia basia natalia patrycja paulina dominika
piotr pawel tomasz tomek marcin michal mateusz krzysztof andrzej jan janek adam kamil lukasz bartek dawid damian maciek
michael jordan charlie superman batman starwars matrix killer hunter summer winter spring autumn lato zima wiosna jesien
styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien poniedzialek piatek
qwerty qwertz azerty asdf zxcv qaz wsx edc test tester testowe demo zaq1 xsw2 zmienmnie changeme default trustno1
`
  .trim()
  .split(/\s+/);

/** Rows of keys and the alphabet: four or more neighbours of one are no secret, in either direction. */
export const rowsOfKeys: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '!@#$%^&*()',
];
