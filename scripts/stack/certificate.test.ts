import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../lib/temporary-directory.ts';
import { keepCertificate } from './certificate.ts';

test('keeps a certificate while the addresses stay, and makes a new one when they change', async () => {
  const directory = temporaryDirectory();
  const { certFile, keyFile } = await keepCertificate(directory, ['192.168.1.7']);
  const first = readFileSync(certFile, 'utf8');
  const certificate = new X509Certificate(first);
  expect(certificate.checkIP('192.168.1.7')).toBe('192.168.1.7');
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(statSync(keyFile).mode & 0o077).toBe(0);

  await keepCertificate(directory, ['192.168.1.7']);
  expect(readFileSync(certFile, 'utf8')).toBe(first);

  await keepCertificate(directory, ['10.0.0.3']);
  expect(new X509Certificate(readFileSync(certFile)).checkIP('10.0.0.3')).toBe('10.0.0.3');
});
