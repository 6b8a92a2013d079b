import { spawn } from 'node:child_process';
import { clearInterval, setInterval } from 'node:timers';

const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };
const running = new Set();
let stoppedBy = null;

/** From now on a signal to us goes to the program under way too, and we end when it has ended. */
export function passSignalsOn() {
  for (const signal of Object.keys(signals)) process.on(signal, onSignal);
}

/**
 * npm may be killed, or may end its shell and forget what runs in it. What it started must not live on and hold the port
 * and the data: it stops as on a signal. A set-up that was started by hand may outlive its shell.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 1000);
  timer.unref();
}

/** Leaves the signals to somebody else. */
export function leaveSignals() {
  for (const signal of Object.keys(signals)) process.off(signal, onSignal);
}

function onSignal(signal) {
  stoppedBy ??= signal;
  if (running.size === 0) process.exit(128 + signals[signal]);
  for (const child of running) child.kill(signal);
}

/**
 * Runs a program to its end. With `show` its output goes where ours goes; otherwise it is kept and given back.
 * `limit` in milliseconds ends it. Never throws: a program that cannot be started has the code null.
 *
 * @returns {Promise<{ ok: boolean, code: number | null, output: string }>}
 */
export function run(command, args, { cwd, env = process.env, show = false, limit, shell = false } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const out = show ? 'inherit' : 'pipe';
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', out, out], windowsHide: true });
    running.add(child);
    const timers = limit
      ? [
          setTimeout(() => child.kill('SIGTERM'), limit),
          // For one that does not listen.
          setTimeout(() => child.kill('SIGKILL'), limit + 10_000),
        ]
      : [];
    const end = (code) => {
      timers.forEach(clearTimeout);
      running.delete(child);
      if (stoppedBy !== null) process.exit(128 + signals[stoppedBy]);
      resolve({ ok: code === 0, code, output: output.trim() });
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        // The end says what went wrong.
        output = (output + text).slice(-20_000);
      });
    }
    child.once('error', (error) => {
      output += error.message;
      end(null);
    });
    child.once('close', end);
  });
}
