import { expect, test } from 'vitest';
import {
  environmentOfSfu,
  environments,
  inherited,
  SERVICES,
  type EnvironmentParts,
  type ServiceName,
} from './environments.ts';
import type { FrontDoor } from './front-door.ts';

const DOOR: FrontDoor = {
  publicOrigin: 'http://localhost:8080',
  localOrigin: 'http://localhost:8080',
  host: '127.0.0.1',
  port: 8080,
  tls: null,
  rtc: { listenIp: '127.0.0.1', announcedAddress: '127.0.0.1' },
};

const PARTS: EnvironmentParts = {
  databaseUrl: 'postgresql://db',
  secrets: {
    ACCESS_TOKEN_SECRET: 'a',
    JOIN_TICKET_SECRET: 'j',
    SERVICE_SECRET: 's',
    FIELD_ENCRYPTION_KEY: 'f',
    AUDIT_SIGNING_KEY: 's',
  },
  frontDoor: DOOR,
  ports: { sfu: 1, signaling: 2, api: 3 },
  workerBinary: '/worker',
  mailDir: '/mail',
  blobDir: '/attachments',
  auditAnchorFile: '/anchors',
  logLevel: 'info',
  given: {},
};

function whoHas(variable: string): ServiceName[] {
  const all = environments(PARTS);
  return SERVICES.filter((service) => all[service][variable] !== undefined);
}

test('a secret goes to the processes that use it, and to no other', () => {
  expect(whoHas('DATABASE_URL')).toEqual(['api']);
  expect(whoHas('FIELD_ENCRYPTION_KEY')).toEqual(['api']);
  expect(whoHas('AUDIT_SIGNING_KEY')).toEqual(['api']);
  expect(whoHas('ACCESS_TOKEN_SECRET')).toEqual(['api']);
  expect(whoHas('JOIN_TICKET_SECRET')).toEqual(['signaling', 'api']);
  expect(whoHas('SERVICE_SECRET')).toEqual(['sfu', 'signaling', 'api']);
});

test('what somebody set reaches the processes, and a secret only those that use it', () => {
  const given = {
    DATABASE_URL: 'postgresql://db',
    ACCESS_TOKEN_SECRET: 'a',
    FIELD_ENCRYPTION_KEY: 'f',
    AUDIT_SIGNING_KEY: 'k',
    SMTP_URL: 'smtp://me:secret@relay',
    JOIN_TICKET_SECRET: 'j',
    SERVICE_SECRET: 's',
    TURN_SECRET: 't',
    TRUST_PROXY: '1',
  };
  const { TURN_SECRET: _, ...ofApi } = given;
  expect(inherited(given, 'api')).toEqual(ofApi);
  expect(Object.keys(inherited(given, 'signaling'))).toEqual([
    'JOIN_TICKET_SECRET',
    'SERVICE_SECRET',
    'TURN_SECRET',
    'TRUST_PROXY',
  ]);
  expect(Object.keys(inherited(given, 'sfu'))).toEqual(['SERVICE_SECRET', 'TRUST_PROXY']);
  expect(inherited(given, 'web')).toEqual({ TRUST_PROXY: '1' });
});

test('only the front door listens beyond the loopback, and cookies are secure behind TLS', () => {
  const lan = environments({
    ...PARTS,
    frontDoor: {
      ...DOOR,
      publicOrigin: 'https://192.168.1.7:8080',
      host: '0.0.0.0',
      tls: { certFile: '/c', keyFile: '/k' },
      rtc: { listenIp: '0.0.0.0', announcedAddress: '192.168.1.7' },
    },
  });
  expect(lan.web).toMatchObject({ HOST: '0.0.0.0', TLS_CERT_FILE: '/c', TLS_KEY_FILE: '/k' });
  expect([lan.api['API_HOST'], lan.signaling['SIGNALING_HOST'], lan.sfu['SFU_HOST']]).toEqual(
    Array(3).fill('127.0.0.1'),
  );
  expect(lan.api['COOKIE_SECURE']).toBe('1');
  expect(environments(PARTS).api['COOKIE_SECURE']).toBe('0');
  expect(lan.sfu['RTC_ANNOUNCED_ADDRESS']).toBe('192.168.1.7');
});

test('several media servers are all known to signaling, each under a name of its own', () => {
  const all = environments({ ...PARTS, otherSfus: new Map([['sfu-2', 4]]) });
  expect(all.signaling['SFU_URLS']).toBe('http://127.0.0.1:1,http://127.0.0.1:4');
  expect(environmentOfSfu(all.sfu, 'sfu-2', 4)).toMatchObject({
    SFU_NODE: 'sfu-2',
    SFU_PORT: '4',
    SERVICE_SECRET: 's',
  });
});

test('the media address that somebody set has the last word', () => {
  const { sfu } = environments({ ...PARTS, given: { RTC_ANNOUNCED_ADDRESS: 'media.clinic.example' } });
  expect(sfu['RTC_ANNOUNCED_ADDRESS']).toBe('media.clinic.example');
});
