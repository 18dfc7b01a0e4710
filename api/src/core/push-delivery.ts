import { internalSignalingEndpoints, PUSH_STREAM, PUSH_STREAM_FIELD } from '@careconnect/contracts/internal';
import type { CallService } from '@careconnect/platform';
import type { Redis } from '@careconnect/platform/redis';
import type { DeliverPushes } from './push-port.ts';

/** How long a signaling node may be cut off and still hear of everything. They hold names: no longer than needed. */
const KEPT_MS = 5 * 60_000;

/** To the one signaling process there is. */
export function pushToSignaling(callService: CallService): DeliverPushes {
  return async (pushes) => {
    await callService(internalSignalingEndpoints.push, { body: { pushes: [...pushes] } });
  };
}

/** To every signaling node, through a Redis stream that each reads at its own pace. */
export function pushToStream(redis: Redis): DeliverPushes {
  return async (pushes) => {
    const batch = redis.multi();
    for (const push of pushes)
      batch.xAdd(PUSH_STREAM, '*', { [PUSH_STREAM_FIELD]: JSON.stringify(push) }, trim());
    await batch.exec();
  };
}

function trim() {
  const threshold = Date.now() - KEPT_MS;
  return { TRIM: { strategy: 'MINID', strategyModifier: '~', threshold } } as const;
}
