// A conversation with the server: what is written is sent until it is taken, in its order and under an id of its own, so
// that nothing comes twice; what is answered comes by a stream, which goes on behind the last message whenever it was cut.
import { guard, later, listen, randomId } from '../swap/host-page.ts';
import { isPassing, open, post } from './post.ts';
import { readFrames } from './read-frames.ts';
import { nameOf, readStored, type Stored, store, together } from './stored.ts';
import type { Message, Person, Place, SentFile, Waiting } from './words.ts';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** the server says something every 12 seconds */
const SILENCE_MS = 30_000;
const TYPING_EVERY_MS = 3_000;
const TYPING_HOLDS_MS = 6_000;
/** what another tab has written is that tab's to send, unless it is gone */
const OF_OTHERS_AFTER_MS = 5_000;

export interface Conversation {
  messages: readonly Message[];
  waiting: readonly Waiting[];
  /** an agent has ended it; writing takes it up again */
  isEnded: boolean;
  isConnected: boolean;
  agentIsTyping: boolean;
  /** up to which message the company has read */
  agentReadSeq: number;
  /** whether there is a conversation: something was written, now or before */
  hasBegun(): boolean;
  /** messages of others that were not seen yet */
  unread(): number;
  /** @param files sent ahead, which go along */
  write(text: string, files?: SentFile[]): void;
  /** what files are sent with; empty before a first message was taken */
  token(): string;
  /** tells that somebody is writing; as often as wanted */
  typing(): void;
  /** all that is there was seen */
  seen(): void;
  /** who the visitor is; the answer's status, 204 when it was taken */
  tell(person: Person): Promise<number>;
}

/** Takes up what is kept, or waits for a first message. `onChange` runs whenever anything has changed. */
export function openConversation(place: Place, onChange: () => void): Conversation {
  const kept = place.who() ? readStored(place.key) : null;
  let mine: Stored = kept ?? { chat: randomId(), token: '', waiting: [], seen: 0 };
  let isSending = false;
  let retryMs = FIRST_RETRY_MS;
  let streaming: AbortController | undefined;
  let typedAt = 0;
  let typingUntil = 0;

  const self: Conversation = {
    ...{ messages: [], waiting: mine.waiting, isEnded: false, isConnected: true },
    ...{ agentIsTyping: false, agentReadSeq: 0 },
    hasBegun: () => mine.token !== '' || mine.waiting.length > 0,
    unread: () =>
      self.messages.filter(({ seq, author }) => seq > mine.seen && author === 'AGENT').length,
    write(text, files) {
      sync();
      hold({ waiting: [...mine.waiting, { id: randomId(), text, ...(files && { files }) }] });
      typedAt = 0;
      flush();
    },
    token: () => mine.token,
    typing() {
      if (!mine.token || Date.now() - typedAt < TYPING_EVERY_MS) return;
      typedAt = Date.now();
      post(place, 'chat/typing', { token: mine.token, isTyping: true });
    },
    seen() {
      const seq = lastSeq();
      if (seq <= mine.seen) return;
      hold({ seen: seq });
      post(place, 'chat/read', { token: mine.token, seq });
    },
    tell: async (person) => (await post(place, 'chat/tell', { token: mine.token, person })).status,
  };
  const lastSeq = () => self.messages[self.messages.length - 1]?.seq ?? 0;

  /** Takes over what another tab of the site has kept since. */
  function sync(): void {
    const theirs = place.who() ? readStored(place.key) : null;
    if (!theirs) return;
    const isOurs = theirs.chat === mine.chat;
    if (!isOurs) {
      // it began one, or began anew, while we have nothing that is not sent
      if (mine.token) return;
      leave();
    }
    mine = isOurs ? together(theirs, mine) : { ...theirs, waiting: together(theirs, mine).waiting };
    drop();
  }

  /** What has come by the stream waits no longer, whichever tab wrote it. */
  function drop(): void {
    const { messages } = self;
    mine.waiting = mine.waiting.filter(({ id }) => messages.every((one) => one.id !== id));
    self.waiting = mine.waiting;
  }

  function hold(next: Partial<Stored>): void {
    mine = { ...mine, ...next };
    drop();
    store(place.key, place.who() && mine);
    onChange();
  }

  const pause = (): number => {
    const ms = retryMs * (1 + Math.random() / 2);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    return ms;
  };

  async function flush(): Promise<void> {
    const letter = mine.waiting.find(({ isRefused, id }) => !isRefused && !taken.has(id));
    if (isSending || !letter) return;
    isSending = true;
    const { id, text, files } = letter;
    const message = { id, text, ...(files && { files: files.map((file) => file.id) }) };
    const { visitor, session } = place.who() ?? {};
    const { status, body, wait } = mine.token
      ? await post(place, 'chat/send', { token: mine.token, message })
      : await post(place, 'chat/open', {
          ...{ id: mine.chat, visitor, session: session || undefined, message },
          url: location.href.slice(0, 8_000),
        });
    isSending = false;
    if (isPassing(status)) return later(flush, Math.max(wait, pause()));
    retryMs = FIRST_RETRY_MS;
    if (status === 200) {
      taken.add(id);
      if (body?.token) hold({ token: String(body.token) });
      follow();
    } else if (body?.code === 'CHAT_TOKEN_INVALID') startAnew();
    else refuse(id);
    flush();
  }
  /** what the server has taken, and the stream will bring */
  const taken = new Set<string>();

  function refuse(id: string): void {
    hold({
      waiting: mine.waiting.map((one) => (one.id === id ? { ...one, isRefused: true } : one)),
    });
  }

  function leave(): void {
    streaming?.abort();
    streaming = undefined;
    self.messages = [];
    taken.clear();
  }

  /** The conversation is no longer kept there: what waits opens another one, unless another tab has opened it already. */
  function startAnew(): void {
    const gone = mine.chat;
    leave();
    mine = { ...mine, token: '', seen: 0 };
    sync();
    if (mine.chat === gone) mine = { ...mine, chat: randomId(), token: '', seen: 0 };
    hold({});
    follow();
  }

  function take(event: string, data: unknown): void {
    if (event === 'message') {
      const message = data as Message;
      if (message.seq !== lastSeq() + 1) return;
      self.messages = [...self.messages, message];
      if (message.author === 'AGENT') typingUntil = 0;
      if (message.author === 'VISITOR' && message.seq > mine.seen) mine.seen = message.seq;
      self.agentIsTyping = typingUntil > Date.now();
      sync();
      hold({});
    } else if (event === 'state') {
      const { state, agentReadSeq, visitorReadSeq } = data as Record<string, number | string>;
      self.isEnded = state === 'ENDED';
      self.agentReadSeq = Number(agentReadSeq);
      mine.seen = Math.max(mine.seen, Number(visitorReadSeq));
      onChange();
    } else if (event === 'typing') {
      typingUntil = (data as { isTyping: boolean }).isTyping ? Date.now() + TYPING_HOLDS_MS : 0;
      const look = () => {
        self.agentIsTyping = typingUntil > Date.now();
        onChange();
      };
      look();
      later(look, TYPING_HOLDS_MS + 100);
    }
  }

  async function follow(): Promise<void> {
    if (streaming || !mine.token) return;
    const stream = new AbortController();
    streaming = stream;
    let heardAt = Date.now();
    const watch = setInterval(() => Date.now() - heardAt > SILENCE_MS && stream.abort(), 5_000);
    let isGone = false;
    let wait = 0;
    try {
      const body = { token: mine.token, after: lastSeq() };
      const response = await open(place, 'chat/stream', body, stream.signal);
      if (response.ok) {
        retryMs = FIRST_RETRY_MS;
        connected(true);
        const onBytes = () => {
          heardAt = Date.now();
        };
        await readFrames(response, ([event, data]) => guard(take)(event, data), onBytes);
      } else {
        isGone = (await response.json()).code === 'CHAT_TOKEN_INVALID';
        wait = Number(response.headers.get('retry-after') ?? 0) * 1_000;
      }
    } catch {
      // cut off: it goes on behind the last message
    }
    clearInterval(watch);
    // it was started anew meanwhile
    if (streaming !== stream) return;
    streaming = undefined;
    if (isGone) return startAnew();
    connected(false);
    later(follow, Math.max(wait, pause()));
  }

  function connected(is: boolean): void {
    if (self.isConnected === is) return;
    self.isConnected = is;
    onChange();
  }

  const hurry = () => {
    retryMs = FIRST_RETRY_MS;
    flush();
    follow();
  };
  listen(window, 'online', hurry);
  listen(window, 'storage', (event) => {
    if ((event as StorageEvent).key !== nameOf(place.key)) return;
    sync();
    onChange();
    follow();
    later(flush, OF_OTHERS_AFTER_MS);
  });
  hurry();
  return self;
}
