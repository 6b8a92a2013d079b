/**
 * Makes this checkout work on a machine that has only Node and npm, then does what is asked:
 *
 *   node scripts/setup.mjs demo      npm run demo: the application with demo data
 *   node scripts/setup.mjs test      npm test: every check and test; with arguments, only Jest with these arguments
 *   node scripts/setup.mjs install   the set-up alone
 *
 * package.json says `exec node … || node …` for the demo: with `exec` a signal to npm reaches the demo, since no shell
 * stands between them; the second half is for Windows, which has no `exec`.
 *
 * This file is read by any Node, however old, so that it can say which one is needed.
 */
var needed = [20, 19];
var have = process.versions.node.split('.').map(Number);

if (have[0] < needed[0] || (have[0] === needed[0] && have[1] < needed[1])) {
  console.error(
    'LIJW needs Node.js ' +
      needed.join('.') +
      ' or newer; this is ' +
      process.version +
      ' (' +
      process.execPath +
      ').\nInstall the current LTS version of Node.js and run the same command again.',
  );
  process.exit(1);
}

import('./set-up/main.mjs').then(function (setUp) {
  return setUp.main(process.argv.slice(2));
});
