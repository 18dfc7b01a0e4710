import { expect, test } from 'vitest';
import { lanAddresses } from './addresses.ts';

function address(ip: string, internal = false) {
  return { address: ip, family: 'IPv4' as const, internal, netmask: '', mac: '', cidr: null };
}

test('prefers a real interface to a bridge, and leaves out what nobody can reach', () => {
  const interfaces = {
    lo: [address('127.0.0.1', true)],
    docker0: [address('172.17.0.1')],
    eth0: [address('169.254.3.4'), address('192.168.1.7')],
  };
  expect(lanAddresses(interfaces)).toEqual(['192.168.1.7', '172.17.0.1']);
});
