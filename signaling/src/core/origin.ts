import type { IncomingMessage } from 'node:http';

/**
 * Whether a page of this origin may open a socket. Browsers always send `Origin` with a WebSocket;
 * native clients send none and are let through to the ticket.
 */
export function isOwnOrigin(request: IncomingMessage, publicOrigin: string): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || origin === publicOrigin) return true;
  // The same front door under another name, such as the machine's address on the local network.
  const forwarded = request.headers['x-forwarded-host'];
  const originHost = hostOf(origin);
  return originHost !== null && (originHost === host || originHost === forwarded);
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
