// Subscriptions as server-sent events (graphql-sse's distinct connections mode). The id of each message is the cursor
// of its event, so that a client that reconnects with Last-Event-ID resumes behind it. The stream is pulled: a client
// that does not read costs one event and one timer.
import type { Plugin } from 'graphql-yoga';
import { EVENT_CURSOR, type EventAnswer } from '#graphql/subscribe-shared.ts';

const PING_EVERY_MS = 12_000;
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  // proxies that buffer would hold the events back
  'x-accel-buffering': 'no',
};

/** The plugin that answers subscriptions as text/event-stream. */
export function streamServerSentEvents(): Plugin {
  return {
    onResultProcess({ result, request, setResultProcessor }) {
      if (!(Symbol.asyncIterator in result) || !takesEvents(request)) return;
      setResultProcessor((answers, fetchAPI) => {
        const stream = openStream(answers as AsyncIterable<EventAnswer>);
        return new fetchAPI.Response(stream, { headers: HEADERS });
      }, 'text/event-stream');
    },
  };
}

/** Asked for by name, or by a client that takes whatever comes, such as curl. */
function takesEvents(request: Request): boolean {
  const accept = request.headers.get('accept') ?? '*/*';
  return accept.includes('text/event-stream') || accept.includes('*/*');
}

function openStream(answers: AsyncIterable<EventAnswer>): ReadableStream<Uint8Array> {
  const iterator = answers[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let ping: NodeJS.Timeout | undefined;
  return new ReadableStream({
    start(controller) {
      // some clients wait for the first byte before they believe in the connection
      controller.enqueue(encoder.encode(':\n\n'));
      ping = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(':\n\n'));
      }, PING_EVERY_MS);
    },
    async pull(controller) {
      const step = await iterator.next();
      if (!step.done) {
        controller.enqueue(encoder.encode(messageOf(step.value)));
        return;
      }
      clearInterval(ping);
      controller.enqueue(encoder.encode('event: complete\ndata:\n\n'));
      controller.close();
    },
    async cancel() {
      clearInterval(ping);
      await iterator.return?.();
    },
  });
}

/** one text for all who get the same answer */
const texts = new WeakMap<EventAnswer, string>();

function messageOf(answer: EventAnswer): string {
  const known = texts.get(answer);
  if (known) return known;
  const cursor = answer[EVENT_CURSOR];
  const id = cursor ? `id: ${cursor}\n` : '';
  const text = `event: next\n${id}data: ${JSON.stringify(answer)}\n\n`;
  texts.set(answer, text);
  return text;
}
