import { endpoints, type VisitId } from '@careconnect/contracts';
import type { ApiClient } from '../core/api-client.ts';

export interface MessageCount {
  readonly messagesLost: number;
  readonly messagesDoubled: number;
}

/** Looks in the record of a visit for what was written in it. */
export async function countMessages(
  client: ApiClient,
  visitId: VisitId,
  texts: readonly string[],
): Promise<MessageCount> {
  const stored = await readAll(client, visitId);
  const timesOf = (text: string): number => stored.filter((body) => body === text).length;
  return {
    messagesLost: texts.filter((text) => timesOf(text) === 0).length,
    messagesDoubled: texts.filter((text) => timesOf(text) > 1).length,
  };
}

async function readAll(client: ApiClient, visitId: VisitId): Promise<string[]> {
  const params = { visitId };
  const { messages, messageCount } = await client.call(endpoints.visits.record, { params });
  const all = [...messages];
  while (all.length < messageCount) {
    const query = { afterSequence: String(all.at(-1)?.sequence ?? 0) };
    const page = await client.call(endpoints.visits.recordMessages, { params, query });
    if (page.messages.length === 0) break;
    all.push(...page.messages);
  }
  return all.map(({ body }) => body);
}
