import { parseCookie, stringifySetCookie, type SetCookie } from 'cookie';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

export interface ResponseCookies {
  set(cookie: SetCookie): void;
}

export function readCookies(headers: IncomingHttpHeaders): Readonly<Record<string, string | undefined>> {
  return headers.cookie === undefined ? {} : parseCookie(headers.cookie);
}

export function createResponseCookies(response: ServerResponse): ResponseCookies {
  return { set: (cookie) => void response.appendHeader('set-cookie', stringifySetCookie(cookie)) };
}
