import { expect, test } from 'vitest';
import { bothInRoom } from '../../testing/both-in-room.ts';
import { Harness } from '../../testing/harness.ts';
import { RealSfu } from '../../testing/real-sfu.ts';

test('api hears what this node and the media node carry, and that this one leaves', async () => {
  const sfu = await RealSfu.start();
  const clinic = await Harness.start({ sfuUrls: [sfu.url], loadEveryMs: 100 });
  await bothInRoom(clinic);
  const newest = (kind: 'sfu' | 'signaling') => clinic.api.loads.findLast((load) => load.kind === kind);
  await expect
    .poll(() => newest('signaling'), { timeout: 10_000 })
    .toMatchObject({ node: 'test', isDraining: false, visits: 1, seats: 2, sockets: 2, pendingSamples: 0 });
  await expect.poll(() => newest('sfu'), { timeout: 10_000 }).toMatchObject({ node: 'sfu', seats: 2 });
  expect(newest('sfu')).toHaveProperty('workers.0.cpuShare', expect.any(Number));
  await clinic.close();
  expect(newest('signaling')).toMatchObject({ isDraining: true });
  await sfu.close();
});
