import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** One element of a PDF's tag tree, without the wrappers that say nothing. */
export interface Tag {
  readonly role: string;
  /** Alternative text; '' where there is none. */
  readonly alt: string;
  /** Text in it, in reading order. */
  readonly text: string;
  readonly children: readonly Tag[];
}

export interface PdfPage {
  readonly tags: readonly Tag[];
  /** How much of the height between the margins is written on, 0..1. */
  readonly filled: number;
}

interface Node {
  readonly role?: string;
  readonly alt?: string;
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly Node[];
}

/** What a PDF says to a screen reader, page by page, and how full its pages are. */
export async function pdfLayout(bytes: Uint8Array): Promise<readonly PdfPage[]> {
  const loading = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 });
  const document = await loading.promise;
  try {
    const pages: PdfPage[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent({ includeMarkedContent: true });
      const texts = new Map<string, string>();
      const open: string[] = [];
      const heights: number[] = [];
      for (const item of items) {
        if ('str' in item) {
          for (const id of open) texts.set(id, (texts.get(id) ?? '') + item.str);
          const height = (item.transform as number[])[5] ?? 0;
          // Between the margins: headers and footers lie in them.
          if (item.str.trim() !== '' && height > 57 && height < 785) heights.push(height);
        } else if (item.type === 'endMarkedContent') open.pop();
        else open.push((item as { id?: string }).id ?? '');
      }
      const tagOf = (node: Node): Tag[] => {
        if (node.type === 'content') return [{ role: '', alt: '', text: texts.get(node.id ?? '') ?? '', children: [] }];
        const children = (node.children ?? []).flatMap(tagOf);
        if (node.role === undefined || ['Root', 'Document', 'NonStruct', 'Div', 'Span'].includes(node.role))
          return children;
        const text = children.map((one) => one.text).join('');
        return [{ role: node.role, alt: node.alt ?? '', text: text.replace(/[\s\u00a0]+/g, ' ').trim(), children }];
      };
      const tree = (await page.getStructTree()) as unknown as Node | null;
      const lowest = Math.min(785, ...heights);
      pages.push({ tags: tree === null ? [] : tagOf(tree), filled: (785 - lowest) / (785 - 57) });
    }
    return pages;
  } finally {
    await loading.destroy();
  }
}

/** All tags of a tree in reading order, parents first. */
export function flatTags(tags: readonly Tag[]): readonly Tag[] {
  return tags.flatMap((tag) => [tag, ...flatTags(tag.children)]);
}
