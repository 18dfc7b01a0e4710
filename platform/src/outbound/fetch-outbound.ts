import { lookup as lookUp } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { OutboundError, outboundErrors } from './outbound-error.ts';
import { readTarget, type OutboundTarget } from './outbound-rules.ts';

export interface OutboundOptions {
  /** What the operator opens besides public addresses: `host`, `host:port`, an address, or a network in CIDR. */
  readonly allowed?: readonly string[];
  /** Ports that anybody may name. Default 443 alone. */
  readonly ports?: readonly number[];
  /** For the whole answer. Default 10 s. */
  readonly timeoutMs?: number;
  /** Of the answer's body. Default 1 MiB. */
  readonly maxBytes?: number;
  /** Authorities of the operator's own, in PEM, in place of the public ones. */
  readonly ca?: string;
  /** Every address of a name; the system's resolver unless told. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

export interface OutboundQuestion {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Asks an address that came from a person or a setting of a tenant. Rejects with an {@link OutboundError}. */
export type FetchOutbound = (address: string, question?: OutboundQuestion) => Promise<OutboundAnswer>;

const DEFAULTS = { allowed: [], ports: [443], timeoutMs: 10_000, maxBytes: 1024 * 1024, resolve } as const;

/**
 * A `fetch` that nobody can send into our own network (server-side request forgery): it looks a name up once, holds all
 * its addresses against the rules, and connects to those, so that a name which leads elsewhere a moment later gains
 * nothing. It follows no redirect, keeps no connection, and knows no proxy.
 */
export function createFetchOutbound(given: OutboundOptions = {}): FetchOutbound {
  const options = { ...DEFAULTS, ...given };

  return async (address, question = {}) => {
    const target = readTarget(address, options);
    const signal = AbortSignal.timeout(options.timeoutMs);
    try {
      const addresses = await within(signal, addressesOf(target, options.resolve));
      target.check(addresses);
      const agent = new Agent({
        connect: { lookup: answering(addresses), ...(options.ca === undefined ? {} : { ca: options.ca }) },
      });
      try {
        return await ask(agent, target, question, { signal, maxBytes: options.maxBytes });
      } finally {
        await agent.destroy();
      }
    } catch (cause) {
      if (cause instanceof OutboundError) throw cause;
      if (signal.aborted) throw outboundErrors.timeout(target.host, cause);
      throw outboundErrors.unreachable(target.host, cause);
    }
  };
}

interface AskOptions {
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

async function ask(
  agent: Dispatcher,
  { url, host }: OutboundTarget,
  { method = 'GET', headers = {}, body }: OutboundQuestion,
  { signal, maxBytes }: AskOptions,
): Promise<OutboundAnswer> {
  const answer = await agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers,
    body: body ?? null,
    signal,
  });
  if (answer.statusCode >= 300 && answer.statusCode < 400) throw outboundErrors.redirect(host);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw outboundErrors.tooLarge(host);
    chunks.push(chunk);
  }
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) };
}

async function addressesOf({ host }: OutboundTarget, resolve: (host: string) => Promise<readonly string[]>) {
  if (isIP(host) !== 0) return [host];
  return resolve(host).catch((cause: unknown) => {
    throw outboundErrors.unresolved(host, cause);
  });
}

async function resolve(host: string): Promise<readonly string[]> {
  return (await lookUp(host, { all: true })).map(({ address }) => address);
}

/** What was looked up already, to whoever connects. */
function answering(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all }, answer) => {
    const [first] = found;
    if (all === true) answer(null, found);
    else answer(null, first?.address ?? '', first?.family);
  };
}

function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  return Promise.race([work, promise]);
}
