import type {
  CsvText,
  EndpointBody,
  EndpointContract,
  EndpointParams,
  EndpointQuery,
  EndpointResponse,
  FhirBundle,
  FhirNdjson,
} from '@careconnect/contracts';
import type { z } from 'zod';
import type { ContextFor, RequestContext } from './request-context.ts';

export interface EndpointInput<E extends EndpointContract> {
  readonly params: EndpointParams<E>;
  readonly query: EndpointQuery<E>;
  readonly body: EndpointBody<E>;
}

/** A table or a bundle goes out piece by piece, as it is made; everything else is parsed by the contract before it leaves. */
export type EndpointAnswer<E extends EndpointContract> =
  EndpointResponse<E> extends CsvText | FhirNdjson | FhirBundle
    ? AsyncIterable<string>
    : z.input<E['response']>;

/** Answers one endpoint. */
export type EndpointHandler<E extends EndpointContract> = (
  context: ContextFor<E>,
  input: EndpointInput<E>,
) => Promise<EndpointAnswer<E>>;

export type EndpointTable = Readonly<Record<string, EndpointContract>>;

/** One handler for every endpoint of a feature; a missing one does not compile. */
export type EndpointHandlers<T extends EndpointTable> = {
  readonly [Name in keyof T]: EndpointHandler<T[Name]>;
};

/** An endpoint with its handler, for the pipeline, which knows contracts only in general. */
export interface BoundEndpoint {
  readonly contract: EndpointContract;
  readonly handle: (
    context: RequestContext,
    input: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
  ) => Promise<unknown>;
}

/**
 * Ties a handler to its contract. The pipeline then authenticates, checks CSRF and limits, parses the
 * input strictly, calls the handler, and parses what it answers.
 */
export function bindEndpoint<E extends EndpointContract>(
  contract: E,
  handler: EndpointHandler<E>,
): BoundEndpoint {
  // The pipeline hands over exactly what this contract has parsed and the access it names.
  return { contract, handle: handler as BoundEndpoint['handle'] };
}

/** Ties a whole feature: `bindEndpoints(endpoints.visits, { list: …, create: … })`. */
export function bindEndpoints<const T extends EndpointTable>(
  contracts: T,
  handlers: EndpointHandlers<T>,
): BoundEndpoint[] {
  return Object.keys(contracts).map((name: keyof T & string) =>
    bindEndpoint(contracts[name] as T[typeof name], handlers[name] as EndpointHandler<T[typeof name]>),
  );
}
