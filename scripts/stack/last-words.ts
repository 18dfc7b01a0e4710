const LAST_LINES = 6;

/**
 * The part of a dying process's output that names the reason: an error record of its JSON log, the line
 * in which Node names an uncaught error, or simply the end.
 */
export function lastWords(output: string): string {
  const lines = output.trim().split('\n');
  const fromLog = lines.map(errorOfRecord).findLast((message) => message !== null);
  const fromNode = lines.find((line) => /^(Uncaught )?\w*Error\b.*: /.test(line));
  return (
    fromLog ??
    fromNode ??
    lines
      .slice(-LAST_LINES)
      .map((line) => line.trim())
      .join(' ')
  );
}

function errorOfRecord(line: string): string | null {
  if (!line.startsWith('{')) return null;
  try {
    const { level, msg, err } = JSON.parse(line) as {
      level?: string;
      msg?: string;
      err?: { message?: string };
    };
    if (level !== 'error' && level !== 'fatal') return null;
    return err?.message ?? msg ?? null;
  } catch {
    return null;
  }
}
