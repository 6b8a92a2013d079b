import { longestText } from '../definitions/answer-check';
import type { FlowContext } from '../definitions/flow';
import { areasOf, inLanguage, wordingFor, type Instrument, type Text } from '../definitions/instrument';
import { keysOf } from '../definitions/paper/keys';
import { paperPages, type PaperLine } from '../definitions/paper/lines';
import { isSpecial } from '../definitions/answers';
import { translator, type Language } from '../locales/translate';
import { typeset } from '../locales/typography';
import { conditionWords } from './condition-words';
import { cssText } from '../reports/print/css-text';
import { readPages } from '../shared/pdf-pages';
import { handoutHtml } from './html';
import { qrSvg } from './qr';

/** A paper questionnaire: the form of one group in one language, once for each copy. */
export interface PaperForm {
  readonly instrument: Instrument;
  readonly context: FlowContext;
  readonly language: Language;
  readonly unitName: string;
  readonly groupName: Text;
  /** Last planned day of answering, `YYYY-MM-DD`. */
  readonly closesOn: string;
  /** Where the same can be answered online, without `https://`; what stands behind it, is for the code. */
  readonly address: { readonly shown: string; readonly link: string };
  /** Each copy with the code that it carries; null for the blank form, which is copied as often as it is needed. */
  readonly codes: readonly { readonly shown: string; readonly link: string }[] | null;
  /** Paragraphs of what respondents are told before they answer. */
  readonly clause: readonly { readonly heading: string; readonly lines: readonly string[] }[];
}

/** Lines to write on: one for every so many characters that fit, within what a page bears. */
const charactersOnLine = 70;
const [fewestLines, mostLines] = [2, 4];

/**
 * The questionnaire as PDF. Printed on both sides, each copy begins on a leaf of its own: where the first has an odd
 * number of pages, each gets an empty one at its end.
 */
export async function printPaper(form: PaperForm, print: (html: string) => Promise<Buffer>): Promise<Buffer> {
  const { codes } = form;
  if (codes === null || codes.length < 2) return print(paperHtml(form));
  const { count } = readPages(await print(paperHtml({ ...form, codes: codes.slice(0, 1) })));
  return print(paperHtml(form, count % 2 === 1));
}

export function paperHtml(form: PaperForm, backToBack = false): string {
  const { language, unitName, groupName, codes, closesOn, address } = form;
  const t = translator(language);
  const say = (text: Text): string => typeset(inLanguage(text, language), language);
  const group = say(groupName);
  const copies: readonly (PaperCopy | null)[] = codes ?? [null];
  const title = t('handouts:paper.title', { unit: unitName, group });
  return handoutHtml({
    kind: 'paper',
    language,
    title,
    model: {
      ...{ unitName, group, title, address, closesOn, backToBack },
      pages: pagesOf(form),
      clause: form.clause,
      copies: copies.map((copy, at) => ({
        page: `copy${at + 1}`,
        code: copy?.shown ?? null,
        qr: qrSvg(copy?.link ?? address.link, t('handouts:paper.qr')),
      })),
    },
    css: copies.map((copy, at) => runningLines(form, copy, `copy${at + 1}`)).join('\n'),
  });
}

type PaperCopy = NonNullable<PaperForm['codes']>[number];

/** Pages that fall apart find each other again by the code; without one by the group. */
function runningLines({ language, unitName, groupName }: PaperForm, copy: PaperCopy | null, page: string): string {
  const t = translator(language);
  const group = inLanguage(groupName, language);
  const right = copy === null ? group : t('handouts:paper.running', { code: copy.shown });
  return `@page ${page} { @top-left { content: ${cssText(unitName)}; } @top-right { content: ${cssText(right)}; } }`;
}

function pagesOf(form: PaperForm) {
  const { instrument, context, language } = form;
  const pages = paperPages(instrument, context);
  const lines = pages.flatMap(({ sections }) => sections.flatMap((section) => section.lines));
  const say = (text: Text): string => typeset(inLanguage(text, language), language);
  return pages.map(({ page, sections }) => ({
    title: say(page.title),
    lead: page.lead && say(page.lead),
    sections: sections.map(({ section, lines: own }) => {
      const title = section.title ?? areasOf(instrument).find(({ code }) => code === section.area)?.name;
      return { title: title && say(title), blocks: blocksOf(own.map((line) => lineModel(line, form, lines))) };
    }),
  }));
}

type LineModel = ReturnType<typeof lineModel>;

/** Ratings that follow each other share one header. */
function blocksOf(lines: readonly LineModel[]) {
  const blocks: { ratings: LineModel[] | null; line: LineModel | null; header: LineModel['boxes'] }[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (!line.isRating) blocks.push({ ratings: null, line, header: [] });
    else if (last?.ratings && last.header.length === line.boxes.length) last.ratings.push(line);
    else blocks.push({ ratings: [line], line: null, header: line.boxes });
  }
  return blocks;
}

function lineModel(line: PaperLine, { instrument, context, language }: PaperForm, all: readonly PaperLine[]) {
  const { number, question, condition, other } = line;
  const t = translator(language);
  const say = (text: Text): string => typeset(inLanguage(text, language), language);
  const wording = wordingFor(question, context.group);
  const boxes = keysOf(instrument, question).map(({ key, answer }) => {
    const choice = 'choices' in question ? question.choices.find(({ code }) => code === answer) : undefined;
    const point = question.type === 'rating' ? instrument.scale?.points[key] : undefined;
    const words = isSpecial(answer)
      ? t(`survey:special.${answer.special}`)
      : typeof answer === 'boolean'
        ? t(answer ? 'survey:yes' : 'survey:no')
        : say(choice?.text ?? point ?? { pl: key });
    return { key, words, special: isSpecial(answer), writes: other !== null && choice === other.choice };
  });
  const isText = question.type === 'short-text' || question.type === 'long-text';
  const rows = isText ? Math.ceil(longestText(question) / charactersOnLine) : 0;
  return {
    number,
    text: say(wording.text),
    hint: wording.hint && say(wording.hint),
    means: question.type === 'rating' ? endsOf(question, instrument, say) : null,
    condition: condition && typeset(conditionWords(condition, all, language), language),
    isRating: question.type === 'rating',
    isRanking: question.type === 'ranking',
    boxes,
    few: boxes.length <= 4 && boxes.every(({ words, writes }) => !writes && words.length <= 24),
    places:
      question.type === 'ranking'
        ? Array.from({ length: question.places ?? question.choices.length }, (_, at) => at + 1)
        : [],
    isNumber: ['number', 'percent', 'money'].includes(question.type),
    unit:
      question.type === 'percent'
        ? '%'
        : question.type === 'money'
          ? t('survey:currency')
          : question.type === 'number' && question.unit
            ? say(question.unit)
            : '',
    isDate: question.type === 'date',
    rows: isText ? Array.from({ length: Math.min(mostLines, Math.max(fewestLines, rows)) }) : [],
  };
}

/** What the ends of the scale mean for one rating. */
function endsOf(
  { lowMeans, highMeans }: Extract<PaperLine['question'], { type: 'rating' }>,
  { scale }: Instrument,
  say: (text: Text) => string,
): string | null {
  const ends = [
    ...(lowMeans ? [{ point: scale?.min, words: lowMeans }] : []),
    ...(highMeans ? [{ point: scale?.max, words: highMeans }] : []),
  ];
  return ends.length === 0 ? null : ends.map(({ point, words }) => `${point ?? ''} – ${say(words)}`).join('; ');
}
