import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClamd } from '../../../scripts/stack/test-clamd.ts';
import { EICAR, startFakeClamd } from '../testing/fake-clamd.ts';
import { createClamd, type VirusScanner } from './virus-scanner.ts';

const NAME = 'Eicar-Test-Signature';

const DAEMONS = [
  ['a daemon that speaks as clamd does', false, () => startFakeClamd()],
  [
    'clamd of this machine (skipped without: apt-get install clamav-daemon, or CLAMD_BIN)',
    TestClamd.program() === null,
    () => TestClamd.start(NAME, EICAR.toString('latin1')),
  ],
] as const;

describe.each(DAEMONS)('%s', (_what, isMissing, start) => {
  describe.skipIf(isMissing)('', { timeout: 30_000 }, () => {
    let daemon: Awaited<ReturnType<typeof start>>;
    let scanner: VirusScanner;
    beforeAll(async () => {
      daemon = await start();
      scanner = createClamd(daemon);
    });
    afterAll(() => daemon.close());

    test('finds the test file of EICAR, by itself and within a larger file', async () => {
      expect(await scanner.scan(EICAR)).toMatchObject({ isClean: false });
      const hidden = Buffer.concat([Buffer.alloc(200_000, 1), EICAR, Buffer.alloc(100, 1)]);
      expect(await scanner.scan(hidden)).toEqual({
        isClean: false,
        found: expect.stringContaining('Eicar') as unknown,
      });
    });

    test('finds nothing in what is clean, whatever its size', async () => {
      for (const size of [0, 1, 64 * 1024, 8 * 1024 * 1024]) {
        expect(await scanner.scan(randomBytes(size)), `${size} bytes`).toEqual({ isClean: true });
      }
    });

    test('of several files at once each has its own answer', async () => {
      const files = Array.from({ length: 6 }, (_none, index) => (index % 2 ? EICAR : randomBytes(100_000)));
      const results = await Promise.all(files.map((file) => scanner.scan(file)));
      expect(results.map(({ isClean }) => isClean)).toEqual([true, false, true, false, true, false]);
    });
  });
});

test('a scanner that is away, or cannot tell, has found nothing clean', async () => {
  const daemon = await startFakeClamd();
  const scanner = createClamd(daemon);
  await expect(scanner.scan(randomBytes(10 * 1024 * 1024))).rejects.toThrow(/size limit exceeded/);
  daemon.setAway(true);
  await expect(scanner.scan(Buffer.from('x'))).rejects.toThrow();
  await daemon.close();
  await expect(scanner.scan(Buffer.from('x'))).rejects.toThrow(/ECONNREFUSED/);
});
