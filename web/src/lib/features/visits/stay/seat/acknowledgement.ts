import { SocketError } from '@careconnect/contracts';
import { z } from 'zod';
import { RequestError } from './request-error.ts';

const Envelope = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: SocketError }),
]);

/** The data of an acknowledgement. @throws RequestError with the server's code when it was refused */
export function readAck<Response extends z.ZodType>(answer: unknown, response: Response): z.output<Response> {
  const envelope = Envelope.parse(answer);
  if (!envelope.ok) throw RequestError.refused(envelope.error);
  return response.parse(envelope.data);
}
