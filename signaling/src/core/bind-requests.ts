import { randomUUID } from 'node:crypto';
import type { Ack, RequestHandlers, RequestTable } from '@careconnect/contracts';
import { AppError, toFieldIssues, toSocketError, type Logger } from '@careconnect/platform';
import type { RequestLimiter } from './request-limiter.ts';
import type { RequestMetrics } from './signaling-metrics.ts';

/** The part of a Socket.IO socket that requests come through. */
export interface RequestSource {
  onAny(listener: (event: string, ...args: unknown[]) => void): unknown;
  disconnect(close?: boolean): unknown;
}

export interface BindOptions<T extends RequestTable, Context> {
  readonly requests: T;
  readonly handlers: RequestHandlers<T, Context>;
  /** Asked at the moment a request is handled; throws when the socket has lost its say. */
  readonly context: () => Context;
  /**
   * Decides when `answer` runs. It handles and acknowledges in one go and never rejects, so that what
   * is scheduled after it cannot overtake the acknowledgement.
   */
  readonly schedule?: (name: keyof T & string, answer: () => Promise<void>) => Promise<void>;
  readonly limiter: Pick<RequestLimiter, 'allows' | 'isFlooded'>;
  readonly metrics: RequestMetrics;
  readonly log: Logger;
}

type Acknowledge = (answer: Ack<unknown>) => void;
type AnyHandler<Context> = (context: Context, payload: unknown) => Promise<unknown>;

/**
 * Binds an exhaustive handler table to a socket. Every request, known or not, well-formed or not, gets
 * exactly one typed acknowledgement if it asked for one, and nothing that is sent can throw.
 */
export function bindRequests<T extends RequestTable, Context>(
  socket: RequestSource,
  { requests, handlers, context, schedule, limiter, metrics, log }: BindOptions<T, Context>,
): void {
  async function handle(name: keyof T & string, args: readonly unknown[]): Promise<unknown> {
    const payload = requests[name]?.payload.safeParse(args[0]);
    if (!payload?.success || args.length !== 1) {
      const issues = payload?.error ? toFieldIssues(payload.error) : [];
      throw new AppError('VALIDATION_FAILED', 'This request was not understood.', { issues });
    }
    return (handlers[name] as AnyHandler<Context>)(context(), payload.data);
  }

  async function answer(
    event: string,
    acknowledge: Acknowledge,
    work: () => Promise<unknown>,
  ): Promise<void> {
    const requestId = randomUUID();
    const stopTimer = metrics.start(event);
    try {
      acknowledge({ ok: true, data: await work() });
      stopTimer('ok');
    } catch (error) {
      const refusal = toSocketError(error, requestId);
      if (refusal.code === 'INTERNAL') log.error({ err: error, event, requestId }, 'a request failed');
      acknowledge({ ok: false, error: refusal });
      stopTimer(refusal.code);
    }
  }

  socket.onAny((event, ...args) => {
    const acknowledge = takeAcknowledge(args);
    const name = isRequest(requests, event) ? event : null;
    if (!limiter.allows(event)) {
      void answer(name ?? 'unknown', acknowledge, () => Promise.reject(tooFast()));
      if (limiter.isFlooded()) socket.disconnect(true);
      return;
    }
    if (name === null) return void answer('unknown', acknowledge, () => Promise.reject(unknownEvent()));
    const work = () => answer(name, acknowledge, () => handle(name, args));
    void (schedule ? schedule(name, work) : work());
  });
}

function isRequest<T extends RequestTable>(requests: T, event: string): event is keyof T & string {
  return Object.hasOwn(requests, event);
}

/** Takes the acknowledgement off the end of the arguments; one that was not asked for goes nowhere. */
function takeAcknowledge(args: unknown[]): Acknowledge {
  const last = args.at(-1);
  if (typeof last !== 'function') return () => undefined;
  args.pop();
  return last as Acknowledge;
}

function tooFast(): AppError {
  return new AppError('RATE_LIMITED', 'That was a lot at once. Please wait a moment and try again.');
}

function unknownEvent(): AppError {
  return new AppError('UNKNOWN_EVENT', 'This server does not know that request.');
}
