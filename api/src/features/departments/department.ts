import type { DepartmentId, LocationId, PractitionerId } from '@careconnect/contracts';

export interface NewLocation {
  readonly name: string;
  readonly address: string;
}

export interface NewDepartment {
  readonly name: string;
  readonly practitionerIds: readonly PractitionerId[];
}

/** One change of how an organization is divided. */
export type Division =
  | { readonly kind: 'addLocation'; readonly location: NewLocation }
  | { readonly kind: 'changeLocation'; readonly id: LocationId; readonly location: NewLocation }
  | { readonly kind: 'removeLocation'; readonly id: LocationId }
  | { readonly kind: 'add'; readonly locationId: LocationId; readonly department: NewDepartment }
  | { readonly kind: 'change'; readonly id: DepartmentId; readonly department: NewDepartment }
  | { readonly kind: 'remove'; readonly id: DepartmentId };
