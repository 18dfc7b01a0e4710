import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { SEAT_VISIT_PARAMETER } from '@careconnect/contracts';
import { probeListener } from '@careconnect/platform';
import { createInnerProcess, type InnerProcess } from './inner-process.ts';

/**
 * Several processes of one kind, as one. Whatever belongs to one visit goes to the same of them while it lives, which
 * saves a step and decides nothing: the processes themselves agree on who serves what.
 */
export function createNodes(urls: readonly string[], patienceMs?: number): InnerProcess {
  const nodes = urls.map((url) => ({ url, process: createInnerProcess(url, { patienceMs }) }));
  const [only] = nodes;
  if (nodes.length === 1 && only) return only.process;

  async function nodeFor(request: IncomingMessage): Promise<InnerProcess> {
    const topic = topicOf(request);
    const byPreference = nodes.toSorted((a, b) => (rank(topic, a.url) < rank(topic, b.url) ? -1 : 1));
    for (const { url, process } of byPreference) if ((await probeListener(url)) === 'yes') return process;
    const [preferred] = byPreference;
    if (!preferred) throw new Error('There is no process to go to.');
    return preferred.process;
  }

  return {
    forward: async (request, response) => (await nodeFor(request)).forward(request, response),
    upgrade: async (request, socket, head) => (await nodeFor(request)).upgrade(request, socket, head),
    endUpgraded() {
      for (const { process } of nodes) process.endUpgraded();
    },
    close() {
      for (const { process } of nodes) process.close();
    },
  };
}

function topicOf({ url = '/', socket }: IncomingMessage): string {
  const visit = new URL(url, 'http://door').searchParams.get(SEAT_VISIT_PARAMETER);
  return visit ?? `${socket.remoteAddress}:${socket.remotePort}`;
}

/** Rendezvous hashing: when a process goes, only what was its own goes elsewhere. */
function rank(topic: string, url: string): string {
  return createHash('sha1').update(`${topic} ${url}`).digest('hex');
}
