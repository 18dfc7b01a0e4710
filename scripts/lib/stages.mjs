import { spawn } from 'node:child_process';
import { ROOT } from './places.mjs';
import { duration } from './progress.mjs';

/** @typedef {import('./test-selection.mjs').Stage} Stage */

/** @type {Record<Stage, string>} */
const NPM_SCRIPT = { check: 'check', int: 'test:int', browser: 'test:browser' };

/**
 * Runs all stages even when one fails, because the later ones tell more; ends with a summary.
 * @param {readonly Stage[]} stages
 * @param {readonly string[]} patterns
 * @returns {Promise<number>} The exit code.
 */
export async function runStages(stages, patterns) {
  /** @type {{ stage: Stage, passed: boolean, ms: number }[]} */
  const results = [];
  for (const stage of stages) {
    console.log(`\n── ${stage} ${'─'.repeat(60 - stage.length)}\n`);
    const startedAt = performance.now();
    const outcome = await runScript(NPM_SCRIPT[stage], stage === 'check' ? [] : patterns);
    if (outcome === 'interrupted') return 130;
    results.push({ stage, passed: outcome === 'passed', ms: performance.now() - startedAt });
  }
  console.log(`\n${'─'.repeat(64)}`);
  for (const { stage, passed, ms } of results)
    console.log(`${passed ? 'PASS' : 'FAIL'}  ${stage.padEnd(8)} ${duration(ms)}`);
  const failed = results.filter(({ passed }) => !passed).length;
  console.log(`\n${results.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 * @returns {Promise<'passed' | 'failed' | 'interrupted'>}
 */
function runScript(script, args) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])], {
      cwd: ROOT,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    const passOn = () => child.kill('SIGTERM');
    process.once('SIGTERM', passOn);
    let isInterrupted = false;
    // Ctrl-C reaches the child too; we only wait for it to clean up.
    const note = () => {
      isInterrupted = true;
    };
    process.on('SIGINT', note).on('SIGTERM', note);
    child.once('error', () => resolve('failed'));
    child.once('close', (code) => {
      process.off('SIGTERM', passOn).off('SIGINT', note).off('SIGTERM', note);
      resolve(isInterrupted ? 'interrupted' : code === 0 ? 'passed' : 'failed');
    });
  });
}
