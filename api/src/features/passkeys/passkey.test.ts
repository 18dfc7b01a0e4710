import { describe, expect, it } from 'vitest';
import { relyingPartyOf } from './passkey.ts';

describe('the domain that passkeys are made for', () => {
  it.each([
    ['https://clinic.example', 'clinic.example'],
    ['https://care.clinic.example:8443', 'care.clinic.example'],
    ['http://localhost:8080', 'localhost'],
  ])('of %s is %s', (origin, id) => {
    expect(relyingPartyOf(origin)).toEqual({ id, name: 'CareConnect', origin });
  });

  it.each([
    'https://192.168.1.20:8080',
    'https://[fd00::1]:8080',
    'http://127.0.0.1:8080',
    'http://clinic.example',
  ])('is none at %s', (origin) => expect(relyingPartyOf(origin)).toBeNull());
});
