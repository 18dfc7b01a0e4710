import { expect, test } from 'vitest';
import { findRtcAddressProblem, SfuConfig } from './config.ts';

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
