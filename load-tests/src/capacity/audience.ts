import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Receiver } from '../rtc/native-peer.ts';

export type AudienceQuestion =
  | { readonly ask: 'accept'; readonly watcher: number; readonly offer: string }
  | { readonly ask: 'reach'; readonly watcher: number; readonly candidates: readonly string[] }
  | { readonly ask: 'connected' };

/** `said` is the description or the number that was asked for, else empty. */
export type AudienceAnswer = { readonly said: string } | { readonly failed: string };

/** A server lets go of a watcher from whom it has heard nothing for so long: ours after 20 s, mediasoup by itself after 30. */
export const LONGEST_SLEEP_MS = 10_000;

/**
 * Watchers in a process of their own that can be put to sleep. Asleep they take no processor time: what reaches them
 * stays in the kernel, which drops it once a socket is full, all at the cost of the server.
 */
export interface Audience {
  readonly pid: number;
  newWatcher(): Receiver;
  /** How many of them a server still sends to. */
  countConnected(): Promise<number>;
  sleep(): void;
  wake(): void;
  stop(): void;
}

/** Linux only. */
export async function startAudience(): Promise<Audience> {
  const child = fork(fileURLToPath(new URL('audience-process.ts', import.meta.url)), {
    // Asleep it would not notice that its parent has gone, so the kernel ends it then.
    execPath: 'setpriv',
    execArgv: ['--pdeathsig', 'KILL', process.execPath],
  });
  await once(child, 'spawn');
  const ask = questionsTo(child);
  let watchers = 0;
  return {
    pid: child.pid ?? process.pid,
    newWatcher() {
      const watcher = watchers++;
      return {
        accept: (offer) => ask({ ask: 'accept', watcher, offer }),
        reach: async (candidates) => void (await ask({ ask: 'reach', watcher, candidates })),
      };
    },
    countConnected: async () => Number(await ask({ ask: 'connected' })),
    sleep: () => void child.kill('SIGSTOP'),
    wake: () => void child.kill('SIGCONT'),
    stop: () => void child.kill('SIGKILL'),
  };
}

/** Each waits until the one before has been answered. */
function questionsTo(child: ChildProcess): (question: AudienceQuestion) => Promise<string> {
  const ended = new AbortController();
  const end = (): void => ended.abort(new Error('The audience has gone.'));
  child.once('exit', end);
  child.on('error', end);
  let last: Promise<unknown> = Promise.resolve();

  async function ask(question: AudienceQuestion): Promise<string> {
    child.send(question);
    const [answer] = (await once(child, 'message', { signal: ended.signal })) as [AudienceAnswer];
    if ('failed' in answer) throw new Error(answer.failed);
    return answer.said;
  }

  return (question) => {
    const answer = last.then(() => ask(question));
    last = answer.catch(() => undefined);
    return answer;
  };
}
