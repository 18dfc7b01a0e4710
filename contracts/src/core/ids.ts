import { z } from 'zod';

/**
 * Identifiers are UUIDs (version 7 where the database makes them), branded so that
 * a visit's id can never be passed where a patient's is asked for.
 */
export const OrganizationId = z.uuid().brand<'OrganizationId'>();
export type OrganizationId = z.infer<typeof OrganizationId>;

export const DepartmentId = z.uuid().brand<'DepartmentId'>();
export type DepartmentId = z.infer<typeof DepartmentId>;

export const LocationId = z.uuid().brand<'LocationId'>();
export type LocationId = z.infer<typeof LocationId>;

/** Of a person in one organization. */
export const MembershipId = z.uuid().brand<'MembershipId'>();
export type MembershipId = z.infer<typeof MembershipId>;

export const InvitationId = z.uuid().brand<'InvitationId'>();
export type InvitationId = z.infer<typeof InvitationId>;

export const UserId = z.uuid().brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;

export const SessionId = z.uuid().brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;

export const PasskeyId = z.uuid().brand<'PasskeyId'>();
export type PasskeyId = z.infer<typeof PasskeyId>;

export const PatientId = z.uuid().brand<'PatientId'>();
export type PatientId = z.infer<typeof PatientId>;

export const PractitionerId = z.uuid().brand<'PractitionerId'>();
export type PractitionerId = z.infer<typeof PractitionerId>;

/** Of one opening of a chart by a doctor to whom it is closed, or a part of it. */
export const EmergencyAccessId = z.uuid().brand<'EmergencyAccessId'>();
export type EmergencyAccessId = z.infer<typeof EmergencyAccessId>;
/** Of one version of one kind. */
export const ConsentTextId = z.uuid().brand<'ConsentTextId'>();
export type ConsentTextId = z.infer<typeof ConsentTextId>;

/** Of one time that a patient's details were put right. */
export const CorrectionId = z.uuid().brand<'CorrectionId'>();
export type CorrectionId = z.infer<typeof CorrectionId>;

/** Of somebody's request to be erased. */
export const ErasureId = z.uuid().brand<'ErasureId'>();
export type ErasureId = z.infer<typeof ErasureId>;

/** Of somebody who acts for a patient, or asks to. */
export const RelatedPersonId = z.uuid().brand<'RelatedPersonId'>();
export type RelatedPersonId = z.infer<typeof RelatedPersonId>;

export const AppointmentId = z.uuid().brand<'AppointmentId'>();
export type AppointmentId = z.infer<typeof AppointmentId>;

export const VisitId = z.uuid().brand<'VisitId'>();
export type VisitId = z.infer<typeof VisitId>;

/** One person's place in one visit. It outlives tabs, devices and connections. */
export const SeatId = z.uuid().brand<'SeatId'>();
export type SeatId = z.infer<typeof SeatId>;

export const ChatMessageId = z.uuid().brand<'ChatMessageId'>();
export type ChatMessageId = z.infer<typeof ChatMessageId>;

/** Of a voice note or a still. Chosen by the client, like the id of the message that will tell of it. */
export const AttachmentId = z.uuid().brand<'AttachmentId'>();
export type AttachmentId = z.infer<typeof AttachmentId>;

/** Chosen by the client, so that a repeated send is stored once. */
export const ClientMessageId = z.uuid().brand<'ClientMessageId'>();
export type ClientMessageId = z.infer<typeof ClientMessageId>;
