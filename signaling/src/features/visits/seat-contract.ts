import type { PushEvents, seatEvents, seatRequests } from '@careconnect/contracts';

/** What a page in a seat may be told. */
export type SeatPushes = PushEvents<typeof seatEvents>;

/** What a page in a seat may ask. */
export type SeatRequestName = keyof typeof seatRequests;
