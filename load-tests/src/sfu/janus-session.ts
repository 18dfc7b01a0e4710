import { randomUUID } from 'node:crypto';

export interface JanusDescription {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

export interface JanusAnswer {
  /** What the VideoRoom plugin says, for example the id of a new publisher. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly description: JanusDescription | null;
}

/** A connection to the VideoRoom plugin: one client of ours. */
export interface JanusHandle {
  send(body: object, description?: JanusDescription): Promise<JanusAnswer>;
}

export interface JanusSession {
  attach(): Promise<JanusHandle>;
  close(): void;
}

interface JanusMessage {
  readonly janus: string;
  readonly transaction?: string;
  readonly data?: { readonly id: number };
  readonly plugindata?: { readonly data: Readonly<Record<string, unknown>> };
  readonly jsep?: JanusDescription;
  readonly error?: { readonly reason: string };
}

/** Speaks Janus's HTTP API: requests by POST, what happens later by a long poll of the session. */
export async function openJanusSession(url: string): Promise<JanusSession> {
  const waiting = new Map<string, (message: JanusMessage) => void>();
  const closing = new AbortController();
  const created = await request(url, { janus: 'create' });
  const sessionUrl = `${url}/${created.data?.id}`;
  void poll(sessionUrl, closing.signal, (message) => waiting.get(message.transaction ?? '')?.(message));

  return {
    async attach() {
      const attached = await request(sessionUrl, { janus: 'attach', plugin: 'janus.plugin.videoroom' });
      const handleUrl = `${sessionUrl}/${attached.data?.id}`;
      return {
        async send(body, jsep) {
          const transaction = randomUUID();
          const { promise, resolve } = Promise.withResolvers<JanusMessage>();
          waiting.set(transaction, resolve);
          const first = await request(handleUrl, {
            janus: 'message',
            transaction,
            body,
            ...(jsep ? { jsep } : {}),
          });
          const message = first.janus === 'ack' ? await promise : first;
          waiting.delete(transaction);
          return toAnswer(message);
        },
      };
    },
    close: () => closing.abort(),
  };
}

async function poll(
  sessionUrl: string,
  signal: AbortSignal,
  deliver: (message: JanusMessage) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await fetch(`${sessionUrl}?maxev=20`, { signal });
      for (const message of (await response.json()) as JanusMessage[]) deliver(message);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

async function request(url: string, body: object): Promise<JanusMessage> {
  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify({ transaction: randomUUID(), ...body }),
  });
  const message = (await response.json()) as JanusMessage;
  if (message.janus === 'error') throw new Error(`Janus refused: ${message.error?.reason}`);
  return message;
}

function toAnswer({ plugindata, jsep }: JanusMessage): JanusAnswer {
  const data = plugindata?.data ?? {};
  if (data['error'] !== undefined) throw new Error(`Janus's VideoRoom refused: ${JSON.stringify(data)}`);
  return { data, description: jsep ?? null };
}
