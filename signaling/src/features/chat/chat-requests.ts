import type { RequestHandlers, seatRequests } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';
import type { ApiClient } from '../../upstream/api-client.ts';
import type { RoomRegistry } from '../visits/room-registry.ts';
import type { SeatedPage } from '../visits/seated-page.ts';
import { visitErrors } from '../visits/visit-errors.ts';

type ChatHandlers = Pick<RequestHandlers<typeof seatRequests, SeatedPage>, 'chat:send' | 'chat:since'>;

export interface ChatRequestDeps {
  readonly api: Pick<ApiClient, 'storeMessage'>;
  readonly registry: RoomRegistry;
}

/** Words in a visit: stored by api first, then acknowledged, then shown to the others. */
export function createChatRequests({ api, registry }: ChatRequestDeps): ChatHandlers {
  return {
    'chat:send': async ({ room, seat }, draft) => {
      if (!seat.isInRoom) throw visitErrors.notInRoom();
      const message = await api.storeMessage(room.seats.keyOf(seat.id), draft);
      registry.within(room.id, (live) => live.chat.stored(message));
      return message;
    },

    'chat:since': async ({ room, seat }, { afterSequence }) => {
      if (!seat.isInRoom) throw visitErrors.notInRoom();
      // An incomplete list would look like a complete one.
      if (!(await room.chat.load())) throw notLoaded();
      return { messages: await room.chat.pageAfter(afterSequence) };
    },
  };
}

function notLoaded(): AppError {
  return new AppError('UPSTREAM_UNAVAILABLE', 'The messages cannot be loaded just now. Please try again.');
}
