import { expect, test } from 'vitest';
import { countedNetwork, networkOf } from './client-network.ts';

test.each([
  ['2001:db8:85a3:1::1', '2001:db8:85a3:1::/64'],
  ['2001:db8:85a3:1:ffff:ffff:ffff:ffff', '2001:db8:85a3:1::/64'],
  ['2001:0DB8:85a3:0001:0000:0000:0000:0007', '2001:db8:85a3:1::/64'],
  ['2001:db8:85a3:2::1', '2001:db8:85a3:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::a1b2:c3d4%eth0', 'fe80:0:0:0::/64'],
  ['2001:db8:0:0:1::192.0.2.1', '2001:db8:0:0::/64'],
])('%s is one of the addresses of %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
  ['64:ff9b::203.0.113.7', '203.0.113.7'],
])('%s is the IPv4 address %s', (address, ipv4) => {
  expect(networkOf(address)).toBe(ipv4);
});

test.each(['unknown', '', '1.2.3', 'not:an:address', '2001:db8::1::2', '203.0.113.7:4711'])(
  '%j is no address and stays what it is',
  (value) => {
    expect(networkOf(value)).toBe(value);
  },
);

test.each(['127.0.0.1', '::ffff:127.0.0.1', '::1', ''])(
  '%j is this machine and counts as nobody',
  (address) => {
    expect(countedNetwork(address)).toBeNull();
  },
);

test('everybody else counts by their network', () => {
  expect(countedNetwork('203.0.113.7')).toBe('203.0.113.7');
  expect(countedNetwork('2001:db8::1')).toBe('2001:db8:0:0::/64');
});
