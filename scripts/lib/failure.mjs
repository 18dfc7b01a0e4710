/** A step that cannot go on: what happened, what mends it, and where the detail is. Never shown with a stack. */
export class Failure extends Error {
  /**
   * @param {string} message - One clear sentence.
   * @param {{ mend?: string, log?: string, cause?: unknown }} [detail]
   */
  constructor(message, { mend, log, cause } = {}) {
    super(message, { cause });
    this.name = 'Failure';
    this.mend = mend;
    this.log = log;
  }
}

/**
 * Runs a command's main function and turns whatever goes wrong into an exit code and a sentence.
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? process.exitCode ?? 0;
  } catch (error) {
    console.error(describeFailure(error));
    process.exitCode = 1;
  }
}

const SYSTEM_ERRORS = new Map([
  ['EACCES', 'may not be used by this user'],
  ['EPERM', 'may not be used by this user'],
  ['EROFS', 'cannot be written: it is on a read-only file system'],
  ['ENOSPC', 'cannot be written: there is no space left'],
  ['ENOTDIR', 'cannot be used: a file is in the way of a folder'],
  ['EEXIST', 'cannot be used: a file is in the way of a folder'],
]);

/**
 * What the operating system has refused, in words.
 * @param {unknown} error
 * @returns {Failure | null}
 */
function fromSystem(error) {
  if (!(error instanceof Error)) return null;
  const { code = '', path, port } = /** @type {NodeJS.ErrnoException & { port?: number }} */ (error);
  if (code === 'EACCES' && port !== undefined)
    return new Failure(`Port ${port} may not be used by this user.`, { mend: 'choose one above 1023' });
  const words = SYSTEM_ERRORS.get(code);
  if (!words || !path) return null;
  return new Failure(`${path} ${words}.`, {
    mend: 'make it writable for this user (a start with sudo may have made it), or choose another place: see --help',
    cause: error,
  });
}

/** @param {unknown} thrown */
function describeFailure(thrown) {
  const error = fromSystem(thrown) ?? thrown;
  const lines = [`\n✗ ${error instanceof Error ? error.message : String(error)}`];
  if (error instanceof Failure) {
    if (error.mend) lines.push(`  To mend it: ${error.mend}`);
    if (error.log) lines.push(`  The detail: ${error.log}`);
  }
  return lines.join('\n');
}
