import type { SocketError } from '@careconnect/contracts';
import type { ServiceName, ServiceTokens } from '@careconnect/platform';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const Handshake = z.strictObject({ token: z.string().min(1).max(4096) });

/** A handshake refusal as Socket.IO hands it to the client: `connect_error` with the error in `data`. */
export type Refusal = Error & { data: SocketError };

const REFUSED = {
  signaling: 'Only signaling may drive media.',
  sfu: 'Only another media server may have parts of its rooms carried.',
} as const satisfies Partial<Record<ServiceName, string>>;

/**
 * Only one kind of process is welcome, and it proves itself with a service token made for this one.
 * @returns null when the caller is welcome
 */
export async function refuseStrangers(
  auth: unknown,
  tokens: ServiceTokens,
  welcome: keyof typeof REFUSED,
): Promise<Refusal | null> {
  const handshake = Handshake.safeParse(auth);
  if (!handshake.success) return refusal('UNAUTHENTICATED', 'A service token is needed to drive media.');
  const caller = await tokens.verify(handshake.data.token, 'sfu');
  if (caller === null) return refusal('UNAUTHENTICATED', 'The service token is not good for media.');
  return caller === welcome ? null : refusal('FORBIDDEN', REFUSED[welcome]);
}

function refusal(code: SocketError['code'], message: string): Refusal {
  return Object.assign(new Error(message), { data: { code, message, requestId: randomUUID() } });
}
