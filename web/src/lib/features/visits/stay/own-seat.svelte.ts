import type { Peer, Visit, VisitState, WaitingPosition, Welcome } from '@careconnect/contracts';

/** What the server has told of this person's seat, and of the visit that it is in. */
export class OwnSeat {
  visit: Visit;
  mayJoin = $state(false);
  position = $state.raw<WaitingPosition | null>(null);
  self = $state.raw<Peer | null>(null);
  /** How far this device's clock is behind the server's, in ms. */
  clockLagMs = $state(0);

  constructor(visit: Visit) {
    this.visit = $state.raw(visit);
  }

  welcome({ serverTime, visit, mayJoin, position, self }: Welcome): void {
    this.clockLagMs = Date.parse(serverTime) - Date.now();
    this.visit = visit;
    this.mayJoin = mayJoin;
    this.position = position;
    this.self = self;
  }

  follow({ state, mayJoin }: { readonly state: VisitState; readonly mayJoin: boolean }): void {
    this.visit = { ...this.visit, state };
    this.mayJoin = mayJoin;
  }
}
