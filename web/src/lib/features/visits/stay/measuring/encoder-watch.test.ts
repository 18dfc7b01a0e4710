import { describe, expect, it, vi } from 'vitest';
import { EncoderWatch } from './encoder-watch.ts';

const READ_EVERY_MS = 2_500;

describe('a processor that is too slow for VP9', () => {
  it('is found out when for most of ten seconds there was too little of it, and told of once', () => {
    const { read, told } = aWatch();
    for (let times = 0; times < 4; times += 1) read({ cpuShare: 0.7 });
    expect(told).not.toHaveBeenCalled();
    read({ cpuShare: 0.7 });
    expect(told).toHaveBeenCalledTimes(1);
    for (let times = 0; times < 8; times += 1) read({ cpuShare: 1 });
    expect(told).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['it was short for less than that', { cpuShare: 0.5 }],
    ['the picture is not in VP9, which there is nothing cheaper than', { cpuShare: 1, codec: 'video/VP8' }],
    ['nothing is known of it', { cpuShare: null }],
  ])('is not found out when %s', (_why, sent) => {
    const { read, told } = aWatch();
    for (let times = 0; times < 12; times += 1) read(sent);
    expect(told).not.toHaveBeenCalled();
  });

  it('is not found out by a few bad seconds now and then', () => {
    const { read, told } = aWatch();
    for (let times = 0; times < 20; times += 1) read({ cpuShare: times % 4 < 2 ? 1 : 0 });
    expect(told).not.toHaveBeenCalled();
  });

  it('is judged by one stream at a time, and not over a gap', () => {
    const { read, told } = aWatch();
    for (let times = 0; times < 4; times += 1) read({ cpuShare: 1 });
    read({ cpuShare: 1, id: 'another' });
    for (let times = 0; times < 3; times += 1) read({ cpuShare: 1, id: 'another' });
    read(null);
    for (let times = 0; times < 4; times += 1) read({ cpuShare: 1, id: 'another' });
    expect(told).not.toHaveBeenCalled();
    read({ cpuShare: 1, id: 'another' });
    expect(told).toHaveBeenCalledTimes(1);
  });
});

interface Sent {
  /** How much of the time since the last reading it was short; null where the browser does not tell. */
  readonly cpuShare: number | null;
  readonly codec?: string;
  readonly id?: string;
}

function aWatch() {
  const told = vi.fn();
  const watch = new EncoderWatch(told);
  let at = 0;
  let cpu = 0;
  const read = (sent: Sent | null): void => {
    at += READ_EVERY_MS;
    cpu += ((sent?.cpuShare ?? 0) * READ_EVERY_MS) / 1_000;
    watch.take(sent && [aReport(sent, cpu)], at);
  };
  return { read, told };
}

function aReport({ cpuShare, codec = 'video/VP9', id = 'camera' }: Sent, cpu: number): RTCStatsReport {
  const durations = cpuShare === null ? {} : { qualityLimitationDurations: { cpu, none: 0 } };
  const stats = [
    { type: 'codec', id: 'codec', mimeType: codec },
    { type: 'outbound-rtp', id: 'voice', kind: 'audio', codecId: 'other' },
    { type: 'outbound-rtp', id, kind: 'video', codecId: 'codec', ...durations },
  ];
  return new Map(stats.map((stat) => [stat.id, stat]));
}
