import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { closeServer, createLogger, listen, type Listening } from '@careconnect/platform';
import { afterEach, expect, test } from 'vitest';
import { forwardUpgrades } from './forward-upgrade.ts';
import { ONLY_HOME, type Home } from './visit-homes.ts';

const log = createLogger({ name: 'test', level: 'silent' });
const open: Server[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map(closeServer));
});

/** A process that takes every page that stays with it, under its own name. */
async function aProcess(name: string): Promise<{ server: Server; url: string; port: number }> {
  const server = createServer();
  server.on('upgrade', (_request, socket) => {
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n${name}`,
    );
  });
  open.push(server);
  const { port } = await listen(server, 0, '127.0.0.1');
  return { server, url: `http://127.0.0.1:${port}`, port };
}

interface Arrival {
  readonly visit?: string;
  readonly header?: string;
  readonly listening?: Listening;
}

/** Asks a process to be let in, as a page does. */
function knock(port: number, { visit = randomUUID(), header = '' }: Arrival = {}): Socket {
  const socket = connect(port, '127.0.0.1');
  const upgrade = `host: near\r\nconnection: Upgrade\r\nupgrade: websocket\r\n${header}\r\n`;
  socket.write(`GET /socket.io/?visit=${visit} HTTP/1.1\r\n${upgrade}`);
  return socket;
}

/** Comes to one process with a visit that another serves; answers who took the page, and who was buried. */
async function arrive({ listening = 'yes', ...page }: Arrival) {
  const [near, far] = [await aProcess('near'), await aProcess('far')];
  const buried: Home[] = [];
  const home = { process: 'far', url: far.url };
  const homes = {
    claim: () => Promise.resolve(home),
    findElsewhere: () => Promise.resolve(home),
    release: () => Promise.resolve(),
    bury: async (dead: Home) => void buried.push(dead),
  };
  forwardUpgrades(near.server, homes, log, () => Promise.resolve(listening));
  const socket = knock(near.port, page).setEncoding('latin1');
  let answer = '';
  socket.on('data', (text: string) => (answer += text));
  await once(socket, 'close');
  return { answer, buried };
}

test('a page is taken to the process that serves its visit', async () => {
  expect((await arrive({})).answer).toMatch(/far$/);
});

test.each([
  ['names no visit that there could be', { visit: '../elsewhere' }],
  ['was sent by a sibling already', { header: 'x-careconnect-hop: 1\r\n' }],
] as const)('a page that %s stays where it is', async (_what, arrival) => {
  expect((await arrive(arrival)).answer).toMatch(/near$/);
});

test('a process that refuses is dead, and its page stays; one that is merely silent is not', async () => {
  const refused = await arrive({ listening: 'refused' });
  expect(refused.answer).toMatch(/near$/);
  expect(refused.buried).toMatchObject([{ process: 'far' }]);
  expect(await arrive({ listening: 'silent' })).toMatchObject({ buried: [] });
});

test('a page that resets its connection while its visit is looked for harms nobody', async () => {
  const near = await aProcess('near');
  const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<null>()];
  const findElsewhere = () => {
    asked.resolve();
    return answer.promise;
  };
  forwardUpgrades(near.server, { ...ONLY_HOME, findElsewhere }, log);
  const arriving = once(near.server, 'connection') as Promise<[Socket]>;
  const page = knock(near.port);
  const [arrived] = await arriving;
  await asked.promise;
  const closed = new Promise((resolve) => arrived.once('close', resolve));
  page.resetAndDestroy();
  await closed;
  answer.resolve(null);
  expect((await arrive({})).answer).toMatch(/far$/);
});
