/** @throws the error of a stream to a client, unless the client is gone, which is no failure of ours */
export function unlessGone(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
  throw error;
}
