// Meilisearch's published specification, where it lies beside the repository (../shared): judges requests and answers by
// it. Every judgement is a list of faults in words.
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Exchange } from './open-meilisearch.ts';

const SPEC = new URL('../../../../shared/spec/meilisearch-openapi.json', import.meta.url);

/** Whether the specification is here; what needs it is left out, visibly, where it is not. */
export const meilisearchSpecIsHere = existsSync(SPEC);
if (!meilisearchSpecIsHere)
  console.warn('SKIPPED: nothing is judged by Meilisearch’s specification (../shared/spec).');

type Json = Record<string, unknown>;
interface Media {
  content?: Record<string, { schema: Json }>;
}
interface Operation {
  parameters?: { name: string; in: string; schema: Json }[];
  requestBody?: Media;
  responses: Record<string, Media>;
}

/** The faults of exchanges, each told once; none where the specification is not here. */
export function judgeExchanges(exchanges: readonly Exchange[]): string[] {
  if (!meilisearchSpecIsHere) return [];
  const spec = JSON.parse(readFileSync(SPEC, 'utf8')) as {
    paths: Record<string, Record<string, Operation>>;
  };
  const compiled = new Map<string, ValidateFunction>();
  const open = (coerceTypes: boolean | 'array') => {
    const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes });
    (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
    for (const format of ['int64', 'int32', 'u-int8', 'u-int32', 'u-int64', 'float', 'double'])
      ajv.addFormat(format, true);
    return ajv.addSchema({ $id: 'spec', ...spec });
  };
  const [bodies, queries] = [open(false), open('array')];

  const judge = (where: string, schema: Json | undefined, value: unknown, ajv = bodies) => {
    if (!schema) return value === undefined ? [] : [`${where}: a body that is not documented`];
    const text = JSON.stringify(schema).replaceAll('"#/components', '"spec#/components');
    const key = `${ajv === bodies} ${text}`;
    const validate = compiled.get(key) ?? ajv.compile(JSON.parse(text));
    compiled.set(key, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${where}: ${instancePath || '/'} ${message} ${JSON.stringify(params).slice(0, 200)}`,
    );
  };
  const jsonOf = (media: Media | undefined) => media?.content?.['application/json']?.schema;

  const faults = exchanges.flatMap(({ method, url, body, status, answer }) => {
    const asked = url.pathname.split('/');
    const path = Object.keys(spec.paths).find((known) => {
      const parts = known.split('/');
      return (
        parts.length === asked.length &&
        parts.every((part, n) => part.startsWith('{') || part === asked[n])
      );
    });
    const operation = path && spec.paths[path]?.[method.toLowerCase()];
    if (!operation) return [`${method} ${url.pathname} is not documented`];
    const where = `${method} ${path}`;
    const named = (operation.parameters ?? []).filter((one) => one.in === 'query');
    const asking = [...url.searchParams].flatMap(([name, value]) => {
      const parameter = named.find((one) => one.name === name);
      if (!parameter) return [`${where}: ?${name} is not documented`];
      return judge(`${where} ?${name}`, parameter.schema, value, queries);
    });
    const media = operation.responses[String(status)];
    return [
      ...asking,
      ...judge(`${where} request`, jsonOf(operation.requestBody), body),
      ...(media
        ? judge(`${where} ${status}`, jsonOf(media), answer)
        : [`${where}: ${status} is not documented`]),
    ];
  });
  return [...new Set(faults)];
}
