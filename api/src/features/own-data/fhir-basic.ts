import { OWN_DATA_PATH } from '@careconnect/contracts';
import type { FhirResource } from '../../core/fhir-resource.ts';

export type Fact = string | number | bigint | boolean | Date | null;

export interface Origin {
  readonly publicOrigin: string;
}

/** What FHIR has no element for, each under a name of ours; what is not there is left out. */
export function extensionsOf(facts: Readonly<Record<string, Fact>>, { publicOrigin }: Origin): object[] {
  return Object.entries(facts).flatMap(([name, fact]) => {
    const value = valueOf(fact);
    return value ? [{ url: `${publicOrigin}${OWN_DATA_PATH}-${name}`, ...value }] : [];
  });
}

/** A row that no FHIR resource is for: Basic is the one that says so. */
export function basicOf(
  code: string,
  { id, patientId, created }: { readonly id: string; readonly patientId: string; readonly created: Date },
  facts: Readonly<Record<string, Fact>>,
  origin: Origin,
): FhirResource {
  return {
    resourceType: 'Basic',
    id,
    code: { coding: [{ system: `${origin.publicOrigin}/fhir/CodeSystem/own-data`, code }] },
    subject: reference('Patient', patientId),
    created: created.toISOString().slice(0, 10),
    extension: extensionsOf(facts, origin),
  };
}

export function reference(resourceType: string, id: string): { reference: string } {
  return { reference: `${resourceType}/${id}` };
}

function valueOf(fact: Fact): object | null {
  if (fact === null) return null;
  if (fact instanceof Date) return { valueDateTime: fact.toISOString() };
  if (typeof fact === 'string') return { valueString: fact };
  if (typeof fact === 'boolean') return { valueBoolean: fact };
  return { valueDecimal: Number(fact) };
}
