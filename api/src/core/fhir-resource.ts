/** A FHIR R4 resource, as far as this project knows its elements. */
export interface FhirResource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}
