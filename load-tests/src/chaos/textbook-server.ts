import { freePort } from '../../../scripts/stack/free-port.ts';
import { forkServer, type ForkedServer } from '../core/forked-server.ts';

/** The server of `baselines/textbook`. Whenever it ends it is started again at once, as by a supervisor. */
export interface TextbookServer {
  /** The same for all its lives, so that pages find it again. */
  readonly origin: string;
  pid(): Promise<number>;
  stop(): Promise<void>;
}

/** @param address - where it listens, and media arrives */
export async function startTextbookServer(address: string): Promise<TextbookServer> {
  const port = await freePort(address);
  let isStopping = false;
  let running = start();
  await running;
  return {
    origin: `http://${address}:${port}`,
    pid: async () => (await running).pid,
    async stop() {
      isStopping = true;
      await (await running).stop();
    },
  };

  function start(): Promise<ForkedServer> {
    const starting = forkServer('textbook/server.ts', {
      TEXTBOOK_ADDRESS: address,
      TEXTBOOK_PORT: String(port),
    });
    void starting
      .then(({ ended }) => ended)
      .then(
        () => {
          if (!isStopping) running = start();
        },
        () => {}, // whoever needs it next is told
      );
    return starting;
  }
}
