import { pino, type Logger as PinoLogger } from 'pino';

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
  return pino({
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
      ],
      censor: '[redacted]',
    },
  });
}
