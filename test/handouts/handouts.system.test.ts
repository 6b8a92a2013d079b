import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import type { Browser } from 'puppeteer';
import { cardsHtml, cardsOnSheet } from '../../src/handouts/cards';
import { paperHtml, type PaperForm } from '../../src/handouts/paper';
import { posterHtml } from '../../src/handouts/poster';
import { allKinds } from '../support/all-kinds';
import { browserForTests } from '../support/browser';
import { text } from '../support/instruments';
import { lijw } from '../support/report';

let browser: Browser;
beforeAll(async () => {
  browser = await browserForTests();
});
afterAll(() => browser.close());

const longName = 'Związek Powiatowo-Gminny Doliny Rzeki Przykładowej i Gmin Sąsiednich z Siedzibą w Przykładach';
const groupName = text('Organizacje i grupy nieformalne', 'NGOs and informal groups');
const address = { shown: 'ankieta.example.org/survey/abcd2345', link: 'https://ankieta.example.org/survey/abcd2345' };
const paper: PaperForm = {
  ...{ instrument: lijw, context: { form: 'full', group: 'ngo', round: 'follow-up', facts: {} }, language: 'pl' },
  ...{ unitName: longName, groupName, closesOn: '2026-12-04', address, codes: null },
  clause: [{ heading: 'Kto', lines: ['Badanie prowadzi gmina.'] }],
};

/** What stands on the page, and what each QR code on it says, read from the pixels in grey. */
async function lookedAt(html: string) {
  const page = await browser.newPage();
  try {
    await page.emulateMediaType('print');
    await page.setViewport({ width: 794, height: 1123, deviceScaleFactor: 2 });
    await page.setContent(html);
    await page.evaluate(`document.documentElement.style.filter = 'grayscale(1)'`);
    const codes: (string | null)[] = [];
    for (const element of await page.$$('svg.qr')) {
      const { data, width, height } = PNG.sync.read(Buffer.from(await element.screenshot()));
      codes.push(jsQR(new Uint8ClampedArray(data), width, height)?.data ?? null);
    }
    const found = (await page.evaluate(`({
      words: document.body.innerText,
      cut: [...document.querySelectorAll('.card, .poster, .head__online')].filter((one) =>
        one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1).length,
      wide: [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > 796).length,
    })`)) as { words: string; cut: number; wide: number };
    return { ...found, codes, words: found.words.replaceAll('\u00a0', ' ') };
  } finally {
    await page.close();
  }
}

test.each(['pl', 'en'] as const)(
  'cards in %s: each has its own code, in figures and as QR, and nothing is cut off',
  async (language) => {
    const cards = Array.from({ length: cardsOnSheet + 3 }, (_, at) => ({
      ...{ code: `K7QX M2PD 9R${10 + at}`, link: `https://ankieta.example.org/k/K7QXM2PD9R${10 + at}` },
    }));
    const sheets = [
      { number: 4, cards: cards.slice(0, cardsOnSheet) },
      { number: 5, cards: cards.slice(cardsOnSheet) },
    ];
    const seen = await lookedAt(
      cardsHtml({
        language,
        unitName: longName,
        groupName,
        closesOn: '2026-12-04',
        address: 'ankieta.example.org/k',
        sheets,
      }),
    );
    expect(seen.codes).toEqual(cards.map(({ link }) => link));
    for (const { code } of cards) expect(seen.words).toContain(code);
    expect(seen.words).toContain(language === 'pl' ? 'Arkusz 5' : 'Sheet 5');
    expect([seen.cut, seen.wide]).toEqual([0, 0]);
  },
);

test.each(['pl', 'en'] as const)('a poster in %s leads to the open link', async (language) => {
  const seen = await lookedAt(
    posterHtml({
      language,
      unitName: longName,
      groupName,
      minutes: 15,
      k: 5,
      closesOn: '2026-12-04',
      address,
      logos: [],
    }),
  );
  expect(seen.codes).toEqual([address.link]);
  expect(seen.words).toContain(address.shown);
  expect([seen.cut, seen.wide]).toEqual([0, 0]);
});

test.each(['pl', 'en'] as const)('a blank form in %s has every line with its number and keys', async (language) => {
  const seen = await lookedAt(paperHtml({ ...paper, language }));
  expect(seen.codes).toEqual([address.link]);
  for (const number of ['1.', '6.', '52.', '55.']) expect(seen.words).toContain(number);
  expect(seen.words).toContain(
    language === 'pl'
      ? 'Tylko jeśli w pytaniu 5 zaznaczono co najmniej 1 odpowiedź inną niż „żadna z tych form”'
      : 'Only if at least 1 answer other than “none of these” is marked in question 5',
  );
  expect(seen.words).toContain('Badanie prowadzi gmina.');
  expect([seen.cut, seen.wide]).toEqual([0, 0]);
});

test('copies with codes carry each their own, and every kind of question has its place to answer', async () => {
  const codes = ['AAAA', 'BBBB'].map((code) => ({ shown: code, link: `https://ankieta.example.org/k/${code}` }));
  const instrument = allKinds();
  const context = { form: 'full' as const, group: 'officials', round: 'baseline', facts: {} };
  const seen = await lookedAt(paperHtml({ ...paper, instrument, context, codes }));
  expect(seen.codes).toEqual(codes.map(({ link }) => link));
  expect(seen.words).toMatch(/Tylko jeśli w pytaniu \d+ zaznaczono „tak”/);
  expect(seen.wide).toBe(0);
});
