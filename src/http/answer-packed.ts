// Answers with what does not change while the server runs: packed as the browser likes it, and not sent again to who has it.
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A text in each packing. */
export interface Packed {
  text: Buffer;
  brotli: Buffer;
  gzip: Buffer;
  /** of the text, for an ETag */
  hash: string;
}

/**
 * Answers it, 304 where the browser has it.
 * @param headers beside those of the packing and the ETag; what else than the packing it varies by stands in `vary`
 */
export function answerPacked(
  request: IncomingMessage,
  response: ServerResponse,
  packed: Packed,
  { vary, ...others }: Record<string, string>,
): void {
  const [encoding, body] = encode(String(request.headers['accept-encoding'] ?? ''), packed);
  const etag = `"${packed.hash}${encoding ? `-${encoding}` : ''}"`;
  const headers = {
    ...others,
    etag,
    vary: vary ? `${vary}, accept-encoding` : 'accept-encoding',
    'x-content-type-options': 'nosniff',
  };
  const known = String(request.headers['if-none-match'] ?? '').split(/\s*,\s*/);
  if (known.some((one) => one.replace(/^W\//, '') === etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    'content-length': body.length,
    ...(encoding ? { 'content-encoding': encoding } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function encode(accepted: string, { brotli, gzip, text }: Packed): ['' | 'br' | 'gzip', Buffer] {
  const takes = (name: string) =>
    new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:,|$))`).test(accepted);
  if (takes('br')) return ['br', brotli];
  return takes('gzip') ? ['gzip', gzip] : ['', text];
}
