// Reads what a model's server sends no further than an answer can be long: a server that goes on and on fills no memory here,
// and what is cut off is in no form.

/** An answer of MOST_ANSWER_TOKENS has some 20 kB. */
const MOST_BYTES = 1_000_000;

/**
 * The text of a response, as far as it is read; beyond that the connection is left.
 * @param most bytes
 */
export async function readBounded({ body }: Response, most = MOST_BYTES): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let left = most;
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk.subarray(0, left), { stream: true });
    left -= chunk.length;
    if (left < 0) break;
  }
  return text + decoder.decode();
}

/** The same as a response, for whoever reads it next. */
export async function boundResponse(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const text = await readBounded(response);
  return new Response(text || null, { status, statusText, headers });
}
