import type { FetchOutbound, OutboundQuestion } from '@careconnect/platform';
import type { CustomFetch, CustomFetchOptions } from 'openid-client';

/** What the OpenID client asks with: addresses that an administrator has named, or a provider in its documents. */
export function createOutboundFetch(fetchOutbound: FetchOutbound): CustomFetch {
  return async (url, options) => {
    const { status, headers, body } = await fetchOutbound(url, toQuestion(options));
    const answered = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [value].flat().map((one) => [name, one]),
    );
    return new Response(new Uint8Array(body), { status, headers: answered });
  };
}

function toQuestion({ method, headers, body }: CustomFetchOptions): OutboundQuestion {
  if (method !== 'GET' && method !== 'POST') throw new TypeError(`nothing is asked with ${method}`);
  if (body == null) return { method, headers };
  if (!(body instanceof URLSearchParams) && typeof body !== 'string')
    throw new TypeError('only forms are sent to a provider');
  return { method, headers, body: body.toString() };
}
