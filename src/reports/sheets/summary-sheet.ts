import type { Edition, ReportDocument } from '../edition/edition';
import type { ReportModel } from '../model';
import type { Context } from '../context';
import { agreedHolder, indexPlace, standing, survey } from '../context';
import { column, plain, type Sheet, type SheetValue } from './sheet';

/** What somebody reads who opens the file: whose it is, the index, the findings, and what cannot be said. */
export function summarySheet(context: Context, model: ReportModel, document: ReportDocument): Sheet {
  const { w, rounds } = context;
  const { summary } = model;
  const said = (label: string, ...texts: readonly (string | null)[]): SheetValue[][] =>
    texts.flatMap((text, at) => (text === null || text === '' ? [] : [[at === 0 ? label : null, plain(text)]]));
  const indices = [survey, agreedHolder].flatMap((holder) => {
    const { before, now } = standing(context, indexPlace, holder);
    const name = w.say(`summary.index.${holder.kind}`);
    return rounds.flatMap(({ short }, at): SheetValue[][] => {
      const value = rounds.length > 1 && at === 0 ? before : now;
      return value === null ? [] : [[plain(`${name}, ${short}`), value]];
    });
  });
  return {
    name: w.say('sheets.summary'),
    columns: [column(w.say('sheets.what'), 40), column(w.say('sheets.value'), 110, 2)],
    rows: [
      ...said(w.say('sheets.unitName'), model.unit),
      ...rounds.flatMap(({ name }, at) => said(name, ...(model.rounds[at]?.lines ?? []))),
      ...said(w.say('sheets.made'), model.made),
      ...editionLines(context, document).flatMap(([label, text]) => said(label, text)),
      ...indices,
      ...said(w.say('sheets.findings'), summary.lead, summary.changesFinding, summary.gap),
      ...said(w.say('summary.limits'), ...summary.limits),
      ...said(w.say('summary.made'), ...summary.made),
    ],
  };
}

/** What publishing adds to a report; nothing before it is published. */
function editionLines({ w }: Context, document: ReportDocument): readonly (readonly [string, string | null])[] {
  if (!('publication' in document)) return [];
  const { publication, installation } = document as Edition;
  const { licence, publisher, address } = installation;
  return [
    [w.say('sheets.edition'), w.count(publication.number)],
    [w.say('sheets.editionReason'), publication.reason],
    [w.say('sheets.address'), `${address ?? ''}${publication.path}`],
    [w.say('sheets.publisher'), publisher === null ? null : `${publisher.name}, ${publisher.email}`],
    [w.say('sheets.licence'), licence === null ? null : [licence.name, licence.url ?? ''].filter(Boolean).join(', ')],
  ];
}

/** How the figures came about, and what they cannot tell. */
export function methodSheet({ w }: Context, model: ReportModel): Sheet {
  const method = model.sections.find(({ id }) => id === 'method');
  const instrument = model.sections.find(({ id }) => id === 'annex-instrument');
  return {
    name: w.say('sheets.method'),
    columns: [column(w.say('sheets.what'), 40), column(w.say('sheets.text'), 120)],
    rows: [
      ...(method?.parts ?? []).flatMap(({ title, paragraphs }) =>
        paragraphs.map((text, at): SheetValue[] => [at === 0 ? plain(title ?? '') : null, plain(text)]),
      ),
      ...(instrument?.parts ?? []).flatMap(({ terms }) =>
        terms.map(({ term, meaning }): SheetValue[] => [plain(term), plain(meaning)]),
      ),
      ...(['hidden', 'withheld', 'missing'] as const).map((word): SheetValue[] => [
        w.say(`sheets.words.${word}.term`),
        w.say(`sheets.words.${word}.meaning`),
      ]),
    ],
  };
}
