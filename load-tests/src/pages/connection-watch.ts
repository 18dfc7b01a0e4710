import type { BrowserContext } from 'playwright-core';

/** The name under which a page keeps every connection that it has made, also those that it has closed. */
export const CONNECTIONS = 'watchedConnections';

/** Keeps hold of every connection that pages of this profile make from now on. */
export function watchConnections(context: BrowserContext): Promise<unknown> {
  return context.addInitScript((kept) => {
    const connections: RTCPeerConnection[] = [];
    Object.assign(globalThis, { [kept]: connections });
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    };
  }, CONNECTIONS);
}
