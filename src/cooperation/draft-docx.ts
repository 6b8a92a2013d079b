import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  type IRunOptions,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';

/** A programme to be set: every text in the words of its reader, so that this knows no language. */
export interface ProgrammeDraft {
  readonly title: string;
  readonly unit: string;
  /** „Projekt” and the day, or what was adopted when. */
  readonly status: string;
  /** Stands where an element has no text. */
  readonly blank: string;
  readonly elements: readonly { readonly heading: string; readonly text: string }[];
  readonly consultations: {
    readonly heading: string;
    readonly none: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
  };
}

/** A4 in twentieths of a point, margins of 25 mm. */
const a4 = { width: 11_906, height: 16_838 };
const margin = 1417;

/**
 * The draft as a Word document to go on with: styles of headings, a Polish text for the speller, one heading an element
 * in the order of the act. Pure: its bytes hold no name of whoever made it.
 */
export async function draftDocx(draft: ProgrammeDraft): Promise<Buffer> {
  const document = new Document({
    title: draft.title,
    creator: draft.unit,
    lastModifiedBy: draft.unit,
    styles: {
      default: {
        document: {
          run: { font: 'Calibri', size: 22, language: { value: 'pl-PL' } },
          paragraph: { spacing: { after: 120, line: 276 } },
        },
        title: { run: { size: 34, bold: true }, paragraph: { spacing: { after: 120, line: 276 } } },
        heading1: {
          run: { size: 26, bold: true },
          paragraph: { spacing: { before: 320, after: 120, line: 276 }, keepNext: true },
        },
      },
    },
    sections: [
      {
        properties: { page: { size: a4, margin: { top: margin, right: margin, bottom: margin, left: margin } } },
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: [
          new Paragraph({ text: draft.title, heading: HeadingLevel.TITLE }),
          new Paragraph({ children: [run({ text: draft.unit, bold: true })] }),
          new Paragraph({ children: [run({ text: draft.status, italics: true })] }),
          ...draft.elements.flatMap(({ heading, text }, index) => [
            new Paragraph({ text: `${index + 1}. ${heading}`, heading: HeadingLevel.HEADING_1 }),
            ...(text === '' ? [blank(draft.blank)] : paragraphsOf(text)),
          ]),
          new Paragraph({ text: draft.consultations.heading, heading: HeadingLevel.HEADING_1 }),
          ...consultationTable(draft.consultations),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

/** The constructor takes texts too, so that these options would be taken for those of a text. */
const run = (options: IRunOptions): TextRun => new TextRun(options);

/** Paragraphs are parted by empty lines; a line that ends inside one stays a line. */
function paragraphsOf(text: string): Paragraph[] {
  return text.split(/\n\s*\n/).map((paragraph) => {
    const lines = paragraph.split('\n');
    return new Paragraph({
      children: lines.map((line, at) => new TextRun(at === 0 ? line : { text: line, break: 1 })),
    });
  });
}

function blank(words: string): Paragraph {
  return new Paragraph({ children: [new TextRun({ text: words, highlight: 'yellow' })] });
}

function pageNumber(): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT] })],
  });
}

function consultationTable({ none, columns, rows }: ProgrammeDraft['consultations']): (Paragraph | Table)[] {
  if (rows.length === 0) return [new Paragraph(none)];
  const cell = (text: string, bold: boolean) =>
    new TableCell({ children: [new Paragraph({ children: [run({ text, bold })] })] });
  return [
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [
        new TableRow({ tableHeader: true, children: columns.map((text) => cell(text, true)) }),
        ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((text) => cell(text, false)) })),
      ],
    }),
  ];
}
