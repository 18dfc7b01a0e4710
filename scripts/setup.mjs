import { runMain } from './lib/failure.mjs';
import { prepareToRun } from './lib/prepare.mjs';
import { continueOnRightNode } from './lib/right-node.mjs';
import { readToolchain } from './lib/toolchain.mjs';

/** For those who run each process by themselves: prepares this folder, and says what to run them with. */
await runMain(async () => {
  await continueOnRightNode();
  await prepareToRun();
  console.log(
    `\nThe processes of this folder can start:\n  node                  ${process.execPath}\n  MEDIASOUP_WORKER_BIN  ${readToolchain().MEDIASOUP_WORKER_BIN}`,
  );
});
