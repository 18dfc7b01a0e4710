import { z } from 'zod';

/** FHIR resources, one a line (`application/fhir+ndjson`). An endpoint that answers with it sends it as it is made. */
export const FhirNdjson = z.string().brand<'FhirNdjson'>();
export type FhirNdjson = z.infer<typeof FhirNdjson>;
