/**
 * What a finished PDF says of itself: how many pages it has and on which its bookmarks begin. Reads the plain objects
 * that Chromium writes; where it finds something else, it says nothing rather than something wrong.
 */
export interface PdfPages {
  readonly count: number;
  /** Named destinations (anchors of the page) with their page, from 1. */
  readonly anchors: ReadonlyMap<string, number>;
}

export function readPages(pdf: Buffer): PdfPages {
  const text = pdf.toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of text.matchAll(/(?:^|\n)(\d+) 0 obj\s*([\s\S]*?)endobj/g)) {
    // Streams are not read: only what stands before one.
    objects.set(id, body.split('stream', 1)[0] ?? '');
  }
  const order: string[] = [];
  const walk = (id: string, depth: number): void => {
    const body = objects.get(id) ?? '';
    if (/\/Type\s*\/Page\b(?!s)/.test(body)) order.push(id);
    const kids = /\/Kids\s*\[([^\]]*)\]/.exec(body)?.[1] ?? '';
    if (depth < 20) for (const [, kid = ''] of kids.matchAll(/(\d+) 0 R/g)) walk(kid, depth + 1);
  };
  const root = [...objects].find(([, body]) => /\/Type\s*\/Catalog\b/.test(body))?.[1] ?? '';
  walk(/\/Pages\s+(\d+) 0 R/.exec(root)?.[1] ?? '', 0);

  const anchors = new Map<string, number>();
  const dests = /\/Dests\s+(\d+) 0 R/.exec(root)?.[1];
  const named = dests === undefined ? '' : (objects.get(dests) ?? '');
  for (const [, name = '', page = ''] of named.matchAll(/\/([^\s/[\]]+)\s*\[(\d+) 0 R/g)) {
    const at = order.indexOf(page);
    if (at >= 0) anchors.set(nameOf(name), at + 1);
  }
  return { count: order.length, anchors };
}

/** `#2E` in a PDF name is a byte in hexadecimal. */
function nameOf(name: string): string {
  return name.replace(/#([0-9A-Fa-f]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
}
