// The door for the chat on companies' pages: a visitor opens a conversation, writes in it, and follows it as a stream of
// server-sent events, which the page reads with fetch: an EventSource could send neither key nor token but in its address.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ChatDesk, ChatNews } from '#domains/chats/index.ts';
import { type AdmittedPage, type Collector, CollectRefused } from '#domains/visitors/index.ts';
import type { Limits } from '#platform/limits/index.ts';
import type { Log } from '#platform/log/index.ts';
import { answerJson } from './answer-json.ts';
import { countChatBytes } from './count-chat-bytes.ts';
import { countStreams, type StreamCount } from './count-streams.ts';
import { leaveRest } from './leave-rest.ts';
import {
  type AddressNeeds,
  greetPage,
  hashAddress,
  keepTo,
  parseObject,
  readBytes,
  refusePage,
} from './page-requests.ts';
import { readFirstLine } from './read-first-line.ts';
import type { Door } from './start-http.ts';

const PREFIX = '/collect/chat/';
/** 4,000 characters of text, each of them up to four bytes or an escape of six */
const MOST_BYTES = 32 * 1024;
/** signs of writing and read marks included */
const PER_ADDRESS = { name: 'chat-address', tries: 600, seconds: 60 };
const OPENED_PER_ADDRESS = { name: 'chat-opened', tries: 10, seconds: 60 };
/** nobody writes faster */
const WRITTEN_PER_CHAT = { name: 'chat-written', tries: 30, seconds: 60 };
/** each may make a lead */
const TOLD_PER_CHAT = { name: 'chat-told', tries: 5, seconds: 60 };
/** at one company, so that one visitor cannot use up what it has for all; its own limits of mails are far below */
const ASKED_PER_ADDRESS = { name: 'chat-transcripts-address', tries: 5, seconds: 3_600 };
const ASKED_PER_CHAT = { name: 'chat-transcripts', tries: 10, seconds: 60 };
const SENT_PER_CHAT = { name: 'chat-files', tries: 30, seconds: 600 };
/** at one company, as above */
const SENT_PER_ADDRESS = { name: 'chat-files-address', tries: 60, seconds: 3_600 };
const SENT_PER_COMPANY = { name: 'chat-files-company', tries: 600, seconds: 3_600 };
/** of visitors at once; a browser sends one after the other. An address is counted at each company, and over all */
const FILES = { all: 40, company: 12, sender: 6, address: 4, chat: 3 };
/** a file that takes longer is cut off */
const FILE_MS = 120_000;
const STREAMS = { address: 40, chat: 5 };
/** then the page opens it again: what it may see is judged anew, and a server that is to stop is not held up */
const STREAM_MS = 10 * 60_000;
const PING_EVERY_MS = 12_000;

interface Needs extends AddressNeeds {
  collector: Pick<Collector, 'admit'>;
  chats: ChatDesk;
  limits: Pick<Limits, 'take'>;
  log: Log;
}

interface Asked {
  page: AdmittedPage;
  body: Record<string, unknown>;
  address: string;
}

type Take = (needs: Needs, asked: Asked) => Promise<unknown>;

const PATHS: Record<string, Take> = {
  face: ({ chats }, { page }) => chats.face(page),
  async open({ chats, limits }, { page, body, address }) {
    await keepTo(limits, OPENED_PER_ADDRESS, `${address} ${page.site.companyId}`);
    return chats.open(page, body);
  },
  async send({ chats, limits }, { page, body }) {
    await keepTo(limits, WRITTEN_PER_CHAT, chats.chatOf(page.site, body));
    return chats.send(page, body);
  },
  read: ({ chats }, { page, body }) => chats.read(page, body),
  typing: ({ chats }, { page, body }) => chats.typing(page, body),
  async transcript({ chats, limits }, { page, body, address }) {
    await keepTo(limits, ASKED_PER_ADDRESS, `${address} ${page.site.companyId}`);
    await keepTo(limits, ASKED_PER_CHAT, chats.chatOf(page.site, body));
    return chats.transcript(page, body);
  },
  async tell({ chats, limits }, { page, body }) {
    await keepTo(limits, TOLD_PER_CHAT, chats.chatOf(page.site, body));
    return chats.tell(page, body);
  },
};

/** Makes the door: a handler that answers false when the path is none of its own. */
export function collectChatDoor(needs: Needs): Door {
  const streams = countStreams(STREAMS);
  const files = countStreams(FILES);
  return async (request, response, url) => {
    if (!url.pathname.startsWith(PREFIX)) return false;
    const name = url.pathname.slice(PREFIX.length);
    const take = Object.hasOwn(PATHS, name) ? PATHS[name] : undefined;
    const isKnown = take !== undefined || name === 'stream' || name === 'file';
    if (greetPage(request, response, isKnown)) return true;
    try {
      if (name === 'file') {
        answerJson(response, 200, await takeFile(needs, files, request));
        return true;
      }
      const asked = await admit(needs, request);
      if (!take) return await stream(needs, streams, asked, response);
      const told = await take(needs, asked);
      if (told) answerJson(response, 200, told, { 'cache-control': 'no-store' });
      else response.writeHead(204).end();
    } catch (thrown) {
      if (response.headersSent) response.destroy();
      else refusePage(needs.log, request, response, thrown);
    }
    return true;
  };
}

async function admit(needs: Needs, request: IncomingMessage): Promise<Asked> {
  const address = hashAddress(request, needs);
  await keepTo(needs.limits, PER_ADDRESS, address);
  const body = parseObject(await readBytes(request, MOST_BYTES));
  return admitBody(needs, request, body, address);
}

async function admitBody(
  { collector }: Needs,
  request: IncomingMessage,
  body: Record<string, unknown>,
  address: string,
): Promise<Asked> {
  const site = await collector.admit(body.key, request.headers.origin);
  const userAgent = request.headers['user-agent'] ?? '';
  const sender = { id: address, bringsNewVisitor: async () => {} };
  return { page: { site, agent: { userAgent, isMobile: undefined }, sender }, body, address };
}

/** Takes a file behind its line. Nothing of it is read before it is known whose it is and that there is room for it. */
async function takeFile(
  needs: Needs,
  files: StreamCount<keyof typeof FILES>,
  request: IncomingMessage,
): Promise<object> {
  const { chats, limits } = needs;
  const timer = setTimeout(() => request.destroy(), FILE_MS);
  try {
    const sender = hashAddress(request, needs);
    await keepTo(limits, PER_ADDRESS, sender);
    const { head, file } = await readFirstLine(request, MOST_BYTES);
    const { page, body, address } = await admitBody(needs, request, head, sender);
    const { companyId: company } = page.site;
    const chat = chats.chatOf(page.site, body);
    const place = { all: '', company, sender, address: `${address} ${company}`, chat };
    await keepTo(limits, SENT_PER_CHAT, chat);
    await keepTo(limits, SENT_PER_ADDRESS, place.address);
    await keepTo(limits, SENT_PER_COMPANY, company);
    if (!files.open(place)) {
      const message = 'Too many files are being sent at once. Send it again in a moment.';
      throw new CollectRefused('RATE_LIMITED', message, { retryAfterMs: 2_000 });
    }
    try {
      return await chats.file(page, body, countChatBytes(limits, place, file));
    } finally {
      files.close(place);
    }
  } finally {
    clearTimeout(timer);
    leaveRest(request);
  }
}

/** Tells of the conversation until the page leaves, or the stream has lived long enough. */
async function stream(
  { chats }: Needs,
  streams: StreamCount<keyof typeof STREAMS>,
  { page, body, address }: Asked,
  response: ServerResponse,
): Promise<true> {
  const place = { address, chat: chats.chatOf(page.site, body) };
  const end = new AbortController();
  const news = chats.follow(page, body, end.signal);
  if (!streams.open(place)) {
    end.abort();
    const message = `At most ${STREAMS.address} chats are followed from one address, and one chat ${STREAMS.chat} times.`;
    throw new CollectRefused('RATE_LIMITED', message, { retryAfterMs: PING_EVERY_MS });
  }
  const ping = setInterval(() => {
    if (!response.writableNeedDrain) response.write(':\n\n');
  }, PING_EVERY_MS);
  const leave = () => {
    end.abort();
    response.destroy();
  };
  const timer = setTimeout(leave, STREAM_MS);
  response.once('close', () => end.abort());
  // it left before anybody listened
  if (response.destroyed) end.abort();
  try {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // proxies that buffer would hold the messages back
      'x-accel-buffering': 'no',
    });
    response.write(':\n\n');
    for await (const one of news) {
      for (const text of framesOf(one)) {
        if (!response.write(text)) await once(response, 'drain', { signal: end.signal });
      }
    }
  } catch (thrown) {
    if (!end.signal.aborted) throw thrown;
  } finally {
    end.abort();
    clearInterval(ping);
    clearTimeout(timer);
    streams.close(place);
    response.end();
  }
  return true;
}

function framesOf(news: ChatNews): string[] {
  if (news.kind === 'messages') return news.messages.map((one) => frame('message', one));
  return [news.kind === 'state' ? frame('state', news.state) : frame('typing', news)];
}

function frame(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
