import type { Language } from '../../../locales/translate';
import { Failure } from '../../../shared/errors';
import type { Page, Phone, Visit } from './poor-phone';

/** A page of the way and what it cost. */
export interface Step {
  readonly name: 'start' | 'group' | 'questions' | 'check' | 'receipt';
  /** Without the site's name. */
  readonly path: string;
  readonly visit: Visit;
}

const button = 'main .lijw-actions .govuk-button';
const chooseGroup = 'main form button.govuk-button';
/** More than any form has. */
const mostPages = 40;

/** From the open link to the receipt, answering every question that is answered by a choice. */
export async function respondentsWay(phone: Phone, survey: string, language: Language): Promise<readonly Step[]> {
  const { page } = phone;
  const steps: Step[] = [];
  const keep = (name: Step['name'], visit: Visit) =>
    void steps.push({ name, visit, path: new URL(page.url()).pathname });
  const press = (selector: string) => phone.visit(() => pressed(page, selector));

  keep('start', await phone.visit(() => page.goto(`${survey}?lang=${language}`)));
  keep('group', await press(button));
  await page.click('input[name="group"]');
  let visit = await press(chooseGroup);
  for (let pages = 0; !page.url().endsWith('/check'); pages += 1) {
    if (pages === mostPages) throw new Failure('bench-no-check', `${page.url()} leads to no page of answers.`);
    keep('questions', visit);
    await page.evaluate(answerChoices);
    visit = await press(button);
  }
  keep('check', visit);
  keep('receipt', await press(button));
  return steps;
}

/**
 * The first pages of the way while every script is on its way and never arrives: begins, answers, goes on.
 *
 * @returns milliseconds to the first words of the first page of questions
 */
export async function wayWithoutScripts(phone: Phone, survey: string): Promise<number> {
  const { page } = phone;
  await phone.holdScripts();
  // Never loaded whole: what is waited for is what somebody sees.
  page.goto(survey).catch(() => undefined);
  const press = async (selector: string): Promise<void> => {
    await page.waitForSelector(selector, { visible: true });
    await page.click(selector);
  };
  await press(button);
  await page.waitForSelector('input[name="group"]');
  await page.click('input[name="group"]');
  await press(chooseGroup);
  await page.waitForSelector('#page-form');
  const painted = (await (await page.waitForFunction(firstPaint)).jsonValue()) as number;
  const first = JSON.stringify(page.url());
  await page.evaluate(answerChoices);
  await press(button);
  await page.waitForFunction(`location.href !== ${first} && document.querySelector('#page-form') !== null`);
  return painted;
}

function pressed(page: Page, selector: string): Promise<unknown> {
  return Promise.all([page.waitForNavigation(), page.click(selector)]);
}

const answerChoices = `for (const group of new Set([...document.querySelectorAll('main input[type="radio"]')].map(({ name }) => name))) {
  document.querySelector(\`main input[type="radio"][name="\${group}"]\`).checked = true;
}`;

const firstPaint = `performance.getEntriesByName('first-contentful-paint')[0]?.startTime`;
