import { randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { browserSearchFrom } from '../adapters/pdf/browser-search';
import { createPdfPrinter } from '../adapters/pdf/printer';
import type { CheckedInstrument } from '../definitions/registry';
import { usualThresholds } from '../definitions/instrument';
import { isLanguage, languages } from '../locales/translate';
import { countBarriers } from '../reports/barrier-counts';
import { buildReport, type ReportInput, type ReportRound } from '../reports/model';
import { chartScript } from '../reports/print/chart-script';
import { reportHtml, reportKinds, type ReportKind } from '../reports/print/html';
import { printReport } from '../reports/print/print-report';
import { agreedScores, compareAgreed, type AgreedScores } from '../scoring/agreed';
import { compareRounds } from '../scoring/comparison';
import { scoredRound, type ScoredRound } from '../scoring/scorecard';
import { dayOf, systemClock } from '../shared/clock';
import { ProblemsFound, type Problem } from '../shared/errors';
import type { Command } from './command-line';
import { comparisonOptions, readBothRounds, readOneRound, type ComparisonValues } from './compare';
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
  --out FILE.pdf                    where the report goes; a file that is there is replaced once the new one is complete
  --lang pl|en                      language of the report; pl where left out
  --kind full|summary               the full report, or its summary on two pages; full where left out
  --year-baseline YEAR              the year assessed in that round
  --year-follow-up YEAR
  --html                            write the page that would be printed instead of the PDF
  --group-sizes-…, --facts-…, --out-of-scope-…, --form, --k
                                    as compare --help tells

Output: {"out": FILE, "pages": N}; "pages" is null with --html.

Problems go to standard error as {"problems": [{"file", "line", "column", "code", "message"}]}, with exit code 1.

Example:
  npm run --silent report -- --instrument lijw@1.0.0 --baseline 2024.csv --follow-up 2025.csv \\
    --agreed-baseline 2024.json --agreed-follow-up 2025.json --unit "Gmina Przykładowa" --out report.pdf
`;

type Values = ComparisonValues & {
  readonly [
    Name in
      'agreed-baseline' | 'agreed-follow-up' | 'unit' | 'lang' | 'out' | 'kind' | 'year-baseline' | 'year-follow-up'
  ]?: string | undefined;
};

/** The command `report`. */
export const reportCommand: Command<typeof options> = {
  help,
  options,
  async run({ values, positionals }) {
    const opened = await openInstrument(values.instrument);
    const { rounds, problems } = await readRounds(opened, values);
    const own = await ownProblems(values);
    const agreed = await readAgreed(opened, values);
    throwProblems([...unexpectedWords(positionals), ...problems, ...own, ...agreed.problems]);
    const { out, unit, lang = 'pl', kind = 'full' } = values;
    if (rounds === null || out === undefined || unit === undefined || !isLanguage(lang) || !isKind(kind)) return 1;

    const input = reportInput(opened, values, rounds, agreed.scores);
    const model = buildReport({ ...input, unit: unit.trim() }, lang);
    let pages: number | null = null;
    if (values.html === true) {
      await replaceFile(out, Buffer.from(reportHtml(model, kind, await chartScript())));
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

/** One round, or two. */
type Rounds = readonly [ScoredRound, ...ScoredRound[]];

async function readRounds(
  { instrument }: CheckedInstrument,
  values: Values,
): Promise<{ readonly rounds: Rounds | null; readonly problems: readonly Problem[] }> {
  if (values['follow-up'] !== undefined) {
    const { rounds, problems } = await readBothRounds({ instrument, hash: '' }, values);
    return { rounds: rounds === null ? null : [rounds.baseline, rounds.followUp], problems };
  }
  const { input, problems } = await readOneRound(instrument, values, 'baseline', instrument.rounds?.[0] ?? null);
  return { rounds: input === null || problems.length > 0 ? null : [scoredRound(instrument, input)], problems };
}

/** What the same figures in the application would be made of. */
function reportInput(
  { instrument, hash }: CheckedInstrument,
  values: Values,
  rounds: Rounds,
  agreed: readonly (AgreedScores | null)[],
): ReportInput {
  const [baseline, followUp] = rounds;
  const thresholds = instrument.thresholds ?? usualThresholds;
  const { k, form } = baseline.input;
  // The instrument's own number belongs to its own k; another k brings twice itself, and 1 hides nothing.
  const distributions = k === thresholds.k ? thresholds.distributions : k === 1 ? 1 : 2 * k;
  const reportRound = ({ input, scorecard }: ScoredRound, at: number): ReportRound => {
    const name = at === 0 ? 'baseline' : 'follow-up';
    const year = values[`year-${name}`];
    const scores = agreed[at] ?? null;
    const respondents = new Map<string, number>();
    for (const { group } of input.respondents) respondents.set(group, (respondents.get(group) ?? 0) + 1);
    return {
      name,
      assessedYear: year === undefined ? null : Number(year),
      study: null,
      scorecard,
      respondents: Object.fromEntries(respondents),
      groupSizes: input.groupSizes,
      outOfScope: input.outOfScope,
      agreed: scores === null ? null : { scores: agreedScores(instrument, scores), words: {}, meetings: [] },
      facts: Object.entries(input.facts).map(([code, value]) => ({
        code,
        value,
        noData: null,
        year: null,
        source: '',
      })),
      barriers: countBarriers(instrument, { ...input, distributions }),
    };
  };
  const [first = null, second = null] = agreed;
  return {
    unit: values.unit ?? '',
    madeOn: dayOf(systemClock()),
    ...{ instrument, hash, form, k },
    rounds: rounds.map(reportRound),
    change: followUp === undefined ? null : compareRounds(instrument, baseline, followUp),
    agreedChange: first === null || second === null ? null : compareAgreed(instrument, first, second),
  };
}

async function readAgreed({ instrument }: CheckedInstrument, values: Values) {
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

async function ownProblems(values: Values): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const { out, unit, lang = 'pl', kind = 'full' } = values;
  if (unit === undefined || unit.trim() === '') {
    problems.push(missingOption('--unit', 'the name of the local government unit'));
  } else if (unit.trim().length > longestUnit) {
    const message = `The name of the unit has ${unit.trim().length} characters; it may have ${longestUnit}.`;
    problems.push({ file: '--unit', code: 'text-too-long', message });
  }
  if (!isLanguage(lang)) {
    const message = `There is no language "${lang}"; the languages are ${languages.join(', ')}.`;
    problems.push({ file: '--lang', code: 'no-such-language', message });
  }
  if (!isKind(kind)) {
    const message = `There is no kind "${kind}"; the kinds are ${reportKinds.join(', ')}.`;
    problems.push({ file: '--kind', code: 'no-such-kind', message });
  }
  for (const option of ['year-baseline', 'year-follow-up'] as const) {
    const year = values[option];
    if (year !== undefined && !/^(19|20)\d\d$/.test(year)) {
      problems.push({ file: `--${option}`, code: 'bad-year', message: `"${year}" is no year; write it as 2025.` });
    }
  }
  problems.push(
    ...(out === undefined || out === '' ? [missingOption('--out', 'the file to write')] : await outProblems(out)),
  );
  return problems;
}

async function outProblems(out: string): Promise<readonly Problem[]> {
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
