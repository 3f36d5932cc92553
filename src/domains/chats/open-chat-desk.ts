// Takes what the chat of a company's page sends, once it is known whose site it is: the visitor's side of every
// conversation. A token, which opening gives, says which one.
import { storeUpload, type UploadedFile, UploadRefused } from '#domains/uploads/index.ts';
import {
  type AdmittedPage,
  CollectRefused,
  readBody,
  requireEnabled,
  requireOwn,
} from '#domains/visitors/index.ts';
import { openShortMemory, type Tx } from '#platform/db/index.ts';
import { stableId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { Refused } from '#values/refusals.ts';
import { addMessage, type NewMessage } from './add-message.ts';
import { isWithinHours } from './business-hours.ts';
import { makeChatToken, readChatToken } from './chat-token.ts';
import { chatSubject } from './events.ts';
import { type ChatNews, followChat } from './follow-chat.ts';
import { markRead } from './mark-read.ts';
import { openChat, visitorMessageId } from './open-chat.ts';
import { tellPerson } from './person-of-chat.ts';
import { requestTranscript, transcriptsSubject } from './request-transcript.ts';
import { readChat, readChatMessage } from './store.ts';
import { ownerOfChat } from './store-files.ts';
import { type ChatSettings, readChatSettings, unset } from './store-settings.ts';
import { tellTyping } from './typing.ts';
import {
  fileShape,
  openShape,
  readShape,
  sendShape,
  streamShape,
  tellShape,
  tokenShape,
  transcriptShape,
  typingShape,
} from './visitor-input.ts';

type Site = AdmittedPage['site'];

/** What a page is told of the company's chat. */
export interface ChatFace {
  /** OPEN: somebody answers; CLOSED: not at this hour; OFF: there is none */
  state: 'OPEN' | 'CLOSED' | 'OFF';
  company: string;
  greeting: string;
  offlineText: string;
  /** whether visitors may have the chat sent by mail */
  transcripts: boolean;
}

export interface ChatDesk {
  /** What is shown before a conversation begins. */
  face(page: AdmittedPage): Promise<ChatFace>;
  /** A first message. Throws CollectRefused INVALID_INPUT, SITE_DISABLED, CHAT_OFF, FOREIGN_ORIGIN. */
  open(page: AdmittedPage, body: unknown): Promise<{ token: string }>;
  /** A further message, once however often its id comes. Throws CollectRefused INVALID_INPUT, CHAT_TOKEN_INVALID. */
  send(page: AdmittedPage, body: unknown): Promise<{ seq: number }>;
  /**
   * A file that is to go with a further message, once however often its id comes. Throws CollectRefused INVALID_INPUT,
   * CHAT_TOKEN_INVALID, TOO_LARGE, FILE_REFUSED, OVERLOADED; and what the content throws.
   */
  file(
    page: AdmittedPage,
    head: unknown,
    content: AsyncIterable<Uint8Array>,
  ): Promise<Omit<UploadedFile, 'id'>>;
  read(page: AdmittedPage, body: unknown): Promise<void>;
  typing(page: AdmittedPage, body: unknown): Promise<void>;
  tell(page: AdmittedPage, body: unknown): Promise<void>;
  /** Has the chat sent by mail, once. Throws CollectRefused INVALID_INPUT, CHAT_TOKEN_INVALID, CHAT_OFF, RATE_LIMITED. */
  transcript(page: AdmittedPage, body: unknown): Promise<void>;
  /** The chat that a body's token is of. Throws CollectRefused INVALID_INPUT, CHAT_TOKEN_INVALID. */
  chatOf(site: Site, body: unknown): string;
  /** The conversation from a message on, until the signal aborts. Throws as chatOf does. */
  follow(page: AdmittedPage, body: unknown, signal: AbortSignal): AsyncGenerator<ChatNews, void>;
}

/** Opens the desk. */
export function openChatDesk(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'secrets' | 'storage' | 'jobs'>,
): ChatDesk {
  const { db, clock, events, secrets } = platform;
  const memory = openShortMemory<{ settings: ChatSettings; company: string; timeZone: string }>();

  const knownOf = ({ accountId, companyId }: Site) =>
    memory.read(companyId, async () => {
      const [settings] = await readChatSettings(db.prisma, accountId, [companyId]);
      const { name, timeZone } = await db.prisma.company.findUniqueOrThrow({
        where: { accountId_id: { accountId, id: companyId } },
        select: { name: true, timeZone: true },
      });
      return { settings: settings ?? unset(accountId, companyId), company: name, timeZone };
    });

  const chatOf = (site: Site, token: string): string => {
    requireEnabled(site);
    const chatId = readChatToken(secrets, site, token);
    if (chatId) return chatId;
    throw invalidToken();
  };

  const add = (
    { accountId }: Site,
    chatId: string,
    message: Omit<NewMessage & { author: 'VISITOR' }, 'sentAt'>,
  ): Promise<{ seq: number }> =>
    db.transaction(async (tx) => {
      await events.lock(tx, accountId, [chatSubject(chatId)]);
      const known = await readChatMessage(tx, accountId, message.id);
      if (known) return { seq: known.seq };
      const chat = await readChat(tx, accountId, chatId);
      if (!chat) throw invalidToken();
      const sentAt = clock.now(accountId);
      const seq = await addMessage(tx, platform, chat, { ...message, sentAt });
      if (seq !== null) return { seq };
      const what =
        'message.files takes files that were sent to this chat, within a day, and are in no other message.';
      throw new CollectRefused('INVALID_INPUT', what, { field: 'message.files' });
    });

  return {
    async face({ site }) {
      const { settings, company, timeZone } = await knownOf(site);
      const { enabled, hours, greeting, offlineText, transcripts } = settings;
      const isOpen = isWithinHours(hours, timeZone, clock.now(site.accountId));
      const isOn = enabled && site.isEnabled;
      const state = isOn ? (isOpen ? 'OPEN' : 'CLOSED') : 'OFF';
      return { state, company, greeting, offlineText, transcripts };
    },
    async open({ site }, given) {
      const body = readBody(openShape, given);
      requireEnabled(site);
      requireOwn(site, body.url);
      if (body.message.files?.length) {
        const message =
          'A first message takes no files: they are sent with the token that it is answered with.';
        throw new CollectRefused('INVALID_INPUT', message, { field: 'message.files' });
      }
      const { settings } = await knownOf(site);
      if (!settings.enabled) {
        throw new CollectRefused('CHAT_OFF', 'This company has no chat at present.');
      }
      const { accountId, companyId } = site;
      // browsers make the ids of their chats: those of two companies have nothing to do with each other
      const id = stableId('chat', companyId, body.id);
      await db.transaction((tx) =>
        openChat(tx, platform, {
          ...{ accountId, companyId, id, pageUrl: body.url, message: body.message },
          ...{ at: clock.now(accountId), greeting: settings.greeting, person: body.person ?? {} },
          ...{ visitorId: body.visitor ?? null, sessionId: body.session ?? null },
        }),
      );
      return { token: makeChatToken(secrets, site, id) };
    },
    async send({ site }, given) {
      const { token, message } = readBody(sendShape, given);
      const chatId = chatOf(site, token);
      const id = visitorMessageId(chatId, message.id);
      const clientId = message.id;
      const ids = (message.files ?? []).map((file) => fileId(chatId, file));
      const files = { owner: ownerOfChat(chatId), ids };
      return add(site, chatId, { id, author: 'VISITOR', clientId, text: message.text, files });
    },
    async file({ site }, head, content) {
      const { token, id, name } = readBody(fileShape, head);
      const chatId = chatOf(site, token);
      const { accountId } = site;
      const mayCome = async (tx: Tx) => {
        await events.lock(tx, accountId, [chatSubject(chatId)]);
        return (await readChat(tx, accountId, chatId)) !== null;
      };
      const owner = ownerOfChat(chatId);
      const file = { accountId, id: fileId(chatId, id), owner, name, content, mayCome };
      const stored = await storeUpload(platform, file).catch(refuseFile);
      const { contentType, sizeBytes } = stored;
      return { name: stored.name, contentType, sizeBytes };
    },
    async read({ site }, given) {
      const { token, seq } = readBody(readShape, given);
      const id = chatOf(site, token);
      const { accountId } = site;
      await db.transaction((tx) => markRead(tx, platform, { accountId, id }, 'VISITOR', seq));
    },
    async typing({ site }, given) {
      const { token, isTyping } = readBody(typingShape, given);
      const chatId = chatOf(site, token);
      tellTyping(platform, { accountId: site.accountId, chatId }, { author: 'VISITOR', isTyping });
    },
    async tell({ site }, given) {
      const { token, person } = readBody(tellShape, given);
      const id = chatOf(site, token);
      const { accountId, companyId } = site;
      const told = { accountId, companyId, id };
      if (!(await db.transaction((tx) => tellPerson(tx, platform, told, person)))) {
        throw invalidToken();
      }
    },
    async transcript({ site }, given) {
      const { token, id, email: address } = readBody(transcriptShape, given);
      const chatId = chatOf(site, token);
      const { accountId, companyId } = site;
      await db.transaction(async (tx) => {
        // one after the other, as agents take them
        await events.lock(tx, accountId, [transcriptsSubject(companyId)]);
        await events.lock(tx, accountId, [chatSubject(chatId)]);
        const chat = await readChat(tx, accountId, chatId);
        if (!chat) throw invalidToken();
        const asked = { id: stableId('chat-transcript', chatId, id), address, byVisitor: true };
        await requestTranscript(tx, platform, chat, asked).catch((thrown: unknown) => {
          throw refusalOfTranscript(thrown, clock.now(accountId));
        });
      });
    },
    chatOf: (site, given) => chatOf(site, readBody(tokenShape, given).token),
    follow({ site }, given, signal) {
      const { token, after } = readBody(streamShape, given);
      const chatId = chatOf(site, token);
      return followChat(platform, { accountId: site.accountId, chatId, after }, signal);
    },
  };
}

/** The id of a visitor's file, by which one that comes again is known. */
const fileId = (chatId: string, id: string): string => stableId('chat-file', chatId, id);

function refusalOfTranscript(thrown: unknown, now: Date): unknown {
  if (!(thrown instanceof Refused)) return thrown;
  const { retryAt } = thrown.figures;
  if (!retryAt) return new CollectRefused('CHAT_OFF', 'This company sends no transcripts.');
  const retryAfterMs = retryAt.getTime() - now.getTime();
  return new CollectRefused('RATE_LIMITED', thrown.message, { retryAfterMs });
}

function refuseFile(thrown: unknown): never {
  if (!(thrown instanceof UploadRefused)) throw thrown;
  const { code, message } = thrown;
  if (code === 'GONE') throw invalidToken();
  if (code === 'BUSY') throw new CollectRefused('OVERLOADED', message, { retryAfterMs: 2_000 });
  throw new CollectRefused(code === 'TOO_LARGE' ? code : 'FILE_REFUSED', message);
}

function invalidToken(): CollectRefused {
  const message =
    'token takes what opening this chat answered; this one is of no chat that is kept.';
  return new CollectRefused('CHAT_TOKEN_INVALID', message, { field: 'token' });
}
