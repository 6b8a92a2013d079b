import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/shared/project-root';

const parts = join(projectRoot, 'src/web/theme/parts');

/** Of each part of the theme its source, without comments. */
const sources = new Map(
  readdirSync(parts).map((name) => [name, readFileSync(join(parts, name), 'utf8').replace(/^\s*\/\/.*$/gm, '')]),
);

/** The text of every file below a folder whose name ends so. */
function textsBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return textsBelow(path, ending);
    return ending.test(name) ? [readFileSync(path, 'utf8')] : [];
  });
}

/** The names that views and browser code give to elements; `lijw-tag--{{state}}` stands for all that begins so. */
function namesInUse(): { whole: Set<string>; begun: string[] } {
  const texts = [
    ...textsBelow(join(projectRoot, 'views'), /\.hbs$/),
    ...textsBelow(join(projectRoot, 'src'), /\.ts$/),
  ].join('\n');
  const found = [...texts.matchAll(/lijw-[\w-]+(\{\{|\$\{)?/g)];
  return {
    whole: new Set(found.filter(([, open]) => !open).map(([name]) => name)),
    begun: found.filter(([, open]) => open).map(([name, open]) => name.slice(0, -open!.length)),
  };
}

test('a name has one meaning: no two parts of the theme give looks to the same one', () => {
  const homes = new Map<string, Set<string>>();
  for (const [part, source] of sources) {
    for (const [, name] of source.matchAll(/^\.(lijw-[\w-]+)(?= \{|,|:| > \.govuk| \.govuk)/gm)) {
      homes.set(name!, (homes.get(name!) ?? new Set()).add(part));
    }
  }
  const shared = [...homes].filter(([, inParts]) => inParts.size > 1).map(([name, inParts]) => [name, ...inParts]);
  expect(homes.size).toBeGreaterThan(200);
  expect(shared).toEqual([]);
});

test('every look has something that wears it', () => {
  const { whole, begun } = namesInUse();
  const styled = new Set([...sources.values()].flatMap((source) => source.match(/(?<=\.)lijw-[\w-]+/g) ?? []));
  const unworn = [...styled].filter((name) => !whole.has(name) && !begun.some((start) => name.startsWith(start)));
  expect(unworn).toEqual([]);
});
