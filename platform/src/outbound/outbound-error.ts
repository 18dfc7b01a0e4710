/** Why an address was not asked, or its answer not taken. */
export type OutboundRefusal =
  | 'malformed'
  | 'scheme'
  | 'credentials'
  | 'port'
  | 'unresolved'
  | 'address'
  | 'redirect'
  | 'too-large'
  | 'timeout'
  | 'unreachable';

/** Names the host and nothing else of the address, whose path and query may hold a secret. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  readonly refusal: OutboundRefusal;

  constructor(refusal: OutboundRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.refusal = refusal;
  }
}

export const outboundErrors = {
  malformed: () => new OutboundError('malformed', 'This is not an address.'),
  scheme: (host: string) => new OutboundError('scheme', `${host} is only asked over https.`),
  credentials: (host: string) =>
    new OutboundError('credentials', `The address of ${host} must not hold a name or a password.`),
  port: (host: string) => new OutboundError('port', `${host} is not asked on this port.`),
  unresolved: (host: string, cause?: unknown) =>
    new OutboundError('unresolved', `${host} leads nowhere.`, { cause }),
  address: (host: string) => new OutboundError('address', `${host} leads to an inner network.`),
  redirect: (host: string) => new OutboundError('redirect', `${host} sends on to another address.`),
  tooLarge: (host: string) => new OutboundError('too-large', `${host} answers with too much.`),
  timeout: (host: string, cause: unknown) =>
    new OutboundError('timeout', `${host} takes too long.`, { cause }),
  unreachable: (host: string, cause: unknown) =>
    new OutboundError('unreachable', `${host} does not answer.`, { cause }),
};
