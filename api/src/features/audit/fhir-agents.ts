import { Relationship } from '@careconnect/contracts';
import { relationshipConcept } from '../../core/role-code.ts';
import { BREAK_THE_GLASS_PURPOSE, coding, DCM, PARTICIPATION } from './fhir-codes.ts';
import type { Interaction } from './fhir-interaction.ts';
import type { TrailEvent } from './trail.ts';

/** BALP: of a read the server is the source of the data; of all else the client is the source of what was asked. */
const SOURCE = { coding: [coding(DCM, '110153', 'Source Role ID')] };
const DESTINATION = { coding: [coding(DCM, '110152', 'Destination Role ID')] };
const RECIPIENT = { coding: [coding(PARTICIPATION, 'IRCP', 'information recipient')] };
const AUTHOR = { coding: [coding(PARTICIPATION, 'AUT', 'author (originator)')] };

/** The program that was used, ours that answered, and the person. */
export function agentsOf(
  { actor: { userId, name, role }, ...event }: TrailEvent,
  done: Interaction | null,
  publicOrigin: string,
): object[] {
  const isRead = done === 'read';
  const isChange = done === 'create' || done === 'update';
  // Nobody's address is kept: the program is reached where the platform is.
  const network = { address: publicOrigin, type: '5' };
  const program = userId === null ? role : 'CareConnect web application';
  const client = {
    type: isRead ? DESTINATION : SOURCE,
    who: { display: program },
    requestor: userId === null,
    network,
  };
  const server = {
    type: isRead ? SOURCE : DESTINATION,
    who: { display: 'CareConnect api' },
    requestor: false,
    network,
  };
  if (userId === null) return [client, server];
  const purposes = [
    ...(event.emergencyAccessId === null ? [] : [BREAK_THE_GLASS_PURPOSE]),
    ...(event.reason === null ? [] : [{ text: event.reason }]),
  ];
  const person = {
    type: isChange ? AUTHOR : RECIPIENT,
    who: { identifier: { system: `${publicOrigin}/fhir/identifier/user`, value: userId } },
    role: [{ text: role }, ...onBehalf(event.detail)],
    ...(name !== null && { name }),
    requestor: true,
    ...(purposes.length > 0 && { purposeOfUse: purposes }),
  };
  return [client, server, person];
}

/** What somebody is to the event's patient, for whom they acted: R4 has no `onBehalfOf` for an agent here. */
function onBehalf({ relatedPersonId, relationship }: TrailEvent['detail']): object[] {
  const { data } = Relationship.safeParse(relationship);
  return relatedPersonId !== undefined && data ? [relationshipConcept(data)] : [];
}
