import { ERROR_STATUS, listEndpoints } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { anchorOf } from './docs-endpoint.ts';
import { docsPage } from './docs-page.ts';
import { createOpenApiDocument, openApiPath } from './openapi.ts';

interface Operation {
  readonly operationId: string;
  readonly 'x-roles': readonly string[];
  readonly security: readonly object[];
  readonly parameters: readonly { name: string; in: string; required: boolean }[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}

const document = createOpenApiDocument();
const operationOf = (method: string, path: string) =>
  document.paths[openApiPath(path)]?.[method.toLowerCase()] as Operation | undefined;

test('every endpoint of the registry is described, and nothing else', () => {
  const registered = listEndpoints().map(({ id }) => id);
  const described = Object.values(document.paths).flatMap((item) =>
    Object.values(item).map((operation) => (operation as Operation).operationId),
  );
  expect(described.sort()).toEqual(registered.sort());
});

test('an operation says who may call it, what it takes and how it fails', () => {
  for (const { id, endpoint } of listEndpoints()) {
    const operation = operationOf(endpoint.method, endpoint.path);
    const inPath = [...endpoint.path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => name);
    expect(
      operation?.parameters.filter((p) => p.in === 'path').map((p) => p.name),
      id,
    ).toEqual(inPath);
    expect(operation?.['x-roles'], id).toEqual(endpoint.access.kind === 'roles' ? endpoint.access.roles : []);
    expect(operation?.security.length === 0, id).toBe(endpoint.access.kind === 'public');
    expect(operation?.responses[endpoint.status], id).toBeDefined();
    for (const code of endpoint.errors)
      expect(operation?.responses[ERROR_STATUS[code]], `${id} ${code}`).toBeDefined();
  }
});

test('every reference inside the document leads somewhere', () => {
  const text = JSON.stringify(document);
  for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = pointer
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document);
    expect(target, pointer).toBeDefined();
  }
  expect(text).not.toContain('$defs');
});

test('the page has an anchor for every endpoint and error, and no script', () => {
  const { markup } = docsPage();
  for (const { id } of listEndpoints()) expect(markup).toContain(`<article id="${anchorOf(id)}">`);
  for (const code of Object.keys(ERROR_STATUS)) expect(markup).toContain(`id="error-${code}"`);
  for (const [, target = ''] of markup.matchAll(/href="#([^"]+)"/g))
    expect(markup).toContain(`id="${target}"`);
  expect(markup).not.toContain('<script');
});
