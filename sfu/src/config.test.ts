import { expect, test } from 'vitest';
import { findRtcAddressProblem, findSiblingProblem, SfuConfig } from './config.ts';

const SERVICE_SECRET = 'a secret for tests that is long enough';

test('without further words media stays on this machine', () => {
  expect(SfuConfig.parse({ SERVICE_SECRET })).toMatchObject({
    SFU_HOST: '127.0.0.1',
    RTC_LISTEN_IP: '127.0.0.1',
  });
});

test.each([
  ['127.0.0.1', undefined, null],
  ['0.0.0.0', '203.0.113.7', null],
  ['0.0.0.0', undefined, 'RTC_ANNOUNCED_ADDRESS'],
  ['::', undefined, 'RTC_ANNOUNCED_ADDRESS'],
])('listening on %s and announcing %s', (RTC_LISTEN_IP, RTC_ANNOUNCED_ADDRESS, named) => {
  const problem = findRtcAddressProblem({ RTC_LISTEN_IP, RTC_ANNOUNCED_ADDRESS });
  if (named === null) expect(problem).toBeNull();
  else expect(problem).toContain(named);
});

test('other nodes are named with commas, and ports as a range', () => {
  const given = {
    SERVICE_SECRET,
    SFU_SIBLINGS: 'http://10.0.0.11:4300, http://10.0.0.12:4300',
    RTC_PIPE_IP: '10.0.0.11',
    RTC_PIPE_PORTS: '41000-41999',
  };
  expect(SfuConfig.parse(given)).toMatchObject({
    SFU_SIBLINGS: ['http://10.0.0.11:4300', 'http://10.0.0.12:4300'],
    RTC_PIPE_PORTS: { min: 41_000, max: 41_999 },
  });
});

test.each([
  { RTC_PIPE_PORTS: '41999-41000' },
  { RTC_PIPE_PORTS: '41000' },
  { RTC_PIPE_PORTS: '41000-99999' },
  { RTC_PIPE_IP: '0.0.0.0' },
  { SFU_SIBLINGS: 'sfu-2' },
])('%o is refused', (given) => {
  expect(SfuConfig.safeParse({ SERVICE_SECRET, ...given }).success).toBe(false);
});

test('other nodes are of no use to one that they cannot send to', () => {
  const SFU_SIBLINGS = ['http://10.0.0.12:4300'];
  expect(findSiblingProblem({ SFU_SIBLINGS, RTC_PIPE_IP: undefined })).toContain('RTC_PIPE_IP');
  expect(findSiblingProblem({ SFU_SIBLINGS, RTC_PIPE_IP: '10.0.0.11' })).toBeNull();
  expect(findSiblingProblem({ SFU_SIBLINGS: [], RTC_PIPE_IP: undefined })).toBeNull();
});
