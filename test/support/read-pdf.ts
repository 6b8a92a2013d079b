import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface ReadPdf {
  readonly pages: readonly string[];
  /** Width and height of the first page in points. */
  readonly size: readonly [number, number];
  /** All pages' text, blanks and line ends as one blank each. */
  readonly text: string;
  readonly title: string | null;
  readonly language: string | null;
  /** `/MarkInfo << /Marked true >>`: what pdfinfo prints as "Tagged: yes". */
  readonly tagged: boolean;
  /** Bookmarks, indented by two blanks a level. */
  readonly outline: readonly string[];
  /** Alternative texts of figures in the structure tree. */
  readonly alternatives: readonly string[];
  /** Roles of the structure tree: `H1`, `Table`, `TH`, … */
  readonly roles: ReadonlySet<string>;
  /** Every font that the pages use. */
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[];
}

interface TreeNode {
  readonly role?: string;
  readonly alt?: string;
  readonly children?: readonly TreeNode[];
}

interface OutlineNode {
  readonly title: string;
  readonly items: readonly OutlineNode[];
}

/** Reads a PDF as a program for the blind or a search engine would. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const loading = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 });
  const document = await loading.promise;
  try {
    const pages: string[] = [];
    const alternatives: string[] = [];
    const roles = new Set<string>();
    const fonts = new Map<string, { name: string; embedded: boolean }>();
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(oneLine(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')));
      const walk = (node: TreeNode) => {
        if (node.role) roles.add(node.role);
        if (node.alt) alternatives.push(node.alt);
        node.children?.forEach(walk);
      };
      const tree = (await page.getStructTree()) as unknown as TreeNode | null;
      if (tree) walk(tree);
      const { fnArray, argsArray } = await page.getOperatorList();
      fnArray.forEach((operation, at) => {
        if (operation !== OPS.setFont) return;
        const font = page.commonObjs.get((argsArray[at] as [string])[0]);
        fonts.set(font.name, { name: font.name, embedded: font.missingFile !== true });
      });
    }
    const { info } = await document.getMetadata();
    const known = info as { Title?: string; Language?: string };
    const outline: string[] = [];
    const list = (nodes: readonly OutlineNode[], level: number) => {
      for (const node of nodes) {
        outline.push('  '.repeat(level) + node.title);
        list(node.items, level + 1);
      }
    };
    // Typed as always there; a document without bookmarks has null.
    const bookmarks: unknown = await document.getOutline();
    list((bookmarks as OutlineNode[] | null) ?? [], 0);
    const [left, bottom, right, top] = (await document.getPage(1)).view as [number, number, number, number];
    return {
      pages,
      size: [right - left, top - bottom],
      text: pages.join(' '),
      title: known.Title ?? null,
      language: known.Language ?? null,
      tagged: (await document.getMarkInfo())?.Marked === true,
      outline,
      alternatives,
      roles,
      fonts: [...fonts.values()],
    };
  } finally {
    await loading.destroy();
  }
}

function oneLine(text: string): string {
  return text.replace(/[\s\u00a0]+/g, ' ').trim();
}
