/** Set by a supervisor that keeps a loaded process in reserve for one that dies. */
const STANDBY_VARIABLE = 'CARECONNECT_STANDBY';
/** What the supervisor says when its turn has come. */
export const START_MESSAGE = 'start';

/** As much of Node's process as has to do with whoever started it. */
export interface StandbyHost {
  readonly connected?: boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  off(event: string, listener: (message: unknown) => void): unknown;
}

export function isStandby(env: NodeJS.ProcessEnv): boolean {
  return env[STANDBY_VARIABLE] === '1';
}

/** Waits, with everything loaded, until this process is needed; leaves with the supervisor. */
export async function untilNeeded(
  host: StandbyHost = process,
  leave: () => void = () => process.exit(0),
): Promise<void> {
  if (host.connected !== true) return leave();
  const called = Promise.withResolvers<void>();
  const hear = (message: unknown): void => {
    if (message === START_MESSAGE) called.resolve();
  };
  host.on('disconnect', leave);
  host.on('message', hear);
  await called.promise;
  host.off('disconnect', leave);
  host.off('message', hear);
}
