import { ConfigError, readConfig } from '@careconnect/platform';
import { describe, expect, test } from 'vitest';
import { SignalingConfig } from './config.ts';

const SECRET = 'a secret for tests that is long enough';
const ENV = {
  SIGNALING_PORT: '4100',
  API_URL: 'http://127.0.0.1:4000',
  SFU_URLS: 'http://127.0.0.1:4300',
  PUBLIC_ORIGIN: 'https://care.example.org',
  SERVICE_SECRET: SECRET,
  JOIN_TICKET_SECRET: SECRET,
};

function read(env: NodeJS.ProcessEnv): SignalingConfig {
  return readConfig(SignalingConfig, { ...ENV, ...env });
}

describe('SFU nodes', () => {
  test('are one, or several', () => {
    expect(read({}).SFU_URLS).toEqual(['http://127.0.0.1:4300']);
    const SFU_URLS = 'http://10.0.0.1:4300, http://10.0.0.2:4300';
    expect(read({ SFU_URLS }).SFU_URLS).toEqual(['http://10.0.0.1:4300', 'http://10.0.0.2:4300']);
  });

  test.each(['', 'http://10.0.0.1:4300,', 'here', 'http://10.0.0.1:4300,http://10.0.0.1:4300'])(
    'are refused as "%s"',
    (SFU_URLS) => expect(() => read({ SFU_URLS })).toThrow(/SFU_URLS/),
  );
});

describe('relays', () => {
  test('are nobody’s duty', () => {
    const { TURN_URLS, TURN_SECRET } = read({});
    expect([TURN_URLS, TURN_SECRET]).toEqual([undefined, undefined]);
  });

  test('are named one after another', () => {
    const TURN_URLS = 'turn:turn.example.org, turns:[2001:db8::7]:443?transport=tcp';
    expect(read({ TURN_URLS, TURN_SECRET: SECRET }).TURN_URLS).toEqual([
      'turn:turn.example.org',
      'turns:[2001:db8::7]:443?transport=tcp',
    ]);
  });

  test.each([
    ['no secret', { TURN_URLS: 'turn:turn.example.org' }],
    ['no address', { TURN_SECRET: SECRET }],
  ])('with %s say that they need both', (_what, env) => {
    expect(() => read(env)).toThrow(ConfigError);
    expect(() => read(env)).toThrow(/TURN_URLS, TURN_SECRET: must both be set, or neither/);
  });

  test.each([
    'turn.example.org',
    'https://turn.example.org',
    'stun:turn.example.org',
    'turn:',
    'turn:turn.example.org:port',
    'turn:turn.example.org?transport=tls',
    // Browsers have no DTLS for relays.
    'turns:turn.example.org?transport=udp',
    'turn:turn.example.org,',
  ])('are refused as %s, which browsers do not understand', (TURN_URLS) => {
    expect(() => read({ TURN_URLS, TURN_SECRET: SECRET })).toThrow(/TURN_URLS\.\d: must be like turn:/);
  });

  test('with a short secret are refused without it being told', () => {
    const short = () => read({ TURN_URLS: 'turn:turn.example.org', TURN_SECRET: 'hush' });
    expect(short).toThrow(/TURN_SECRET: must have at least 32 characters/);
    expect(short).not.toThrow(/hush/);
  });
});
