import autocannon from 'autocannon';

export interface ThroughputOptions {
  readonly connections: number;
  readonly seconds: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers per second of one read under as many connections as ask for it back to back. */
export async function measureThroughput(url: string, options: ThroughputOptions): Promise<number> {
  const { connections, seconds, headers } = options;
  const result = await autocannon({ url, connections, duration: seconds, headers: { ...headers } });
  const wrong = result.non2xx + result.errors + result.timeouts;
  if (wrong > 0)
    throw new Error(`${wrong} of the requests to ${new URL(url).pathname} were not answered with 200.`);
  return result['2xx'] / result.duration;
}
