// Many graphql-ws subscriptions with as little client as possible: raw sockets that count, and note when each event came.
import { WebSocket } from 'ws';
import { sharedNowMs } from './answer-parent.ts';

/** Where to subscribe, with what. Keys are used in turn. */
export interface SubscribeRequest {
  url: string;
  keys: readonly string[];
  count: number;
  query: string;
}

export interface Crowd {
  /** Resolves when every subscription has its share of messages. */
  received(each: number): Promise<void>;
  /** Forgets what came so far. */
  reset(): void;
  /** [subjectVersion, shared time in ms] of every message since the last reset; one list per subscription */
  arrivals(): readonly (readonly [number, number])[][];
  messages(): number;
  /** the payload of the last message, as it came */
  last(): string;
  close(): void;
}

const VERSION = '"subjectVersion":';
const AT_ONCE = 50;

/** Opens subscriptions, a few at a time. Throws what a server refuses. */
export async function openCrowd(request: SubscribeRequest): Promise<Crowd> {
  const { url, keys, count, query } = request;
  const came: [number, number][][] = Array.from({ length: count }, () => []);
  const sockets: WebSocket[] = [];
  let messages = 0;
  let last = '';
  let failure: Error | undefined;
  let look = () => {};

  const open = (index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
      sockets.push(socket);
      const say = (message: object) => socket.send(JSON.stringify(message));
      const fail = (why: string) => {
        failure ??= new Error(`A subscription was refused: ${why}`);
        reject(failure);
        look();
      };
      socket.on('error', (error) => fail(error.message));
      socket.on('close', (code, reason) => fail(`closed with ${code} ${reason}`));
      socket.on('open', () => {
        const authorization = `Bearer ${keys[index % keys.length]}`;
        say({ type: 'connection_init', payload: { authorization } });
      });
      socket.on('message', (data: Buffer) => {
        const text = data.toString('latin1');
        if (text.startsWith('{"type":"connection_ack"')) {
          say({ id: '1', type: 'subscribe', payload: { query } });
          resolve();
        } else if (text.startsWith('{"type":"ping"')) say({ type: 'pong' });
        else if (text.includes('"errors"') || text.includes('"type":"error"')) fail(text);
        else if (text.includes('"type":"next"')) {
          const at = text.indexOf(VERSION) + VERSION.length;
          came[index]?.push([Number.parseInt(text.slice(at, at + 12), 10), sharedNowMs()]);
          messages += 1;
          last = text;
          look();
        }
      });
    });

  for (let index = 0; index < count; index += AT_ONCE) {
    const some = Math.min(AT_ONCE, count - index);
    await Promise.all(Array.from({ length: some }, (_, n) => open(index + n)));
  }
  return {
    received: (each) =>
      new Promise((resolve, reject) => {
        look = () => {
          if (failure) reject(failure);
          else if (messages >= each * count) resolve();
        };
        look();
      }),
    reset() {
      for (const list of came) list.length = 0;
      messages = 0;
    },
    arrivals: () => came,
    messages: () => messages,
    last: () => last,
    close() {
      failure = new Error('closed');
      for (const socket of sockets) socket.terminate();
    },
  };
}
