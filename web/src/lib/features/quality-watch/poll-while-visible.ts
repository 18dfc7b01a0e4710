/**
 * Reads again and again, each time `everyMs` after the last answer; not while the page is hidden, and at once when it is
 * shown again.
 * @returns what stops it
 */
export function pollWhileVisible(read: () => Promise<void>, everyMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReading = false;
  let isStopped = false;

  async function go(): Promise<void> {
    clearTimeout(timer);
    if (isReading || isStopped || document.hidden) return;
    isReading = true;
    await read();
    isReading = false;
    if (!isStopped) timer = setTimeout(() => void go(), everyMs);
  }

  const look = () => void go();
  document.addEventListener('visibilitychange', look);
  timer = setTimeout(look, everyMs);
  return () => {
    isStopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
