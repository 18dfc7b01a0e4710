import type {
  AuditAction,
  AuditOutcome,
  EmergencyAccessCategory,
  EmergencyAccessId,
  PatientId,
  Relationship,
  UserId,
} from '@careconnect/contracts';

/** Who acted. Without a user it was one of our own processes, or another system. */
export interface TrailActor {
  readonly userId: UserId | null;
  readonly name: string | null;
  readonly role: string;
}

/** A row of the trail, with the names that people have today. */
export interface TrailEvent {
  readonly id: string;
  readonly at: Date;
  readonly actor: TrailActor;
  readonly action: string;
  readonly entityType: string;
  readonly entityId: string | null;
  readonly patient: { readonly id: PatientId; readonly name: string | null } | null;
  /** Whom a list or a search has shown. */
  readonly shownIds: readonly PatientId[];
  readonly outcome: AuditOutcome;
  readonly reason: string | null;
  /** Under which it was done; null where none was needed. */
  readonly emergencyAccessId: EmergencyAccessId | null;
  /** The rest of what is kept: ids, counts and codes. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}

export interface TrailFilter {
  /** Any of these people acted; everybody where there is no list. */
  readonly personIds: readonly UserId[] | null;
  /** It was about any of these patients, or they were shown. */
  readonly patientIds: readonly PatientId[] | null;
  readonly action: AuditAction | undefined;
  readonly outcome: AuditOutcome | undefined;
  readonly emergencyAccessId: EmergencyAccessId | undefined;
  readonly from: Date | undefined;
  /** Not part of the span. */
  readonly until: Date | undefined;
}

/** What one person did with one patient's record on one day, everything of one kind together. */
export interface AccessGroup {
  /** `YYYY-MM-DD` in the organization's time zone. */
  readonly day: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** Of its last row. */
  readonly lastId: string;
  readonly count: number;
  readonly actor: TrailActor & { readonly relationship: Relationship | null };
  /** `listed` for lists and searches that they were shown in. */
  readonly action: string;
  readonly reason: string | null;
  /** What the doctor stated who did it under emergency access. */
  readonly emergency: {
    readonly id: EmergencyAccessId;
    readonly category: EmergencyAccessCategory;
    readonly reason: string;
  } | null;
}
