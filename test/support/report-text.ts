import type { Chart, Part, ReportModel, Table } from '../../src/reports/model';

/** A report as lines of text that a person can read and compare: every word and figure of it, without its looks. */
export function reportText(model: ReportModel): string {
  const { summary } = model;
  const lines = [
    `# ${model.title}`,
    ...[model.heading, model.made, model.version],
    ...model.rounds.map(({ name, lines: said }) => [name, ...said].join(' · ')),
    `## ${summary.title}`,
    ...summary.indices.map((index) => `index ${JSON.stringify(index)}`),
    ...[summary.finding, summary.changesFinding, summary.alike, summary.gap].map((words) => `finding ${words}`),
    ...summary.strengths.map(({ name, score }) => `high ${name} ${score}`),
    ...summary.weaknesses.map(({ name, score }) => `low ${name} ${score}`),
    ...[summary.radar, summary.changes].flatMap(chartLines),
    ...tableLines(summary.table),
    ...(summary.recommendations === null ? [] : [`recommendations ${JSON.stringify(summary.recommendations)}`]),
    ...summary.limits.map((words) => `limit ${words}`),
    ...summary.made.map((words) => `made ${words}`),
    ...model.sections.flatMap(({ id, title, lead, parts }) => [
      `## ${title} (${id})`,
      ...lead,
      ...parts.flatMap(partLines),
    ]),
  ];
  return `${lines.join('\n').replaceAll('\u00a0', ' ')}\n`;
}

function partLines(part: Part): string[] {
  return [
    ...(part.title === null ? [] : [`### ${part.title}`]),
    ...(part.finding === null ? [] : [`finding ${part.finding}`]),
    ...part.paragraphs,
    ...(part.chart === null ? [] : chartLines(part.chart)),
    ...(part.table === null ? [] : tableLines(part.table)),
    ...(part.reading === null ? [] : [`reading ${part.reading}`]),
    ...part.reasons.map((reasons) => `reasons ${JSON.stringify(reasons)}`),
    ...part.quotes.flatMap(({ group, texts }) => [`quotes ${group}`, ...texts.map((words) => `  ${words}`)]),
    ...part.recommendations.flatMap(({ number, what, mark, lines }) => [
      `recommendation ${number}. ${what}${mark === null ? '' : ` (${mark})`}`,
      ...lines.map(({ term, meaning }) => `  ${term}: ${meaning}`),
    ]),
    ...part.terms.map(({ term, meaning }) => `${term}: ${meaning}`),
  ];
}

function chartLines({ id, alt, config }: Chart): string[] {
  const { marks } = (config.options['plugins'] ?? {}) as { marks?: { absent?: unknown; ends?: { texts: unknown } } };
  return [
    `chart ${id} ${config.type}: ${alt}`,
    `  rows ${JSON.stringify(config.data.labels)}`,
    ...config.data.datasets.map((one) => `  ${String(one['label'])} ${JSON.stringify(one.data)}`),
    ...(marks?.ends === undefined ? [] : [`  ends ${JSON.stringify(marks.ends.texts)}`]),
  ];
}

function tableLines({ caption, spans, columns, rows, notes }: Table): string[] {
  return [
    `table ${caption}`,
    ...(spans ? [`  || ${spans.map(({ text, columns: count }) => `${text} (${count})`).join(' | ')}`] : []),
    `  | ${columns.map(({ text }) => text).join(' | ')}`,
    ...rows.map(({ heading, cells }) => `  | ${[heading, ...cells.map(({ text }) => text)].join(' | ')}`),
    ...notes.map((note) => `  ${note}`),
  ];
}
