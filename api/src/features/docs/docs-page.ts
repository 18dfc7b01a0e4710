import { createHash } from 'node:crypto';
import {
  CSRF_COOKIE,
  CSRF_HEADER,
  ERROR_STATUS,
  listEndpoints,
  type ErrorCode,
  type RegisteredEndpoint,
} from '@careconnect/contracts';
import type { RequestHandler } from 'express';
import { ERROR_TITLES } from '../../core/error-titles.ts';
import { anchorOf, endpointSection } from './docs-endpoint.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { FEATURES } from './feature-texts.ts';
import { Html, html } from './html.ts';

/** To the letter, because the policy allows this text and no other. */
const STYLE_ELEMENT = new Html(`<style>${DOCS_STYLE}</style>`);

/** The reference for people: one page, made once, without a script. */
export function createDocsPage(): RequestHandler {
  const page = docsPage().markup;
  const styleHash = createHash('sha256').update(DOCS_STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return (_request, response) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('cache-control', 'public, max-age=300');
    response.type('html').send(page);
  };
}

/** The whole document. */
export function docsPage(): Html {
  const groups = [...Map.groupBy(listEndpoints(), ({ feature }) => feature as keyof typeof FEATURES)];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>CareConnect API</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <div class="frame">
          ${navigation(groups)}
          <main>
            ${introduction()} ${groups.map(([feature, group]) => featureSection(feature, group))}
            ${errorTable()}
          </main>
        </div>
      </body>
    </html> `;
}

type Group = readonly RegisteredEndpoint[];

function navigation(groups: readonly (readonly [keyof typeof FEATURES, Group])[]): Html {
  return html`<nav aria-label="Endpoints" tabindex="0">
    <details>
      <summary>All endpoints</summary>
      ${groups.map(
        ([feature, group]) =>
          html`<h2>${FEATURES[feature].title}</h2>
            <ul>
              ${group.map(
                ({ id, endpoint }) =>
                  html`<li>
                    <a href="#${anchorOf(id)}"
                      ><span class="method">${endpoint.method}</span> ${endpoint.summary}</a
                    >
                  </li>`,
              )}
            </ul>`,
      )}
    </details>
  </nav>`;
}

function introduction(): Html {
  return html`<h1>CareConnect API</h1>
    <p>
      Everything that the web app does, for programs. The same for machines:
      <a href="/api/openapi.json">OpenAPI 3.1</a>.
    </p>
    <p>
      <b>Signing in.</b> Call <a href="#auth-login">login</a> with <code>"tokenDelivery": "body"</code> and
      send the access token as <code>Authorization: Bearer</code>. It is good for ten minutes; the
      <a href="#auth-refreshToken">refresh token</a> gives the next pair and works once. Browsers use cookies
      instead and send the value of the cookie <code>${CSRF_COOKIE}</code> as the header
      <code>${CSRF_HEADER}</code> with everything but GET.
    </p>
    <p>
      <b>Times</b> are instants in UTC (<code>2026-11-23T09:00:00Z</code>); a calendar date has no zone and is
      read in the one that the answer names. <b>Lists</b> come in pages: pass <code>nextCursor</code> back as
      <code>cursor</code> until it is null. <b>Repeats</b> are safe wherever there is an
      <code>idempotencyKey</code>.
    </p>
    <p>
      <b>Errors</b> are problem documents (RFC 9457) with a <code>code</code> from
      <a href="#errors">this list</a> and a <code>requestId</code>, which is also in the header
      <code>x-request-id</code> of every answer. Unknown fields are refused.
    </p>`;
}

function featureSection(feature: keyof typeof FEATURES, group: Group): Html {
  const { title, text } = FEATURES[feature];
  return html`<section>
    <h2>${title}</h2>
    <p class="soft">${text}</p>
    ${group.map(endpointSection)}
  </section>`;
}

function errorTable(): Html {
  const codes = Object.keys(ERROR_STATUS) as ErrorCode[];
  return html`<section id="errors">
    <h2>Errors</h2>
    <div class="table">
      <table>
        ${codes.map(
          (code) =>
            html`<tr id="error-${code}">
              <th scope="row"><code>${code}</code></th>
              <td>${ERROR_STATUS[code]}</td>
              <td>${ERROR_TITLES[code]}</td>
            </tr>`,
        )}
      </table>
    </div>
  </section>`;
}
