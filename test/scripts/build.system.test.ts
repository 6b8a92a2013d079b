import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join, sep } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { copyOfCheckout } from '../support/checkout';

describe('the build', () => {
  const checkout = copyOfCheckout({ packages: true });
  const at = (...path: string[]) => join(checkout.root, ...path);
  const build = (...args: string[]) => checkout.run(process.execPath, ['scripts/build.mjs', ...args]);

  beforeAll(() => expect(build()).toMatchObject({ code: 0 }));
  afterAll(() => checkout.remove());

  it('makes a program that Node loads, with the words of both languages', () => {
    const { code, output } = checkout.run(process.execPath, [
      '-e',
      `const { translator } = require('./dist/locales/translate.js');
       require('./dist/config.js').readConfig({});
       console.log(translator('pl')('common:name.short'), translator('en')('common:name.short'));`,
    ]);
    expect({ code, output }).toEqual({ code: 0, output: 'LIJW LIJW\n' });
    expect(existsSync(at('dist', 'main.js.map'))).toBe(true);
    expect(existsSync(at('dist', 'web', 'client'))).toBe(false);
  });

  it('gives every script of the browser and the style sheet a name with a hash of its content', () => {
    const manifest = JSON.parse(readFileSync(at('dist', 'assets', 'manifest.json'), 'utf8')) as Record<string, string>;
    const scripts = readdirSync(at('src', 'web', 'client'))
      .filter((name) => extname(name) === '.ts')
      .map((name) => `${basename(name, '.ts')}.js`);
    expect(Object.keys(manifest).filter((name) => !name.startsWith('fonts/'))).toEqual([
      ...scripts.sort(),
      'icon.svg',
      'main.css',
      'staff.css',
    ]);
    for (const [name, hashed] of Object.entries(manifest)) {
      const plain = name.slice(0, -extname(name).length);
      expect(hashed).toMatch(new RegExp(`^${plain}-[0-9a-f]{10}\\${extname(name)}$`));
      expect(readFileSync(at('dist', 'assets', hashed)).length).toBeGreaterThan(0);
    }
  });

  it('lays each script and style sheet compressed beside itself, the same bytes', () => {
    const folder = at('dist', 'assets');
    const texts = readdirSync(folder).filter((name) => ['.js', '.css'].includes(extname(name)));
    for (const name of texts) {
      const whole = readFileSync(join(folder, name));
      expect(brotliDecompressSync(readFileSync(join(folder, `${name}.br`))).equals(whole)).toBe(true);
      expect(gunzipSync(readFileSync(join(folder, `${name}.gz`))).equals(whole)).toBe(true);
    }
  });

  it('gives respondents little to load before their first page: the rest of what they may is the pages', () => {
    const manifest = JSON.parse(readFileSync(at('dist', 'assets', 'manifest.json'), 'utf8')) as Record<string, string>;
    const sent = (name: string) => {
      const path = at('dist', 'assets', manifest[name]!);
      return statSync(name.endsWith('.woff2') ? path : `${path}.br`).size;
    };
    const scripts = sent('main.js') + sent('survey.js');
    const fonts = sent('fonts/SourceSans3-Regular.woff2') + sent('fonts/SourceSans3-Semibold.woff2');
    expect(scripts).toBeLessThan(10_000);
    // Of 60 kB, with the page itself and the headers of all of it; the bench `weight` measures these in a browser.
    expect(scripts + fonts + sent('main.css') + sent('icon.svg')).toBeLessThan(52_000);
  });

  it('keeps every class of govuk-frontend that a view names', () => {
    const manifest = JSON.parse(readFileSync(at('dist', 'assets', 'manifest.json'), 'utf8')) as Record<string, string>;
    const style = readFileSync(at('dist', 'assets', manifest['main.css']!), 'utf8');
    // A field with an error and a group of them: classes that no page has at first.
    for (const name of ['govuk-input--error', 'govuk-form-group--error', 'govuk-button--secondary']) {
      expect(style).toContain(`.${name}`);
    }
  });

  it('keeps in the first style sheet what pages name that are not only of the staff', () => {
    const manifest = JSON.parse(readFileSync(at('dist', 'assets', 'manifest.json'), 'utf8')) as Record<string, string>;
    const viewAt = (name: string) => readFileSync(at('views', `${name}.hbs`), 'utf8');
    // With the partials that they show, but the bar of whoever is signed in, which is there on pages of the staff only.
    const seen = new Set<string>(['partials/staff/bar']);
    const wanted = new Set<string>();
    const look = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      const text = viewAt(name);
      for (const one of text.match(/lijw-[\w-]+/g) ?? []) wanted.add(one);
      for (const [, partial] of text.matchAll(/(?:\{\{#?> ?|(?:keep|same) ")([a-z-]+\/[a-z-]+)/g))
        look(`partials/${partial}`);
    };
    for (const name of readdirSync(at('views'), { recursive: true, encoding: 'utf8' })) {
      const [folder = ''] = name.split(sep);
      if (name.endsWith('.hbs') && !['staff', 'partials', 'report', 'handouts', 'letters'].includes(folder)) {
        look(name.slice(0, -'.hbs'.length));
      }
    }
    expect(seen.size).toBeGreaterThan(40);
    const rules = readFileSync(at('dist', 'assets', manifest['staff.css']!), 'utf8').matchAll(/([^{}]+)\{/g);
    const selectors = [...rules].flatMap(([, list = '']) => (list.startsWith('@') ? [] : list.split(',')));
    expect(selectors.length).toBeGreaterThan(200);
    const ours = (selector: string) => selector.match(/lijw-[\w-]+/g) ?? [];
    expect(selectors.filter((one) => ours(one).every((name) => wanted.has(name)))).toEqual([]);
  });

  it('carries every font that the style sheet names, whole: with Polish letters in the same file', () => {
    const manifest = JSON.parse(readFileSync(at('dist', 'assets', 'manifest.json'), 'utf8')) as Record<string, string>;
    const style = readFileSync(at('dist', 'assets', manifest['main.css']!), 'utf8');
    const fonts = [...style.matchAll(/url\(["']?\/assets\/(fonts\/[^"')]+)/g)].map(([, font]) => font!);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts)
      expect(
        readFileSync(at('dist', 'assets', font))
          .subarray(0, 4)
          .toString(),
      ).toBe('wOF2');
  });

  it('is done again only when something has changed, and keeps the last good one when it fails', () => {
    expect(build('--if-changed').output).toContain('up to date');
    appendFileSync(at('src', 'shared', 'clock.ts'), '\nexport const changed = true;\n');
    expect(build('--if-changed').output).toContain('Built');
    expect(readFileSync(at('dist', 'shared', 'clock.js'), 'utf8')).toContain('changed');

    appendFileSync(at('src', 'shared', 'clock.ts'), '\nthis is no TypeScript\n');
    const failed = build('--if-changed');
    expect(failed.code).not.toBe(0);
    expect(failed.output).toContain('src/shared/clock.ts');
    expect(readFileSync(at('dist', 'shared', 'clock.js'), 'utf8')).toContain('changed');
    expect(readdirSync(checkout.root).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
  });
});
