import {
  Bytes,
  CSRF_COOKIE,
  CSRF_HEADER,
  CsvText,
  FhirBundle,
  FhirNdjson,
  ERROR_STATUS,
  FileContent,
  listEndpoints,
  Problem,
  type EndpointContract,
  type RegisteredEndpoint,
} from '@careconnect/contracts';
import { ACCESS_COOKIE } from '../../core/session-cookies.ts';
import { errorsOf } from './endpoint-errors.ts';
import { FEATURES } from './feature-texts.ts';
import { inputSchema, isNothing, outputSchema } from './json-schema.ts';

export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly [part: string]: unknown;
}

/** The registry as OpenAPI 3.1. An endpoint that is not in the registry is not in here, and does not exist. */
export function createOpenApiDocument(): OpenApiDocument {
  const byPath = Map.groupBy(listEndpoints(), ({ endpoint }) => openApiPath(endpoint.path));
  return {
    openapi: '3.1.0',
    info: {
      title: 'CareConnect API',
      version: '1',
      description: 'Everything the web app does, for integrators. A readable version is at /api/docs.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(FEATURES).map(([name, { title, text }]) => ({
      name,
      description: `${title}. ${text}`,
    })),
    paths: Object.fromEntries([...byPath].map(([path, group]) => [path, pathItem(group)])),
    components: {
      schemas: { Problem: outputSchema(Problem) },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: { type: 'apiKey', in: 'cookie', name: ACCESS_COOKIE },
        csrf: {
          type: 'apiKey',
          in: 'header',
          name: CSRF_HEADER,
          description: `The value of the cookie ${CSRF_COOKIE}, beside the session cookie on everything but GET.`,
        },
      },
    },
  };
}

/** `/patients/:patientId` as OpenAPI writes it. */
export function openApiPath(path: string): string {
  return path.replaceAll(/:([A-Za-z]+)/g, '{$1}');
}

function pathItem(group: readonly RegisteredEndpoint[]): Record<string, object> {
  return Object.fromEntries(
    group.map((registered) => [registered.endpoint.method.toLowerCase(), operation(registered)]),
  );
}

function operation({ id, feature, endpoint }: RegisteredEndpoint): object {
  const { access, summary, description, status, response } = endpoint;
  return {
    operationId: id,
    tags: [feature],
    summary,
    ...(description === undefined ? {} : { description }),
    'x-roles': access.kind === 'roles' ? access.roles : [],
    security: securityOf(endpoint),
    parameters: [...parametersOf(endpoint, 'path'), ...parametersOf(endpoint, 'query')],
    ...(isNothing(endpoint.body) ? {} : { requestBody: requestBody(endpoint) }),
    responses: {
      [status]: {
        description: summary,
        ...(isNothing(response) ? {} : { content: contentOf(response, outputSchema(response)) }),
      },
      ...problemResponses(endpoint),
    },
  };
}

function securityOf({ access, method }: EndpointContract): object[] {
  if (access.kind === 'public') return [];
  return [{ bearer: [] }, method === 'GET' ? { cookie: [] } : { cookie: [], csrf: [] }];
}

function parametersOf(endpoint: EndpointContract, place: 'path' | 'query'): object[] {
  const { properties = {}, required = [] } = inputSchema(place === 'path' ? endpoint.params : endpoint.query);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }));
}

function requestBody({ body }: EndpointContract): object {
  return {
    required: !body.safeParse(undefined).success,
    content: contentOf(body, inputSchema(body)),
  };
}

/** JSON, or bytes that have no schema. */
function contentOf(part: EndpointContract['body'], schema: object): object {
  if (part === Bytes || part === FileContent) return { 'application/octet-stream': {} };
  if (part === CsvText) return { 'text/csv': { schema } };
  if (part === FhirBundle) return { 'application/fhir+json': { schema } };
  if (part === FhirNdjson) return { 'application/fhir+ndjson': { schema } };
  return { 'application/json': { schema } };
}

function problemResponses(endpoint: EndpointContract): Record<string, object> {
  const byStatus = Map.groupBy(errorsOf(endpoint), (code) => ERROR_STATUS[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(', '),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }],
            },
          },
        },
      },
    ]),
  );
}
