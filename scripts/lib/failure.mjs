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

/** @param {unknown} error */
function describeFailure(error) {
  const lines = [`\n✗ ${error instanceof Error ? error.message : String(error)}`];
  if (error instanceof Failure) {
    if (error.mend) lines.push(`  To mend it: ${error.mend}`);
    if (error.log) lines.push(`  The detail: ${error.log}`);
  }
  return lines.join('\n');
}
