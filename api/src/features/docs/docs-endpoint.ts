import { ERROR_STATUS, type ErrorCode, type RegisteredEndpoint } from '@careconnect/contracts';
import { errorsOf } from './endpoint-errors.ts';
import { html, type Html } from './html.ts';
import { inputSchema, isNothing, outputSchema } from './json-schema.ts';
import { fieldsOf, type Field } from './schema-fields.ts';

/** The codes that nearly every endpoint shares; told once for all of them. */
const GENERAL = new Set<ErrorCode>([
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'UNAUTHENTICATED',
  'SESSION_EXPIRED',
  'FORBIDDEN',
  'CSRF_FAILED',
  'RATE_LIMITED',
  'UPSTREAM_UNAVAILABLE',
  'INTERNAL',
]);

export function anchorOf(id: string): string {
  return id.replace('.', '-');
}

/** All there is to know about one endpoint. */
export function endpointSection({ id, endpoint }: RegisteredEndpoint): Html {
  const { method, path, summary, description, params, query, body, response, status } = endpoint;
  const own = errorsOf(endpoint).filter((code) => !GENERAL.has(code));
  return html`<article id="${anchorOf(id)}">
    <h3><a class="anchor" href="#${anchorOf(id)}">${summary}</a></h3>
    <p class="ask"><span class="method">${method}</span> <span class="path">${path}</span></p>
    ${description === undefined ? '' : html`<p>${description}</p>`} ${whoMay(endpoint.access)}
    ${fieldTable('In the path', fieldsOf(inputSchema(params)))}
    ${fieldTable('In the query', fieldsOf(inputSchema(query)))}
    ${isNothing(body) ? '' : fieldTable('Body', fieldsOf(inputSchema(body)))}
    ${
      isNothing(response)
        ? html`<h4>Answer ${status}</h4>
            <p>Nothing in it.</p>`
        : fieldTable(`Answer ${status}`, fieldsOf(outputSchema(response)))
    }
    ${
      own.length === 0
        ? ''
        : html`<h4>Errors of its own</h4>
            <ul class="chips">
              ${own.map((code) => html`<li><a href="#error-${code}">${code}</a> ${ERROR_STATUS[code]}</li>`)}
            </ul>`
    }
  </article> `;
}

function whoMay(access: RegisteredEndpoint['endpoint']['access']): Html {
  const names = access.kind === 'roles' ? access.roles : ['anyone, without signing in'];
  return html`<ul class="chips" aria-label="Who may call it">
    ${names.map((name) => html`<li>${name}</li>`)}
  </ul>`;
}

function fieldTable(title: string, fields: readonly Field[]): Html {
  if (fields.length === 0) return html``;
  return html`<h4>${title}</h4>
    <div class="table">
      <table>
        ${fields.map(fieldRow)}
      </table>
    </div>`;
}

function fieldRow({ path, type, isRequired, notes }: Field): Html {
  return html`<tr>
    <th scope="row"><code>${path}</code></th>
    <td>${type}${isRequired ? '' : ', may be left out'}</td>
    <td>${notes.join('; ')}</td>
  </tr>`;
}
