import type { SessionId } from '@careconnect/contracts';
import { ENDED_SESSIONS_MAX_ASKED } from '@careconnect/contracts/internal';
import type { Logger } from '@careconnect/platform';
import { inPages } from '../../core/in-pages.ts';
import type { ApiClient } from '../../upstream/api-client.ts';
import type { LiveSessions } from './live-sessions.ts';

export interface SessionWatchOptions {
  readonly sessions: Pick<LiveSessions, 'ids' | 'end'>;
  readonly api: Pick<ApiClient, 'endedSessions'>;
  readonly log: Logger;
  readonly everyMs: number;
}

/**
 * Asks api again and again which sessions have been ended: a push can be lost, and a membership can be
 * suspended without one. Only a clear answer ends anything; while there is none, everybody stays.
 * @returns what stops it
 */
export function watchSessions({ sessions, api, log, everyMs }: SessionWatchOptions): () => void {
  function check(): void {
    for (const page of inPages(sessions.ids, ENDED_SESSIONS_MAX_ASKED)) ask(page);
  }

  function ask(ids: readonly SessionId[]): void {
    api.endedSessions(ids).then(
      (ended) => ended.forEach((sessionId) => sessions.end(sessionId)),
      (error: unknown) =>
        log.warn({ err: error, sessions: ids.length }, 'api did not tell which sessions have ended'),
    );
  }

  const timer = setInterval(check, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
