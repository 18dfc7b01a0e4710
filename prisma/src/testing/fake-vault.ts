import { randomBytes, createSecretKey } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { seal, unseal } from '../aes-gcm.ts';

export interface FakeVault {
  readonly address: string;
  readonly token: string;
  /** As `vault write -f transit/keys/<key>/rotate`. */
  rotate(): void;
  close(): Promise<void>;
}

interface TransitBody {
  readonly plaintext?: string;
  readonly ciphertext?: string;
  readonly associated_data?: string;
}

const TRANSIT = /^\/v1\/transit\/(encrypt|decrypt)\/([\w-]+)$/;

/** Speaks as the transit engine of HashiCorp Vault does, for one key named `clinic`; its keys are in memory only. */
export async function startFakeVault(): Promise<FakeVault> {
  const token = randomBytes(16).toString('hex');
  const keys = [createSecretKey(randomBytes(32))];

  function answer(request: IncomingMessage, body: TransitBody): readonly [number, unknown] {
    if (request.headers['x-vault-token'] !== token) return [403, { errors: ['permission denied'] }];
    const [, operation, name] = TRANSIT.exec(request.url ?? '') ?? [];
    if (request.method !== 'POST' || !operation) return [404, { errors: [] }];
    if (name !== 'clinic') return [400, { errors: ['encryption key not found'] }];
    const context = Buffer.from(body.associated_data ?? '', 'base64');
    if (operation === 'encrypt') return [200, { data: encrypt(context, body.plaintext ?? '') }];
    const [, version, payload = ''] = /^vault:v(\d+):(.+)$/.exec(body.ciphertext ?? '') ?? [];
    const key = keys[Number(version) - 1];
    if (!key) return [400, { errors: ['invalid ciphertext: no prefix'] }];
    try {
      const plain = unseal(key, context, Buffer.from(payload, 'base64'));
      return [200, { data: { plaintext: plain.toString('base64') } }];
    } catch {
      return [400, { errors: ['cipher: message authentication failed'] }];
    }
  }

  function encrypt(context: Buffer, plaintext: string) {
    const version = keys.length;
    const key = keys[version - 1] ?? createSecretKey(randomBytes(32));
    const sealed = seal(key, context, Buffer.from(plaintext, 'base64')).toString('base64');
    return { ciphertext: `vault:v${version}:${sealed}`, key_version: version };
  }

  const server = createServer((request, response) => {
    void (async () => {
      const [status, body] = answer(request, (await json(request)) as TransitBody);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    rotate: () => void keys.push(createSecretKey(randomBytes(32))),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
