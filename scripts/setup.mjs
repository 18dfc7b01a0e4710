import { dirname } from 'node:path';
import { runMain } from './lib/failure.mjs';
import { prepareToRun } from './lib/prepare.mjs';
import { continueOnRightNode } from './lib/right-node.mjs';
import { readToolchain } from './lib/toolchain.mjs';

const HELP = `npm run setup

Prepares this folder for processes that are started one by one (dependencies, database client, pages, media worker), and
prints two lines for your shell that they need.`;

/** For those who run each process by themselves: prepares this folder, and says what to run them with. */
await runMain(async () => {
  if (process.argv.slice(2).some((arg) => ['--help', '-h'].includes(arg))) return console.log(HELP);
  await continueOnRightNode();
  await prepareToRun();
  const path = `${quoted(dirname(process.execPath))}:"$PATH"`;
  const worker = quoted(readToolchain().MEDIASOUP_WORKER_BIN ?? '');
  console.log(
    `\nThe processes of this folder can start, with:\n\nexport PATH=${path}\nexport MEDIASOUP_WORKER_BIN=${worker}`,
  );
});

/** @param {string} text - For a shell. */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
