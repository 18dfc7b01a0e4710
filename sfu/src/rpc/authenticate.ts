import type { SocketError } from '@careconnect/contracts';
import type { ServiceTokens } from '@careconnect/platform';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const Handshake = z.strictObject({ token: z.string().min(1).max(4096) });

/** A handshake refusal as Socket.IO hands it to the client: `connect_error` with the error in `data`. */
export type Refusal = Error & { data: SocketError };

/**
 * Only signaling may drive media, and it proves itself with a service token made for this process.
 * @returns null when the caller is welcome
 */
export async function refuseStrangers(auth: unknown, tokens: ServiceTokens): Promise<Refusal | null> {
  const handshake = Handshake.safeParse(auth);
  if (!handshake.success) return refusal('UNAUTHENTICATED', 'A service token is needed to drive media.');
  const caller = await tokens.verify(handshake.data.token, 'sfu');
  if (caller === null) return refusal('UNAUTHENTICATED', 'The service token is not good for media.');
  if (caller !== 'signaling') return refusal('FORBIDDEN', 'Only signaling may drive media.');
  return null;
}

function refusal(code: SocketError['code'], message: string): Refusal {
  return Object.assign(new Error(message), { data: { code, message, requestId: randomUUID() } });
}
