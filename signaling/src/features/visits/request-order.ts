import type { VisitId } from '@careconnect/contracts';
import type { RoomRegistry } from './room-registry.ts';
import type { SeatRequestName } from './seat-contract.ts';

/**
 * What a request has to wait for. `visit`: it changes who sees whom, so it takes its turn among
 * arrivals, admissions and pushes. `chat`: messages are stored in the order they were sent.
 * `nothing`: it concerns only the seat's own media, and the SFU orders that.
 */
const ORDER = {
  'seat:check-in': 'visit',
  'seat:join': 'visit',
  'seat:ping': 'nothing',
  'seat:leave': 'visit',
  'transport:connect': 'nothing',
  'transport:restart-ice': 'nothing',
  'media:renew': 'visit',
  'media:arrived': 'visit',
  'producer:create': 'visit',
  'producer:set-paused': 'nothing',
  'producer:close': 'nothing',
  'consumer:set-paused': 'nothing',
  'consumer:set-layers': 'nothing',
  'chat:send': 'chat',
  'chat:since': 'chat',
  'quality:report': 'nothing',
} as const satisfies Record<SeatRequestName, 'visit' | 'chat' | 'nothing'>;

export function createRequestOrder(registry: RoomRegistry) {
  return async function inOrder(
    visitId: VisitId,
    name: SeatRequestName,
    answer: () => Promise<void>,
  ): Promise<void> {
    switch (ORDER[name]) {
      case 'visit':
        return registry.run(visitId, answer);
      case 'chat':
        return registry.runChat(visitId, answer);
      case 'nothing':
        return answer();
    }
  };
}
