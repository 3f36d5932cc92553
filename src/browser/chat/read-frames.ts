// Reads server-sent events out of a response, as they come.

/** One event and what it carries. */
export type Frame = [event: string, data: unknown];

/**
 * Hands each event to `take`, until the stream ends; rejects when it breaks off.
 * @param onBytes whenever anything came, also what only keeps the connection alive
 */
export async function readFrames(
  response: Response,
  take: (frame: Frame) => void,
  onBytes: () => void,
): Promise<void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    text += decoder.decode(value, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(frame) ?? [];
      if (event && data) take([event, JSON.parse(data)]);
    }
  }
}
