import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.mjs';

export type StartArguments = {
  port: number | undefined;
  lan: boolean;
  /** Undefined: the default for the kind of database. */
  demo: 'demo' | 'none' | undefined;
};

export function parseStartArguments(argv: readonly string[]): StartArguments {
  const { values } = parse(argv);
  return {
    port: values.port === undefined ? undefined : portFrom(values.port),
    lan: values.lan ?? false,
    demo: values['no-demo'] ? 'none' : values.demo ? 'demo' : undefined,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        lan: { type: 'boolean' },
        demo: { type: 'boolean' },
        'no-demo': { type: 'boolean' },
      },
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(message, { mend: 'see "npm start -- --help"', cause });
  }
}

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Failure(`"${text}" is no port.`, { mend: 'give --port a number from 1 to 65535' });
}
