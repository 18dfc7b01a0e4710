import { z } from 'zod';
import { Instant } from './values.ts';

/** FHIR R4 resources in one document (`application/fhir+json`). An endpoint that answers with it sends it as it is made. */
export const FhirBundle = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('collection'),
  timestamp: Instant,
  entry: z.array(
    z.object({
      fullUrl: z.string(),
      resource: z.looseObject({ resourceType: z.string(), id: z.string() }),
    }),
  ),
});
export type FhirBundle = z.infer<typeof FhirBundle>;
