import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { Harness } from './harness.ts';
import { RealSfu } from './real-sfu.ts';

/**
 * A clinic for each test, on a media server that they share.
 * @param take - gets it before the test
 */
export function clinicOnMedia(
  take: (clinic: Harness) => void,
  options: Parameters<typeof Harness.start>[0] = {},
): void {
  let sfu: RealSfu;
  let clinic: Harness;
  beforeAll(async () => {
    sfu = await RealSfu.start();
  });
  afterAll(() => sfu.close());
  beforeEach(async () => {
    clinic = await Harness.start({ ...options, sfuUrls: [sfu.url] });
    take(clinic);
  });
  afterEach(() => clinic.close());
}
