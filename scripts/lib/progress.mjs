import { AsyncLocalStorage } from 'node:async_hooks';

/** A non-interactive log gets a sign of life this often during a long step. */
const SIGN_OF_LIFE_MS = 15_000;
/** A step that takes longer says how long it has been at it. */
const TELL_TIME_AFTER_MS = 3_000;

/** @type {AsyncLocalStorage<(line: string) => void>} */
const listening = new AsyncLocalStorage();

/**
 * Does work whose steps somebody else wants to hear of too: what is being done, and how far it is.
 * @template T
 * @param {(line: string) => void} listener
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function tellSteps(listener, work) {
  return listening.run(listener, work);
}

/**
 * One line on the terminal for one step: what is being done, how far it is, how long it took.
 * @template T
 * @param {string} title
 * @param {(report: (progress: string) => void) => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = performance.now();
  const line = process.stdout.isTTY ? interactiveLine(title) : plainLine(title);
  try {
    const tell = listening.getStore();
    tell?.(title);
    const result = await work((progress) => {
      line.report(progress);
      tell?.(`${title} ${progress}`);
    });
    line.end(`✓ ${title} ${duration(performance.now() - startedAt)}`);
    return result;
  } catch (error) {
    line.end(`✗ ${title} ${duration(performance.now() - startedAt)}`);
    throw error;
  }
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `(${(tenths / 10).toFixed(1)} s)`;
  const seconds = Math.round(milliseconds / 1000);
  return `(${Math.floor(seconds / 60)} min ${seconds % 60} s)`;
}

/** @param {string} title */
function interactiveLine(title) {
  /** @param {string} text */
  const rewrite = (text) => {
    process.stdout.write(`\r\x1b[2K${text.slice(0, (process.stdout.columns || 80) - 1)}`);
  };
  const startedAt = performance.now();
  let latest = '';
  const show = () => {
    const elapsed = performance.now() - startedAt;
    rewrite(['…', title, latest, ...(elapsed < TELL_TIME_AFTER_MS ? [] : [duration(elapsed)])].join(' '));
  };
  show();
  const clock = setInterval(show, 1_000);
  return {
    /** @param {string} progress */
    report: (progress) => {
      latest = progress;
      show();
    },
    /** @param {string} text */
    end: (text) => {
      clearInterval(clock);
      rewrite(text);
      process.stdout.write('\n');
    },
  };
}

/** @param {string} title */
function plainLine(title) {
  let latest = '';
  const signOfLife = setInterval(() => console.log(`… ${title} ${latest}`.trimEnd()), SIGN_OF_LIFE_MS);
  return {
    /** @param {string} progress */
    report: (progress) => {
      latest = progress;
    },
    /** @param {string} text */
    end: (text) => {
      clearInterval(signOfLife);
      console.log(text);
    },
  };
}
