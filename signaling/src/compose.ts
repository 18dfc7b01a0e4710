import type { Push, QualitySample, SignalingNode } from '@careconnect/contracts/internal';
import type { Clock, Logger } from '@careconnect/platform';
import type { SignalingMetrics } from './core/signaling-metrics.ts';
import type { VisitHomes } from './cluster/visit-homes.ts';
import type { TicketDesk } from './core/tickets.ts';
import { createChatRequests } from './features/chat/chat-requests.ts';
import { serveDesk } from './features/desk/desk-namespace.ts';
import { createDeskRequests } from './features/desk/desk-requests.ts';
import type { DeskNamespace } from './features/desk/desk-socket.ts';
import { createLoadRelay } from './features/nodes/load-relay.ts';
import { createOwnLoad } from './features/nodes/own-load.ts';
import { createQualityRequests } from './features/quality/quality-requests.ts';
import { LiveSessions } from './features/sessions/live-sessions.ts';
import { watchSessions } from './features/sessions/session-watch.ts';
import { ExpelledSeats } from './features/visits/expelled-seats.ts';
import type { IceServersFor } from './features/visits/ice-servers.ts';
import { createMediaRequests } from './features/visits/media-requests.ts';
import { createRoomMedia } from './features/visits/room-media.ts';
import { RoomRegistry } from './features/visits/room-registry.ts';
import { createSeatArrival } from './features/visits/seat-arrival.ts';
import { serveSeats } from './features/visits/seat-namespace.ts';
import { createSeatRequests } from './features/visits/seat-requests.ts';
import { createSeatSessions } from './features/visits/seat-sessions.ts';
import type { SeatNamespace } from './features/visits/seat-socket.ts';
import { createSfuEvents } from './features/visits/sfu-events.ts';
import { createVisitPushes } from './features/visits/visit-pushes.ts';
import { watchVisits } from './features/visits/visit-watch.ts';
import { DESK_LIMITS, SEAT_LIMITS } from './request-limits.ts';
import type { ApiClient } from './upstream/api-client.ts';
import type { FactsOutbox } from './upstream/facts-outbox.ts';
import type { Outbox } from './upstream/outbox.ts';
import type { RoomListener, SfuPort } from './upstream/sfu-port.ts';

export interface FeatureDeps {
  readonly seats: SeatNamespace;
  readonly desk: DeskNamespace;
  readonly tickets: TicketDesk;
  readonly api: ApiClient;
  readonly sfu: SfuPort;
  readonly facts: FactsOutbox;
  readonly iceServersFor: IceServersFor;
  readonly samples: Outbox<QualitySample>;
  readonly metrics: SignalingMetrics;
  /** Names this process among those of its kind. */
  readonly node: SignalingNode;
  readonly isRunning: () => boolean;
  readonly countSockets: () => number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly homes: VisitHomes;
  readonly graceMs: number;
  readonly lingerMs: number;
  readonly visitCheckMs: number;
  readonly sessionCheckMs: number;
  readonly loadEveryMs: number;
}

export interface Features {
  readonly roomListener: RoomListener;
  readonly accept: (push: Push) => void;
  /** Other processes may have taken visits of this one. */
  reclaim(): void;
  close(): Promise<void>;
}

/** The one place where features are put together. */
export function composeFeatures(deps: FeatureDeps): Features {
  const { api, sfu, facts, samples, tickets, metrics, clock, log } = deps;
  const media = createRoomMedia(sfu, log);
  const registry = new RoomRegistry({ media, api, facts, log, graceMs: deps.graceMs, homes: deps.homes });
  const pushes = createVisitPushes(registry, deps.lingerMs);
  const sessions = new LiveSessions({ clock, log });
  const expelled = new ExpelledSeats(clock);

  serveSeats(deps.seats, {
    registry,
    tickets,
    sessions,
    arrive: createSeatArrival({ registry, api, media, expelled, iceServersFor: deps.iceServersFor, clock }),
    handlers: {
      ...createSeatRequests({ api, registry }),
      ...createMediaRequests(sfu),
      ...createChatRequests({ api, registry }),
      ...createQualityRequests({ sfu, samples, clock, log }),
    },
    limits: SEAT_LIMITS,
    metrics,
    clock,
    log,
    graceMs: deps.graceMs,
  });
  const desk = serveDesk(deps.desk, {
    tickets,
    sessions,
    handlers: createDeskRequests(api),
    limits: DESK_LIMITS,
    metrics,
    clock,
    log,
  });
  sessions.add(createSeatSessions(registry));
  sessions.add(desk);

  let isClosing = false;
  const ownLoad = createOwnLoad({
    node: deps.node,
    registry,
    facts,
    samples,
    countSockets: deps.countSockets,
    isDraining: () => isClosing || !deps.isRunning(),
  });
  const loads = createLoadRelay({ api, own: () => ownLoad.report(), log, everyMs: deps.loadEveryMs });
  const sfuEvents = createSfuEvents({ registry, loads, expelled, metrics });
  metrics.watch(() => ownLoad.counts());

  const stopWatching = [
    watchVisits({ registry, api, pushes, log, everyMs: deps.visitCheckMs }),
    watchSessions({ sessions, api, log, everyMs: deps.sessionCheckMs }),
  ];

  return {
    roomListener: {
      ...sfuEvents,
      'room:lost': (lost) => {
        metrics.rehomed();
        sfuEvents['room:lost'](lost);
      },
    },
    accept(push) {
      switch (push.type) {
        case 'visit.changed':
          return pushes.changed(push);
        case 'queue.changed':
          desk.queueChanged(push);
          return pushes.positioned(push.positions);
        case 'chat.stored':
          return registry.within(push.message.visitId, (room) => room.chat.told(push.message));
        case 'session.ended':
          return sessions.end(push.sessionId);
      }
    },
    reclaim: () => registry.reclaim(),
    async close() {
      for (const stop of stopWatching) stop();
      isClosing = true;
      await loads.close();
      ownLoad.stop();
      await registry.close();
    },
  };
}
