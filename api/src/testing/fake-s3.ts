import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface FakeS3 {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  close(): Promise<void>;
}

const ACCESS_KEY_ID = 'AKIDEXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const SIGNED =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** PUT, ranged GET and DELETE of S3 for one account, in memory; every signature is computed anew and held to. */
export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    if (!isSigned(request, body))
      return void response.writeHead(403).end('<Code>SignatureDoesNotMatch</Code>');
    const path = request.url ?? '';
    const stored = objects.get(path);
    if (request.method === 'PUT') {
      objects.set(path, body);
      response.writeHead(200).end();
    } else if (request.method === 'DELETE') {
      objects.delete(path);
      response.writeHead(204).end();
    } else if (!stored) response.writeHead(404).end('<Code>NoSuchKey</Code>');
    else sendPart(response, stored, request.headers.range ?? '');
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accessKeyId: ACCESS_KEY_ID,
    secretAccessKey: SECRET,
    objects,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function sendPart(response: ServerResponse, stored: Buffer, range: string): void {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (first === undefined) return void response.writeHead(200).end(stored);
  const part = stored.subarray(Number(first), Number(last) + 1);
  response.writeHead(206, { 'content-length': part.length }).end(part);
}

/** docs.aws.amazon.com, "Create a signed AWS API request". */
function isSigned({ method, url = '', headers }: IncomingMessage, body: Buffer): boolean {
  const [, keyId, day = '', region = '', signedHeaders = '', signature] =
    SIGNED.exec(headers.authorization ?? '') ?? [];
  const payloadHash = String(headers['x-amz-content-sha256']);
  const isBody = method !== 'PUT' || payloadHash === sha256(body);
  const [path = '', query = ''] = url.split('?');
  const canonicalHeaders = signedHeaders
    .split(';')
    .map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, path, query, canonicalHeaders.join(''), signedHeaders, payloadHash].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${SECRET}`));
  return keyId === ACCESS_KEY_ID && isBody && hmac(key, toSign).toString('hex') === signature;
}

function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
