import { IceServer, SeatId } from '@careconnect/contracts';
import { describe, expect, test } from 'vitest';
import { createIceServers, createTurnCredential } from './ice-servers.ts';

const SECRET = 'a secret for tests that is long enough';
const SEAT = SeatId.parse('0199c1a2-7b1e-7c3d-8e4f-0123456789ab');
const NOW = new Date('2026-11-22T08:00:00.900Z');
const clock = { now: () => NOW };

test('a credential is what a relay computes from the same name and secret', () => {
  // printf %s 1700000000:0199c1a2-… | openssl dgst -sha1 -hmac 'a secret for …' -binary | base64
  expect(
    createTurnCredential({ secret: SECRET, seatId: SEAT, expiresAt: new Date(1_700_000_000_000) }),
  ).toEqual({ username: `1700000000:${SEAT}`, credential: '5OM3kVvQQE+x2C57jeK9oFzxZsA=' });
});

describe('what a seat is told of relays', () => {
  const urls = [
    'turn:turn.example.org:3478?transport=udp',
    'turns:turn.example.org:443?transport=tcp',
  ] as const;

  test('is good for twelve hours from now, in whole seconds', () => {
    const [server, ...others] = createIceServers({ urls, secret: SECRET }, clock)(SEAT);
    expect(others).toEqual([]);
    expect(server).toMatchObject({ urls, username: `${Date.UTC(2026, 10, 22, 20) / 1_000}:${SEAT}` });
    expect(IceServer.parse(server)).toEqual(server);
  });

  test('is nothing where there are none', () => {
    expect(createIceServers(null, clock)(SEAT)).toEqual([]);
  });
});
