import { accessSync, constants, existsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { run } from './child.mjs';

/**
 * Settings that npm hands down to what it runs and that would make a nested npm do something else: install elsewhere,
 * leave packages out, or only pretend. People's registry, proxy and certificates stay.
 */
const misleading =
  /^npm_config_(global|location|dry_run|package_lock|package_lock_only|workspaces?|omit|include|only|production|dev|also|silent|loglevel|json|yes)$/i;

/** Runs npm in `root`; the npm that started us where there is one. */
export function npm(root, args, options = {}) {
  const [command, first, shell] = npmProgram();
  return run(command, [...first, ...args], { ...options, cwd: root, shell, env: npmEnvironment(options.env) });
}

function npmProgram() {
  const beside = dirname(process.execPath);
  const places = [
    process.env.npm_execpath,
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = places.find((path) => path && basename(path) === 'npm-cli.js' && existsSync(path));
  if (script) return [process.execPath, [script], false];
  // Windows finds npm.cmd through a shell only; none of our arguments needs quoting.
  return ['npm', [], process.platform === 'win32'];
}

function npmEnvironment(env = process.env) {
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !misleading.test(name)));
  delete clean.NODE_ENV;
  if (!clean.npm_config_cache && !isWritable(homedir()))
    clean.npm_config_cache = join(tmpdir(), `lijw-npm-${userId()}`);
  return clean;
}

function userId() {
  return process.getuid?.() ?? 'user';
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
