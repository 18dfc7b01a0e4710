import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const DAY_MS = 86_400_000;
/** Apple's devices refuse certificates that live longer than 398 days. */
const LIFETIME_DAYS = 390;
const RENEW_DAYS_BEFORE = 14;

export type CertificateFiles = { certFile: string; keyFile: string };

/** The kept certificate, or a new one when the hosts changed or the old one is about to expire. */
export async function keepCertificate(
  directory: string,
  hosts: readonly string[],
): Promise<CertificateFiles> {
  const files = { certFile: join(directory, 'lan.crt'), keyFile: join(directory, 'lan.key') };
  const names = [...new Set(['localhost', '127.0.0.1', ...hosts])];
  if (isUsable(files, names)) return files;
  const { cert, private: key } = await generate(
    [{ name: 'commonName', value: 'CareConnect on this network' }],
    {
      keyType: 'ec',
      algorithm: 'sha256',
      notAfterDate: new Date(Date.now() + LIFETIME_DAYS * DAY_MS),
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
        },
      ],
    },
  );
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(files.keyFile, key, { mode: 0o600 });
  writeFileSync(files.certFile, cert);
  return files;
}

function isUsable({ certFile, keyFile }: CertificateFiles, names: readonly string[]): boolean {
  if (!existsSync(certFile) || !existsSync(keyFile)) return false;
  const certificate = new X509Certificate(readFileSync(certFile));
  if (certificate.validToDate.getTime() - Date.now() < RENEW_DAYS_BEFORE * DAY_MS) return false;
  return names.every(
    (name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined,
  );
}
