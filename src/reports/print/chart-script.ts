import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root';

let made: Promise<string> | null = null;

/**
 * The script that draws the charts, as one text to put into a page. The program as built has it among its assets; from
 * the sources it is bundled in memory, so that commands work without a build step.
 */
export function chartScript(): Promise<string> {
  made ??= __filename.endsWith('.ts') ? bundle() : Promise.resolve(builtScript());
  made.catch(() => (made = null));
  // A closing tag inside a text would end the element.
  return made.then((script) => script.replaceAll('</script', '<\\/script'));
}

async function bundle(): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(projectRoot, 'src', 'reports', 'browser', 'draw-charts.ts')],
    ...{ bundle: true, minify: true, write: false, format: 'iife', target: 'es2022', legalComments: 'none' },
  });
  return outputFiles[0]?.text ?? '';
}

function builtScript(): string {
  const assets = join(projectRoot, 'dist', 'assets');
  const manifest = join(assets, 'manifest.json');
  const names = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>) : {};
  return readFileSync(join(assets, names['charts.js'] ?? 'charts.js'), 'utf8');
}
