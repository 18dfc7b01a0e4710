import { CHECK_UPS } from './lib/check-up.mjs';
import { Failure, runMain } from './lib/failure.mjs';

const HELP = `npm run doctor

Tells what this machine has of what CareConnect needs, what is missing, and how to mend it. Changes nothing.`;

/** What is there, what is not, and how to mend it. Changes nothing. */
await runMain(async () => {
  if (process.argv.slice(2).some((arg) => ['--help', '-h'].includes(arg))) return console.log(HELP);
  let isFit = true;
  let isComplete = true;
  for (const { name, isRequired, look } of CHECK_UPS) {
    const { present, missing, mend, isProvided = false } = await lookSafely(look);
    if (missing === undefined) {
      console.log(`✓ ${name}: ${present ?? 'present'}`);
      continue;
    }
    const mark = !isRequired ? '○' : isProvided ? '↻' : '✗';
    console.log(`${mark} ${name}: ${missing}${mend ? `\n    ${mend}` : ''}`);
    isFit &&= !isRequired || isProvided;
    isComplete &&= !isRequired;
  }
  console.log(`\n${verdict(isFit, isComplete)}`);
  return isFit ? 0 : 1;
});

/**
 * @param {() => Promise<import('./lib/check-up.mjs').Finding> | import('./lib/check-up.mjs').Finding} look
 * @returns {Promise<import('./lib/check-up.mjs').Finding>}
 */
async function lookSafely(look) {
  try {
    return await look();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { missing: message, ...(error instanceof Failure && error.mend ? { mend: error.mend } : {}) };
  }
}

/**
 * @param {boolean} isFit
 * @param {boolean} isComplete
 */
function verdict(isFit, isComplete) {
  if (!isFit) return 'Something is missing; the lines marked ✗ say how to mend it.';
  return isComplete ? 'Ready for "npm start".' : '"npm start" gets the rest.';
}
