import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the clinic's servers are, for who is in the network. */
export const CLINIC = { address: '10.77.0.1', device: 'clinic' };
/** A hardware address that is nobody's (locally administered). */
const HOME = { address: '10.77.0.2', device: 'home', hardware: '02:00:0a:4d:00:02' };

/**
 * A patient at home and a clinic, each in a network namespace, with a cable between them. This process is in
 * the clinic's; both are gone with the processes in them, whatever becomes of the run.
 */
export interface TestNetwork {
  /** A program that is run as if on the patient's device. */
  atHome(program: string): string;
  /** Packets vanish without a word, as on a road with no signal. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** The device has no network any more and knows it, as with Wi-Fi that is switched off. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Media packets vanish at random in both directions. @param share - 0 to 1 */
  lose(share: number): Promise<void>;
  /** As a connection that carries so much media in each direction, and drops the rest. @param kilobytes - a second */
  narrow(kilobytes: number): Promise<void>;
  /** As a firewall that lets out whatever looks like the web, but to these ports of the clinic's. */
  letOnlyTcpThrough(butTo: readonly number[]): Promise<void>;
  /** As a firewall that knows these servers of the clinic's and nothing else. */
  letOnlyPortsThrough(tcpPorts: readonly number[]): Promise<void>;
  close(): void;
}

/** Lays the cable. To be called in a network namespace of the run's own. */
export async function layNetwork(scratch: string): Promise<TestNetwork> {
  // It reads what never comes, and ends with this process however that ends.
  const home = spawn('unshare', ['--net', 'cat'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const namespace = `/proc/${home.pid ?? 0}/ns/net`;
  const ip = (...args: string[]) => run('ip', args);
  const ipAtHome = (...args: string[]) => run('nsenter', [`--net=${namespace}`, 'ip', ...args]);
  await untilApart(home);

  await ip('link', 'set', 'lo', 'up');
  const atHomesEnd = ['name', HOME.device, 'address', HOME.hardware];
  await ip('link', 'add', CLINIC.device, 'type', 'veth', 'peer', ...atHomesEnd);
  await ip('link', 'set', HOME.device, 'netns', String(home.pid));
  await ip('address', 'add', `${CLINIC.address}/24`, 'dev', CLINIC.device);
  await ip('link', 'set', CLINIC.device, 'up');
  // As routers on a real way know it: else the kernel keeps the last seconds for who is away, and delivers them all at once.
  const known = [HOME.address, 'lladdr', HOME.hardware, 'dev', CLINIC.device, 'nud', 'permanent'];
  await ip('neighbour', 'replace', ...known);
  await ipAtHome('link', 'set', 'lo', 'up');
  await ipAtHome('address', 'add', `${HOME.address}/24`, 'dev', HOME.device);
  await ipAtHome('link', 'set', HOME.device, 'up');
  // Goes with the device, unlike its address.
  const leadOut = () => ipAtHome('route', 'add', 'default', 'via', CLINIC.address);
  await leadOut();

  const firewalls = [
    { device: CLINIC.device, iptables: (...args: string[]) => run('iptables', args) },
    {
      device: HOME.device,
      iptables: (...args: string[]) => run('nsenter', [`--net=${namespace}`, 'iptables', ...args]),
    },
  ] as const;
  // Where it arrives: a sender is told of what its own firewall drops, and sends it again.
  const dropAtArrival = async (...what: string[]): Promise<void> => {
    for (const { device, iptables } of firewalls)
      await iptables('-A', 'INPUT', '-i', device, ...what, '-j', 'DROP');
  };
  const [{ iptables: iptablesOfClinic }] = firewalls;
  const atClinic = (target: 'ACCEPT' | 'DROP', ...what: string[]) =>
    iptablesOfClinic('-A', 'INPUT', '-i', CLINIC.device, ...what, '-j', target);

  return {
    atHome(program) {
      const path = join(scratch, 'at-home.sh');
      writeFileSync(path, `#!/bin/sh\nexec nsenter --net=${namespace} ${program} "$@"\n`, { mode: 0o755 });
      return path;
    },
    cut: () => dropAtArrival(),
    async mend() {
      // Whoever hears from home first must be able to answer.
      for (const { iptables } of firewalls.toReversed()) await iptables('-F');
    },
    async unplug() {
      await ipAtHome('link', 'set', HOME.device, 'down');
    },
    async plug() {
      await ipAtHome('link', 'set', HOME.device, 'up');
      await leadOut();
    },
    lose: (share) =>
      dropAtArrival('-p', 'udp', '-m', 'statistic', '--mode', 'random', '--probability', String(share)),
    async narrow(kilobytes) {
      const above = ['--hashlimit-above', `${kilobytes}kb/s`, '--hashlimit-burst', `${kilobytes}kb`];
      await dropAtArrival('-p', 'udp', '-m', 'hashlimit', '--hashlimit-name', 'narrow', ...above);
    },
    async letOnlyTcpThrough(butTo) {
      await dropAtArrival('-p', 'udp');
      for (const port of butTo) await atClinic('DROP', '-p', 'tcp', '--dport', String(port));
    },
    async letOnlyPortsThrough(tcpPorts) {
      for (const port of tcpPorts) await atClinic('ACCEPT', '-p', 'tcp', '--dport', String(port));
      await atClinic('DROP');
    },
    close: () => void home.kill('SIGKILL'),
  };
}

/** A namespace of its own comes a moment after the process. */
async function untilApart({ pid }: ChildProcess): Promise<void> {
  const own = await run('readlink', ['/proc/self/ns/net']);
  for (;;) {
    const theirs = await run('readlink', [`/proc/${pid ?? 0}/ns/net`]);
    if (theirs.stdout !== own.stdout) return;
  }
}
