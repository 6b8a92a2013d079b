import writeSheet from 'write-excel-file/node';
import { addresses } from './invitation-builders';

/** A list as an office really has it: 200 people, some in two lines, and twelve lines that nobody can use. */
export interface MessyList {
  /** Lines as text, the first without or with names of columns. */
  readonly lines: readonly string[];
  /** `line code` of every fault, in order. */
  readonly faults: readonly string[];
  /** Everybody who is to be invited. */
  readonly people: readonly string[];
}

/** What stands in a line instead of an address and a group, and the fault it is. */
const wrong: readonly (readonly [string, string])[] = [
  [';ngo', 'address-missing'],
  ['bez-malpy.example.org;ngo', 'address-without-at'],
  ['dwa wyrazy@example.org;ngo', 'address-with-space'],
  ['a@b@example.org;ngo', 'address-with-two-at'],
  ['ktos@example;ngo', 'address-without-ending'],
  ['żuraw@example.org;ngo', 'address-with-accents'],
  ['kropki@example..org;ngo', 'address-malformed'],
  ['bez-grupy@example.org;', 'group-missing'],
  ['obcy@example.org;kosmonauci', 'group-unknown'],
  ['urzednik@example.org;officials', 'group-not-invited'],
];

export function messyList(header: boolean): MessyList {
  const people = addresses(200);
  const written = people.map((address, index) => {
    const [name, domain] = address.split('@') as [string, string];
    return [
      `${address};ngo`,
      `  ${name.toUpperCase()}@${domain} ;NGO`,
      `"Kowalska-Żółć, Ada nr ${index}" <${address}>;"ngo"`,
      `"${address}"; Ngo ;;`,
    ][index % 4]!;
  });
  // Every tenth person stands there twice, the second time otherwise written.
  const twice = people.filter((_, index) => index % 10 === 0).map((address) => ` ${address.toUpperCase()};ngo`);
  const all = [...written, ...twice];
  const lines = header ? ['Adres e-mail;Grupa'] : [];
  const faults: string[] = [];
  all.forEach((line, index) => {
    lines.push(line);
    const bad = index % 20 === 7 ? wrong[(index - 7) / 20] : undefined;
    if (bad !== undefined) {
      lines.push(bad[0]);
      faults.push(`${lines.length} ${bad[1]}`);
    }
    if (index % 33 === 0) lines.push('', ';;');
  });
  return { lines, faults, people };
}

export const utf8 = ({ lines }: MessyList): Buffer => Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);

/** In the encoding of old Polish programs; the letters of the list that differ there are few. */
export function windows1250({ lines }: MessyList): Buffer {
  const codes: Readonly<Record<string, number>> = { Ż: 0xaf, ó: 0xf3, ł: 0xb3, ć: 0xe6, ż: 0xbf };
  return Buffer.from(Array.from(lines.join('\r\n'), (letter) => codes[letter] ?? letter.charCodeAt(0)));
}

export async function spreadsheet({ lines }: MessyList): Promise<Buffer> {
  const rows = lines.map((line) =>
    line.split(';').map((cell) => (cell.trim() === '' ? null : { value: cell.replace(/^"([^"]*)"$/, '$1') })),
  );
  return writeSheet(rows.map((row) => (row.length === 0 ? [null] : row))).toBuffer();
}
