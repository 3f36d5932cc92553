// A JSON answer of the doors that do not speak GraphQL.
import type { ServerResponse } from 'node:http';

/** Writes a JSON body with its status and ends the response. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
