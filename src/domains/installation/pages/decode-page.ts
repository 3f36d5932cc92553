// The text of a page, by the charset that it says it is in. Pure.

const DECLARED = /charset\s*=\s*["']?\s*([\w.:-]{1,40})/i;
/** how far into a page browsers look for its charset (HTML, 13.2.3.2) */
const PRESCAN_BYTES = 1_024;

/**
 * Decodes a page: by its byte order mark, its Content-Type, what stands in its head, else as UTF-8. What cannot be
 * decoded becomes U+FFFD.
 */
export function decodePage(body: Buffer, contentType: string): string {
  const label =
    markOf(body) ??
    DECLARED.exec(contentType)?.[1] ??
    declaredIn(body.subarray(0, PRESCAN_BYTES).toString('latin1')) ??
    'utf-8';
  return decoderOf(label).decode(body);
}

function markOf(body: Buffer): string | undefined {
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 'utf-8' : undefined;
}

/** A page that can be read as ASCII so far is not in UTF-16, whatever it says. */
function declaredIn(head: string): string | undefined {
  const label = /<meta[^>]*>/gi.exec(head) ? DECLARED.exec(head)?.[1] : undefined;
  return label && /^utf-?16/i.test(label) ? 'utf-8' : label;
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder('utf-8');
  }
}
