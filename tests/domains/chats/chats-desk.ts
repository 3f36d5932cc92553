// A company whose website has a chat, visitors who write in it, and an agent who answers.
import { randomUUID } from 'node:crypto';
import { updateChatSettings } from '#domains/chats/chat-settings.ts';
import { schema } from '#schema';
import { ORIGIN, openWebsite } from '#tests/domains/visitors/website.ts';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { SCOPES } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';

const CHATS = `query($filter: ChatFilter) { chats(filter: $filter) { totalCount nodes {
  id state pageUrl lastSeq visitorReadSeq agentReadSeq endedAt note leadStatus version
  visitor { name email phoneNumber } session { id } source { name medium campaign }
  lead { id name phoneNumbers emails } tags { name } company { id }
  attribution { basis explanation }
  messages { nodes { id seq author text isRead sentBy { kind id } } }
} } }`;

/** What a stream has told so far. */
export interface Heard {
  messages: {
    seq: number;
    id: string;
    author: string;
    name: string | null;
    text: string;
    files: { id: string; name: string; sizeBytes: number; path: string }[];
  }[];
  states: { state: string; agentReadSeq: number; visitorReadSeq: number }[];
  typing: boolean[];
  cut(): void;
  /** resolves once this holds */
  until(fits: (heard: Heard) => boolean): Promise<Heard>;
}

/** Opens it. Call it at the top of a test file. */
export async function openChatsDesk() {
  const web = await openWebsite();
  const platform = { ...web, publicUrl: () => 'https://switchboard.example' };
  // biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape was asked for
  const ask = async (viewer: Viewer, source: string, variables: object = {}): Promise<any> => {
    const { data, errors } = await runOperation(schema, source, variables as never, {
      platform: platform as never,
      viewer,
    });
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const change = async (viewer: Viewer, name: string, input: object, fields: string) => {
    const Name = name.charAt(0).toUpperCase() + name.slice(1);
    const source = `mutation($input: ${Name}Input!) { ${name}(input: $input) { ${fields} userErrors { code field message } } }`;
    return (await ask(viewer, source, { input }))[name];
  };

  const settle = async (settings: object = {}) => {
    const site = await web.settle();
    const { accountId, companyId, viewer, key } = site;
    await updateChatSettings(platform, viewer, { companyId, enabled: true, ...settings });
    /** A member with a seat, unless it is taken away. */
    const person = async (isSeated = true, companyIds: string[] | null = null) => {
      const [userId, agentId] = [randomUUID(), randomUUID()];
      const at = web.clock.now(accountId);
      const user = { id: userId, email: `${userId}@example.com`, name: 'Sam Agent', createdAt: at };
      await web.db.prisma.user.create({ data: user });
      const member = { accountId, userId, role: 'AGENT' as const, createdAt: at };
      const kept = companyIds && { allCompanies: false, companyIds };
      await web.db.prisma.membership.create({ data: { ...member, ...kept } });
      if (isSeated) {
        const seat = { accountId, id: agentId, userId, seatedAt: at, presenceAt: at };
        await web.db.prisma.agent.create({ data: seat });
      }
      const as: Viewer = {
        ...{ accountId, mode: 'TEST', role: 'AGENT', scopes: SCOPES, companyIds },
        actor: { kind: 'user', id: userId },
      };
      return { as, agentId: encodeGlobalId('Agent', agentId) };
    };
    const chatPost = (path: string, body: object, headers: Record<string, string> = {}) =>
      web.post(`chat/${path}`, { key, ...body }, headers);
    /** A visitor at an address of their own; `who` goes along with the first message. */
    const visitor = (who: { visitor?: string; session?: string | null; person?: object } = {}) => {
      const chat = randomUUID();
      const headers = { 'x-forwarded-for': `2001:db8:${chat.slice(0, 4)}::1` };
      let token = '';
      const opening = (text: string, id = randomUUID()) => ({
        ...{ id: chat, url: `${ORIGIN}/doors?size=2`, message: { id, text }, ...who },
      });
      return {
        token: () => token,
        headers,
        opening,
        opens: async (text: string, id = randomUUID()) => {
          const answer = await chatPost('open', opening(text, id), headers);
          token = answer.body?.token ?? token;
          return answer;
        },
        writes: (text: string, id = randomUUID()) =>
          chatPost('send', { token, message: { id, text } }, headers),
        /** a file behind its line */
        sendsFile: (name: string, bytes: Uint8Array, id = randomUUID()) =>
          web.post(
            'chat/file',
            Buffer.concat([Buffer.from(`${JSON.stringify({ key, token, id, name })}\n`), bytes]),
            headers,
          ),
        sends: (path: string, body: object = {}) => chatPost(path, { token, ...body }, headers),
        follows: (after = 0) => follow(web.url, { key, token, after }, headers),
      };
    };
    const chats = async (filter: object = {}, as: Viewer = viewer) =>
      (await ask(as, CHATS, { filter })).chats.nodes;
    return { ...site, settings, person, visitor, chats, chatPost };
  };
  return { ...web, platform, ask, change, settle };
}

/** Follows a chat as a page does. */
async function follow(url: string, body: object, headers: Record<string, string>): Promise<Heard> {
  const end = new AbortController();
  const response = await fetch(`${url}/collect/chat/stream`, {
    ...{ method: 'POST', body: JSON.stringify(body), signal: end.signal },
    headers: { origin: ORIGIN, ...headers },
  });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  const waiting = new Set<() => void>();
  const heard: Heard = {
    ...{ messages: [], states: [], typing: [] },
    cut: () => end.abort(),
    until: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          if (!fits(heard)) return;
          waiting.delete(look);
          resolve(heard);
        };
        waiting.add(look);
        look();
      }),
  };
  const read = async () => {
    let text = '';
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(frame) ?? [];
        if (!event || !data) continue;
        if (event === 'message') heard.messages.push(JSON.parse(data));
        if (event === 'state') heard.states.push(JSON.parse(data));
        if (event === 'typing') heard.typing.push(JSON.parse(data).isTyping);
      }
      for (const look of [...waiting]) look();
    }
  };
  read().catch(() => {});
  return heard;
}
