import { dirname } from 'node:path';
import { runMain } from './lib/failure.mjs';
import { prepareToRun } from './lib/prepare.mjs';
import { continueOnRightNode } from './lib/right-node.mjs';
import { readToolchain } from './lib/toolchain.mjs';

/** For those who run each process by themselves: prepares this folder, and says what to run them with. */
await runMain(async () => {
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
