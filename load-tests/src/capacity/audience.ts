import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Receiver } from '../rtc/native-peer.ts';

export type AudienceQuestion = { readonly receiver: number } & (
  | { readonly ask: 'accept'; readonly offer: string }
  | { readonly ask: 'reach'; readonly candidates: readonly string[] }
);

/** `said` is the description, where one was asked for. */
export type AudienceAnswer = { readonly said: string } | { readonly failed: string };

/**
 * Watchers in a process of their own that can be put to sleep. Asleep they take no processor time: what reaches them
 * stays in the kernel, which drops it once a socket is full, all at the cost of the server. They have to be woken more
 * often than a server waits for their consent (30 s). One question at a time.
 */
export interface Audience {
  readonly pid: number;
  newReceiver(): Receiver;
  sleep(): void;
  wake(): void;
  stop(): void;
}

export function startAudience(): Audience {
  const child = fork(fileURLToPath(new URL('audience-process.ts', import.meta.url)), {
    // Asleep it would not notice that its parent has gone, so the kernel ends it then.
    execPath: 'setpriv',
    execArgv: ['--pdeathsig', 'KILL', process.execPath],
  });
  let receivers = 0;
  return {
    pid: child.pid ?? 0,
    newReceiver() {
      const receiver = receivers++;
      return {
        accept: (offer) => ask(child, { ask: 'accept', receiver, offer }),
        reach: async (candidates) => void (await ask(child, { ask: 'reach', receiver, candidates })),
      };
    },
    sleep: () => void child.kill('SIGSTOP'),
    wake: () => void child.kill('SIGCONT'),
    stop: () => void child.kill('SIGKILL'),
  };
}

async function ask(child: ChildProcess, question: AudienceQuestion): Promise<string> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  child.once('exit', end);
  child.send(question);
  const [answer] = (await once(child, 'message', { signal: ended.signal })) as [AudienceAnswer];
  child.off('exit', end);
  if ('failed' in answer) throw new Error(answer.failed);
  return answer.said;
}
