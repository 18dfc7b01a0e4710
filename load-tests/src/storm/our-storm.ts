import type { VisitId } from '@careconnect/contracts';
import pg from 'pg';
import type { Stack } from '../../../scripts/stack/stack.ts';
import { cpuSecondsOf } from '../core/process-cpu.ts';
import { addGuests, ticketFor, type GuestSeat } from '../join/guest-seats.ts';
import { startVisit } from '../join/running-visit.ts';
import { VP8_PAYLOAD_TYPE } from '../rtc/capabilities.ts';
import { publish } from '../rtc/native-peer.ts';
import { candidatesOf, dtlsParametersOf, transportDescription } from '../rtc/sdp.ts';
import { sitDown, type SeatClient } from '../rtc/seat-client.ts';
import { publisherParameters } from '../sfu/mediasoup-load.ts';
import type { JoinProtocol, Offered } from './joiner.ts';
import { showPictures } from './picture.ts';
import type { StormSide } from './storm-side.ts';

const PROCESSES = ['signaling', 'sfu', 'api', 'postgres'] as const;
/** Some patients of the demo have an open visit already. */
const SPARE = 20;

/** Visits in progress of our whole stack: PostgreSQL, api, signaling and sfu. */
export async function openOurStorm(stack: Stack, rooms: number, joinersPerRoom: number): Promise<StormSide> {
  const secret = stack.secrets.JOIN_TICKET_SECRET;
  const origin = stack.urls.signaling;
  const joiners: GuestSeat[] = [];
  const publishers: SeatClient[] = [];
  for (const visitId of await copyVisit(stack.databaseUrl, await startVisit(stack.origin), rooms)) {
    const [publisher, ...others] = await addGuests(stack.databaseUrl, visitId, joinersPerRoom + 1);
    if (publisher)
      publishers.push(await publishFrom(origin, ticketFor(publisher, secret), publishers.length));
    joiners.push(...others);
  }
  return {
    name: 'careconnect',
    joiners: () => joiners.map((seat) => protocolOf(origin, ticketFor(seat, secret))),
    cpuSeconds: () => Object.fromEntries(PROCESSES.map((name) => [name, cpuOf(stack.pid(name))])),
    close() {
      for (const publisher of publishers) publisher.close();
    },
  };
}

function cpuOf(pid: number | null): number {
  if (pid === null) return NaN;
  const { own, descendants } = cpuSecondsOf(pid);
  return own + descendants;
}

/** As many more visits of the same doctor, each with another patient, as one person could not have at once. */
async function copyVisit(databaseUrl: string, visitId: VisitId, copies: number): Promise<VisitId[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: VisitId }>(
      `INSERT INTO visit (organization_id, practitioner_id, patient_id, state, origin, started_at)
       SELECT visit.organization_id, practitioner_id, patient.id, state, origin, started_at
       FROM visit JOIN patient USING (organization_id)
       WHERE visit.id = $1 AND patient.id <> patient_id
       ORDER BY patient.id LIMIT $2
       ON CONFLICT DO NOTHING RETURNING id`,
      [visitId, copies + SPARE],
    );
    if (rows.length < copies) throw new Error(`The demo has patients for only ${rows.length} rooms.`);
    return rows.slice(0, copies).map(({ id }) => id);
  } finally {
    await client.end();
  }
}

async function publishFrom(origin: string, ticket: string, index: number): Promise<SeatClient> {
  const seat = await sitDown(origin, ticket);
  const { transports } = seat.welcome;
  if (!transports) throw new Error('The server has no media for a publisher.');
  await seat.ask('seat:join', {});
  const ssrc = 1000 + index;
  const track = { mid: '0', payloadType: VP8_PAYLOAD_TYPE, ssrc, address: '127.0.0.1' };
  const publisher = await publish(track, async (offer) => {
    await seat.ask('transport:connect', { direction: 'send', dtlsParameters: dtlsParametersOf(offer) });
    const video = { mid: '0', direction: 'recvonly', payloadType: VP8_PAYLOAD_TYPE } as const;
    const { send } = transports;
    return { sdp: transportDescription(send, 'passive', { video }), candidates: candidatesOf(send) };
  });
  const rtpParameters = publisherParameters(ssrc);
  await seat.ask('producer:create', { kind: 'video', source: 'camera', paused: false, rtpParameters });
  const stop = showPictures({ publisher, ssrc, payloadType: VP8_PAYLOAD_TYPE });
  return {
    ...seat,
    close() {
      stop();
      publisher.close();
      seat.close();
    },
  };
}

function protocolOf(origin: string, ticket: string): JoinProtocol {
  let seat: SeatClient | null = null;
  const seated = (): SeatClient => {
    if (!seat) throw new Error('Nobody has sat down yet.');
    return seat;
  };
  return {
    async open(): Promise<Offered> {
      seat = await sitDown(origin, ticket);
      const { transports, prepared } = seat.welcome;
      const picture = prepared.find(({ source }) => source === 'camera');
      const ssrc = picture?.rtpParameters.encodings?.[0]?.ssrc;
      if (!transports || !picture || ssrc === undefined) throw new Error('The room shows nobody.');
      return { recv: transports.recv, consumerId: picture.id, ssrc };
    },
    async connect(dtlsParameters) {
      await seated().ask('transport:connect', { direction: 'recv', dtlsParameters });
    },
    async play(consumerId) {
      await seated().ask('seat:join', { ready: [consumerId] });
    },
    async leave() {
      await seated().ask('seat:leave', {});
      seated().close();
    },
  };
}
