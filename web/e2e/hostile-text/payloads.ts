import { listEndpoints, type EndpointContract } from '@careconnect/contracts';

/** What tells that a text has become markup. */
export const MARK = 'data-smuggled';

/** One for each place that text may be pasted into: an element, an attribute, a script, a style, a link, a template. */
const PAYLOADS = [
  `<img ${MARK} src="data:," onerror="globalThis.smuggled = true">`,
  `"><svg ${MARK} onload="globalThis.smuggled = true">`,
  `' ${MARK} onmouseover='globalThis.smuggled = true' x='`,
  `</script><script ${MARK}>globalThis.smuggled = true</script>`,
  `</title></style></textarea><b ${MARK}>`,
  `javascript:globalThis.smuggled=true//${MARK}`,
  `{{constructor.constructor('globalThis.smuggled=true')()}}<i ${MARK}>`,
  `\u202e<iframe ${MARK} srcdoc="<script>parent.smuggled = true</script>"></iframe>`,
];

/** Whose contract an answer of this path follows. */
export function endpointOf(method: string, path: string): EndpointContract | undefined {
  return listEndpoints().find(({ endpoint }) => endpoint.method === method && patternOf(endpoint).test(path))
    ?.endpoint;
}

function patternOf({ path }: EndpointContract): RegExp {
  return new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);
}

/** An answer with a payload in every text of it that may be any text; and how many those are. */
export function smuggleInto(
  endpoint: EndpointContract,
  answer: unknown,
): { answer: unknown; planted: number } {
  let current = structuredClone(answer);
  let planted = 0;
  for (const path of textsIn(current)) {
    const payload = PAYLOADS[planted % PAYLOADS.length] ?? '';
    const changed = replaceAt(current, path, payload);
    if (!endpoint.response.safeParse(changed).success) continue;
    current = changed;
    planted += 1;
  }
  return { answer: current, planted };
}

type Path = readonly (string | number)[];

function textsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value === 'string') return [at];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...at, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => textsIn(item, [...at, name]));
}

function replaceAt(value: unknown, [step, ...rest]: Path, text: string): unknown {
  if (step === undefined) return text;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === step ? replaceAt(item, rest, text) : item));
  const fields = value as Record<string, unknown>;
  return { ...fields, [step]: replaceAt(fields[step], rest, text) };
}
