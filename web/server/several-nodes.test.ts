import { createServer, type IncomingMessage, type Server } from 'node:http';
import { randomUUID } from 'node:crypto';
import { closeServer, listen } from '@careconnect/platform';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNodes } from './several-nodes.ts';

const NAMES = ['north', 'south', 'west'] as const;

let servers: Server[];
let urls: string[];
let door: Server;
let doorUrl: string;

beforeEach(async () => {
  servers = NAMES.map((name) => createServer((_request, response) => response.end(name)));
  urls = [];
  for (const server of servers) urls.push(`http://127.0.0.1:${(await listen(server, 0, '127.0.0.1')).port}`);
  const nodes = createNodes(urls, 0);
  door = createServer((request: IncomingMessage, response) => {
    nodes.forward(request, response).catch(() => response.writeHead(503).end());
  });
  doorUrl = `http://127.0.0.1:${(await listen(door, 0, '127.0.0.1')).port}`;
  door.once('close', () => nodes.close());
});
afterEach(async () => {
  await closeServer(door);
  await Promise.all(servers.filter(({ listening }) => listening).map(closeServer));
});

async function nodeOf(visit: string): Promise<string> {
  return (await fetch(`${doorUrl}/socket.io/?visit=${visit}`)).text();
}

test('everybody in a visit comes to the same process, and visits spread', async () => {
  const visits = Array.from({ length: 30 }, () => randomUUID());
  const first = await Promise.all(visits.map(nodeOf));
  expect(await Promise.all(visits.map(nodeOf))).toEqual(first);
  expect(new Set(first)).toEqual(new Set(NAMES));
});

test('the visits of a process that is gone go elsewhere, and no others', async () => {
  const visits = Array.from({ length: 30 }, () => randomUUID());
  const before = await Promise.all(visits.map(nodeOf));
  const [north] = servers;
  if (north) await closeServer(north);
  const after = await Promise.all(visits.map(nodeOf));
  for (const [index, name] of before.entries()) {
    if (name === 'north') expect(after[index]).not.toBe('north');
    else expect(after[index]).toBe(name);
  }
});

test('without any process there is an answer', async () => {
  await Promise.all(servers.map(closeServer));
  expect((await fetch(`${doorUrl}/socket.io/?visit=${randomUUID()}`)).status).toBe(503);
});
