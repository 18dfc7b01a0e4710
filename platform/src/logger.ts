import { pino, type Logger as PinoLogger, type LoggerOptions as LoggerSettings } from 'pino';

export type Logger = PinoLogger;

export interface LoggerOptions {
  readonly name: string;
  readonly level: string;
}

/**
 * JSON lines on standard output. Logs carry ids, never names, notes or message texts; the redaction is
 * a net under that rule, not a licence.
 */
export function createLogger({ name, level }: LoggerOptions): Logger {
  const options: LoggerSettings = {
    name,
    level,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        '*.password',
        '*.ticket',
        '*.token',
        '*.accessToken',
        '*.refreshToken',
        '*.authorization',
        '*.cookie',
        '*.credential',
      ],
      censor: '[redacted]',
    },
  };
  // Synchronous: a buffer is flushed on the way out, and that never ends when nobody reads the pipe any more.
  return pino(options, pino.destination({ dest: 1, sync: true }));
}
