import { randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { browserSearchFrom } from '../adapters/pdf/browser-search';
import { createPdfPrinter } from '../adapters/pdf/printer';
import { isRealDate } from '../shared/calendar-day';
import { unreadComments } from '../assessment/published-comments';
import { usualThresholds } from '../definitions/instrument';
import type { CheckedInstrument } from '../definitions/registry';
import { isLanguage, languages } from '../locales/translate';
import { buildReport, type ReportInput } from '../reports/model';
import { reportHtml, reportKinds, type ReportKind } from '../reports/print/html';
import { printReport } from '../reports/print/print-report';
import { reportDocument, type RoundSource } from '../reports/edition/report-document';
import { reportInput } from '../reports/report-input';
import { releasePair, releaseRound, type AgreedScores, type RoundToRelease } from '../scoring';
import { dayOf, systemClock } from '../shared/clock';
import { Failure, ProblemsFound, type Problem } from '../shared/errors';
import { forbiddenInName, isBlank } from '../shared/plain-text';
import type { Command } from './command-line';
import { comparisonOptions, readBothRounds, readOneRound, type BothRounds, type ComparisonValues } from './compare';
import { missingOption, openInstrument, readAgreedScores, throwProblems, unexpectedWords } from './scoring-options';

const options = {
  ...comparisonOptions,
  'agreed-baseline': { type: 'string' },
  'agreed-follow-up': { type: 'string' },
  unit: { type: 'string' },
  lang: { type: 'string' },
  out: { type: 'string' },
  kind: { type: 'string' },
  html: { type: 'boolean' },
  'year-baseline': { type: 'string' },
  'year-follow-up': { type: 'string' },
  'answered-baseline': { type: 'string' },
  'answered-follow-up': { type: 'string' },
} as const;

const help = `
Usage: npm run --silent report -- --instrument ID@VERSION|FILE --baseline A.csv [--follow-up B.csv]
         --unit NAME --out FILE.pdf [options]

Makes the report of one round, or of two rounds and what changed between them, as PDF.

Options:
  --instrument ID@VERSION|FILE      instrument of survey-definitions, or an instrument file
  --baseline A.csv                  answers of the first round; score --help tells the format
  --follow-up B.csv                 answers of the second round; without it the report is of the first alone
  --agreed-baseline a.json          agreed scores of that round; agreed --help tells the format
  --agreed-follow-up b.json
  --unit NAME                       the local government unit, as the report names it
  --out FILE                        where the report goes, FILE.pdf (with --html FILE.html); a file that is there is replaced once the new one is complete
  --lang pl|en                      language of the report; pl where left out
  --kind full|summary               the full report, or its summary on two pages; full where left out
  --year-baseline YEAR              the year assessed in that round
  --year-follow-up YEAR
  --answered-baseline FROM..TO      first and last day of answering in that round, 2025-09-22..2025-10-10
  --answered-follow-up FROM..TO
  --html                            write the page that would be printed instead of the PDF
  --group-sizes-…, --facts-…, --out-of-scope-…, --form, --k
                                    as compare --help tells

Output: {"out": FILE, "pages": N}; "pages" is null with --html.

Problems go to standard error as {"problems": [{"file", "line", "column", "code", "message"}]}, with exit code 1.

Example:
  npm run --silent report -- --instrument lijw@1.0.0 --baseline 2024.csv --follow-up 2025.csv \\
    --agreed-baseline 2024.json --agreed-follow-up 2025.json --unit "Gmina Przykładowa" --out report.pdf
`;

type Which = 'baseline' | 'follow-up';
/** What `parseArgs` makes of the options. */
export type ReportValues = ComparisonValues & {
  readonly [Name in 'unit' | 'lang' | 'out' | 'kind' | `agreed-${Which}` | `year-${Which}` | `answered-${Which}`]?:
    string | undefined;
} & { readonly html?: boolean | undefined };

/** The command `report`. */
export const reportCommand: Command<typeof options> = {
  help,
  options,
  async run({ values, positionals }) {
    const own = [...unexpectedWords(positionals), ...(await ownProblems(values))];
    const input = await readReportInput(values, dayOf(systemClock()), own);
    const { out, lang = 'pl', kind = 'full' } = values;
    if (out === undefined || !isLanguage(lang) || !isKind(kind)) return 1;
    const model = buildReport(input, lang);
    let pages: number | null = null;
    if (values.html === true) {
      await replaceFile(out, Buffer.from(reportHtml(model, kind)));
    } else {
      const printer = createPdfPrinter({
        search: browserSearchFrom(process.env),
        warn: (message) => void process.stderr.write(`${message}\n`),
      });
      try {
        const printed = await printReport(model, kind, (html) => printer.print(html));
        await replaceFile(out, printed.pdf);
        pages = printed.pages;
      } finally {
        await printer.close();
      }
    }
    process.stdout.write(`${JSON.stringify({ out, pages })}\n`);
    return 0;
  },
};

/**
 * What the report is made of, read from the files that the options name.
 *
 * @param values of the options, as words
 * @param madeOn `YYYY-MM-DD`
 * @param others problems that are told together with those of the files
 * @throws ProblemsFound with everything that is wrong
 */
export async function readReportInput(
  values: ReportValues,
  madeOn: string,
  others: readonly Problem[] = [],
): Promise<ReportInput> {
  const opened = await openInstrument(values.instrument);
  const { rounds, problems } = await readRounds(opened, values);
  const agreed = await readAgreed(opened, values);
  throwProblems([...others, ...problems, ...agreed.problems]);
  if (rounds === null) throw new Failure('no-rounds', 'A report needs a round.');
  return inputFromFiles(values, rounds, agreed.scores, madeOn);
}

/** One round, or two with the map between their versions. */
interface Rounds {
  readonly baseline: BothRounds['baseline'];
  readonly followUp: BothRounds['followUp'] | null;
  readonly map: BothRounds['map'];
}

async function readRounds(
  opened: CheckedInstrument,
  values: ReportValues,
): Promise<{ readonly rounds: Rounds | null; readonly problems: readonly Problem[] }> {
  if (values['follow-up'] !== undefined) return readBothRounds(values);
  const { instrument } = opened;
  const { input, problems } = await readOneRound(instrument, values, 'baseline', instrument.rounds?.[0] ?? null);
  const rounds =
    input === null || problems.length > 0 ? null : { baseline: { opened, input }, followUp: null, map: null };
  return { rounds, problems };
}

/** The input of the report, as the application makes it of a round in its store. `madeOn`: `YYYY-MM-DD`. */
function inputFromFiles(
  values: ReportValues,
  { baseline, followUp, map }: Rounds,
  [agreedBefore = null, agreedAfter = null]: readonly (AgreedScores | null)[],
  madeOn: string,
): ReportInput {
  const source = (round: RoundToRelease, which: Which, agreed: AgreedScores | null): RoundSource => {
    const year = values[`year-${which}`];
    const released = releaseRound(round);
    const { opened, input } = round;
    const thresholds = { ...(opened.instrument.thresholds ?? usualThresholds), k: input.k };
    return {
      ...{ name: which, released },
      assessedYear: year === undefined ? null : Number(year),
      study: periodIn(values[`answered-${which}`]),
      agreed: agreed ?? {},
      words: {},
      meetings: [],
      comments: unreadComments(opened.instrument, input.form, released, thresholds, input.respondents),
      facts: Object.entries(input.facts).map(([code, value]) => ({
        ...{ code, value, noData: null, year: null, source: '' },
      })),
    };
  };
  const { instrument, hash } = (followUp ?? baseline).opened;
  const document = reportDocument({
    unit: { name: (values.unit ?? '').trim() },
    madeOn,
    ...{ instrument, hash },
    rounds: [
      source(baseline, 'baseline', agreedBefore),
      ...(followUp === null ? [] : [source(followUp, 'follow-up', agreedAfter)]),
    ],
    pair: followUp === null ? null : releasePair(baseline, followUp, map),
  });
  return reportInput(document);
}

/** `2025-09-22..2025-10-10`; null where it is none. */
function periodIn(word: string | undefined): { readonly from: string; readonly to: string } | null {
  const [, from, to] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(word ?? '') ?? [];
  return from !== undefined && to !== undefined && isRealDate(from) && isRealDate(to) && from <= to
    ? { from, to }
    : null;
}

async function readAgreed({ instrument }: CheckedInstrument, values: ReportValues) {
  const problems: Problem[] = [];
  const scores: (AgreedScores | null)[] = [];
  for (const round of ['baseline', 'follow-up'] as const) {
    const file = values[`agreed-${round}`];
    if (file === undefined) {
      scores.push(null);
    } else {
      const read = await readAgreedScores(instrument, file);
      problems.push(...read.problems);
      scores.push(read.scores);
    }
  }
  if (values['agreed-follow-up'] !== undefined && values['follow-up'] === undefined) {
    problems.push(missingOption('--follow-up', 'the answers of the round to which --agreed-follow-up belongs'));
  }
  return { scores, problems };
}

function isKind(word: string): word is ReportKind {
  return (reportKinds as readonly string[]).includes(word);
}

const longestUnit = 120;

async function ownProblems(values: ReportValues): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const { out, unit, lang = 'pl', kind = 'full' } = values;
  if (unit === undefined || isBlank(unit)) {
    problems.push(missingOption('--unit', 'the name of the local government unit'));
  } else if (unit.trim().length > longestUnit) {
    const message = `The name of the unit has ${unit.trim().length} characters; it may have ${longestUnit}.`;
    problems.push({ file: '--unit', code: 'text-too-long', message });
  } else if (forbiddenInName(unit.trim()) !== null) {
    const message =
      'The name of the unit is one line of visible characters: remove line breaks and control characters.';
    problems.push({ file: '--unit', code: 'unseen-characters', message });
  }
  if (!isLanguage(lang)) {
    const message = `There is no language "${lang}"; the languages are ${languages.join(', ')}.`;
    problems.push({ file: '--lang', code: 'no-such-language', message });
  }
  if (!isKind(kind)) {
    const message = `There is no kind "${kind}"; the kinds are ${reportKinds.join(', ')}.`;
    problems.push({ file: '--kind', code: 'no-such-kind', message });
  }
  problems.push(...timeProblems(values));
  problems.push(
    ...(out === undefined || out === ''
      ? [missingOption('--out', 'the file to write')]
      : await outProblems(out, values.html === true)),
  );
  return problems;
}

/** Years and days, each by itself and the later round after the earlier. */
function timeProblems(values: ReportValues): Problem[] {
  const problems: Problem[] = [];
  for (const which of ['baseline', 'follow-up'] as const) {
    const year = values[`year-${which}`];
    if (year !== undefined && !/^(19|20)\d\d$/.test(year)) {
      problems.push({ file: `--year-${which}`, code: 'bad-year', message: `"${year}" is no year; write it as 2025.` });
    }
    const answered = values[`answered-${which}`];
    if (answered !== undefined && periodIn(answered) === null) {
      const message = `"${answered}" are no two days in order; write them as 2025-09-22..2025-10-10.`;
      problems.push({ file: `--answered-${which}`, code: 'bad-period', message });
    }
    if (which === 'follow-up' && values['follow-up'] === undefined) {
      for (const option of [`year-${which}`, `answered-${which}`] as const) {
        if (values[option] === undefined) continue;
        problems.push(missingOption('--follow-up', `the answers of the round to which --${option} belongs`));
      }
    }
  }
  if (problems.length > 0) return problems;
  const [before, after] = [values['year-baseline'], values['year-follow-up']];
  if (before !== undefined && after !== undefined && Number(after) < Number(before)) {
    const message = `The follow-up assesses ${after}, before the baseline's ${before}: exchange the rounds, or correct a year.`;
    problems.push({ file: '--year-follow-up', code: 'rounds-reversed', message });
  }
  const [first, second] = [periodIn(values['answered-baseline']), periodIn(values['answered-follow-up'])];
  if (first !== null && second !== null && second.from < first.from) {
    const message = `The follow-up was answered from ${second.from}, before the baseline (${first.from}): exchange the rounds, or correct a day.`;
    problems.push({ file: '--answered-follow-up', code: 'rounds-reversed', message });
  }
  return problems;
}

async function outProblems(out: string, html: boolean): Promise<readonly Problem[]> {
  const problem = (code: string, message: string) => [{ file: out, code, message }];
  const kindOf = async (path: string) =>
    stat(path).then(
      (found) => (found.isDirectory() ? 'folder' : 'file'),
      () => 'nothing',
    );
  if ((await kindOf(out)) === 'folder') return problem('not-a-file', `${out} is a folder: name a file in it.`);
  const folder = dirname(out);
  if ((await kindOf(folder)) !== 'folder') {
    return problem('no-such-folder', `There is no folder ${folder}: make it, or name another for --out.`);
  }
  const ending = extname(out).toLowerCase();
  if (html ? !['.html', '.htm'].includes(ending) : ending !== '.pdf') {
    const [what, wanted] = html ? ['a page (--html)', '.html'] : ['a PDF', '.pdf'];
    return problem('wrong-ending', `${out} is to be ${what}: name a file that ends in ${wanted}.`);
  }
  return [];
}

/** Writes beside the file and puts it in its place at once: nobody ever sees half a report. */
async function replaceFile(out: string, content: Buffer): Promise<void> {
  const temporary = join(dirname(out), `.${basename(out)}.${randomUUID()}.part`);
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    await rename(temporary, out);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENAMETOOLONG', 'EISDIR'].includes(reason)) throw error;
    const message = `${out} cannot be written (${reason}): check the permissions and the free space of its folder.`;
    throw new ProblemsFound([{ file: out, code: 'not-writable', message }]);
  }
}
