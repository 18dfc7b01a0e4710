import { networkInterfaces } from 'node:os';

/** Addresses that other devices in the network can reach, best guess first. */
export function lanAddresses(interfaces = networkInterfaces()): string[] {
  return Object.entries(interfaces)
    .flatMap(([name, addresses = []]) =>
      addresses.map(({ address, family, internal }) => ({ name, address, family, internal })),
    )
    .filter(
      ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
    )
    .sort((a, b) => Number(isVirtual(a.name)) - Number(isVirtual(b.name)))
    .map(({ address }) => address);
}

/** Bridges of Docker and friends lead to this machine only. */
function isVirtual(name: string): boolean {
  return /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|zt|tailscale|wg)/.test(name);
}
