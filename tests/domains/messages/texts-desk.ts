// A company with numbers to text, and a carrier's webhooks that tell of texts, by a turned clock.
import { randomUUID } from 'node:crypto';
import { dispatchMessage } from '#domains/messages/dispatch.ts';
import { receiveMessageEvents } from '#domains/messages/index.ts';
import { reconcileMessage } from '#domains/messages/reconcile.ts';
import {
  type CarrierMessageState,
  type OutboundMessage,
  openInbox,
  readHead,
} from '#platform/carrier/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { schema } from '#schema';
import { openTown } from '#tests/domains/interactions/town.ts';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { buyNumbers, registerCompany, seatAgent } from './texting-company.ts';

export const ADA = '+13125550155';

/** What a job was asked for. */
export interface Enqueued {
  name: string;
  payload: Record<string, string>;
  startAfter?: Date | undefined;
}

const CONVERSATIONS = `query($filter: ConversationFilter) {
  conversations(filter: $filter) { totalCount nodes {
    id customerNumber startedBy phoneNumber state lastMessageAt lastInboundAt version
    assignee { id } consentState occurredAt leadStatus source { name } lead { id phoneNumbers }
    messages(first: 50) { totalCount nodes {
      id direction kind state text from to at segments failure carrierCode sentBy { kind id }
      media { state failure contentType url }
    } }
  } }
}`;

/** Opens the desk. Call it at the top of a test file. */
export async function openTextsDesk() {
  const town = await openTown();
  const enqueued: Enqueued[] = [];
  const jobs = {
    enqueue: async (
      _tx: unknown,
      { name }: { name: string },
      payload: Record<string, string>,
      { startAfter }: { startAfter?: Date } = {},
    ) => void enqueued.push({ name, payload, startAfter }),
    enqueueAll: async (_tx: unknown, { name }: { name: string }, payloads: object[]) =>
      void enqueued.push(...payloads.map((payload) => ({ name, payload: { ...payload } }))),
  };
  const inbox = openInbox(town.db, openSecrets(Buffer.alloc(32, 7)), { error() {} });
  /** the carrier's end: what reached it, and how it answers */
  const line = {
    sent: [] as OutboundMessage[],
    fault: null as (() => Error) | null,
    /** awaited by each request that is out */
    gate: async () => {},
    known: null as CarrierMessageState | null,
  };
  const carriers = {
    of: async () => ({
      async sendMessage(letter: OutboundMessage) {
        line.sent.push(letter);
        await line.gate();
        if (line.fault) throw line.fault();
        return { carrierMessageId: `c-${letter.tag}`, segments: 1 };
      },
      findMessage: async () => line.known,
    }),
  };
  const platform = {
    ...{ ...town, inbox, jobs, carriers, publicUrl: () => 'https://switchboard.example' },
    outbound: { refusalOf: () => null, get: async () => ({ status: 404, failure: null }) },
    storage: { remove: async () => {} },
    secrets: openSecrets(Buffer.alloc(32, 7)),
  };
  // biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape was asked for
  const ask = async (viewer: Viewer, source: string, variables: object = {}): Promise<any> => {
    const as = { platform: platform as never, viewer };
    const sent = JSON.parse(JSON.stringify(variables));
    const { data, errors } = await runOperation(schema, source, sent, as);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  /** one mutation: its payload */
  const change = async (viewer: Viewer, name: string, input: object, fields: string) => {
    const Name = name.charAt(0).toUpperCase() + name.slice(1);
    const source = `mutation($input: ${Name}Input!) { ${name}(input: $input) { ${fields} userErrors { code field message } } }`;
    return (await ask(viewer, source, { input }))[name];
  };
  let worked = 0;
  /** Does the jobs of a name that nobody has done: their outcomes. */
  const work = async (
    name: string,
    run: (key: { accountId: string; messageId: string }) => Promise<string>,
  ) => {
    const todo = enqueued.slice(worked).filter((job) => job.name === name);
    worked = enqueued.length;
    const outcomes: string[] = [];
    for (const { payload } of todo) outcomes.push(await run(payload as never));
    return outcomes;
  };

  /** A company with so many source trackers, each with a number. */
  const settle = async (count = 2) => {
    const people = await town.settle();
    const { accountId, companyId, viewer } = people;
    const createdAt = town.clock.now(accountId);
    const of = { accountId, companyId, createdAt };
    const trackers = await buyNumbers(town.db.prisma, of, count);
    const [first] = trackers;
    await registerCompany(town.db.prisma, of);
    const agentId = await seatAgent(town.db.prisma, of);
    Object.assign(line, { sent: [], fault: null, gate: async () => {}, known: null });
    enqueued.length = 0;
    worked = 0;

    const deliver = async (event_type: string, payload: { id: string }, at: Date) => {
      const body = {
        data: {
          ...{ record_type: 'event', id: randomUUID(), event_type },
          ...{ occurred_at: at.toISOString(), payload },
        },
        meta: { attempt: 1, delivered_to: 'https://switchboard.example/carrier' },
      };
      const text = JSON.stringify(body);
      const head = readHead(body);
      if (!head) throw new Error('This webhook has no head.');
      await inbox.store(accountId, head, text, town.clock.now(accountId));
      return () => receiveMessageEvents(platform as never, accountId, payload.id);
    };

    return {
      ...people,
      trackers,
      deliver,
      /** Somebody sends a text; it is taken at once, or with `later` when it is called for. */
      texts: async (
        text: string,
        given: {
          from?: string;
          to?: string;
          at?: Date;
          id?: string;
          autoresponse?: string;
          media?: { url: string }[];
          later?: boolean;
        } = {},
      ) => {
        const { from = ADA, to = first?.number ?? '', id = randomUUID(), media = [] } = given;
        const at = given.at ?? town.clock.now(accountId);
        const take = await deliver(
          'message.received',
          {
            ...{ id, text, media, from: { phone_number: from }, to: [{ phone_number: to }] },
            ...{ received_at: at.toISOString(), autoresponse_type: given.autoresponse ?? null },
          } as { id: string },
          at,
        );
        if (!given.later) await take();
        return { id, take };
      },
      conversations: async (filter: object = {}, as = viewer) =>
        (await ask(as, CONVERSATIONS, { filter })).conversations.nodes,
      agentId,
      /** The agent sends a text. */
      send: async (input: object, fields = 'message { id }') =>
        change(
          viewer,
          'sendMessage',
          { agentId: encodeGlobalId('Agent', agentId), ...input },
          fields,
        ),
      /** Does the sending that was asked for since the last time. */
      dispatch: () => work('messages.send', (key) => dispatchMessage(platform as never, key)),
      /** Does all of it again that was ever asked for. */
      again: () => {
        worked = 0;
        return work('messages.send', (key) => dispatchMessage(platform as never, key));
      },
      /** Asks the carrier for what it did not answer to. */
      reconcile: async () => {
        const rows = await town.db.prisma.message.findMany({
          where: { accountId, state: 'SENDING' },
        });
        return Promise.all(
          rows.map(({ id: messageId }) =>
            reconcileMessage(platform as never, { accountId, messageId }),
          ),
        );
      },
      /** The carrier tells of the newest text that reached it. */
      receipt: async (type: string, status: string, code?: string) => {
        const tag = line.sent.at(-1)?.tag ?? '';
        const payload = {
          ...{ id: `c-${tag}`, to: [{ phone_number: ADA, status }], parts: 1 },
          errors: code ? [{ code, title: 'No' }] : [],
          webhook_url: `https://switchboard.example/carrier?tag=${tag}`,
        };
        await (await deliver(type, payload, town.clock.now(accountId)))();
      },
      /** the events of one family, as they were appended */
      told: (family: string) =>
        town.db.prisma.event.findMany({
          where: { accountId, type: { startsWith: `${family}.` } },
          orderBy: [{ xid: 'asc' }, { seq: 'asc' }],
          select: { type: true, subject: true, subjectVersion: true, payload: true },
        }),
    };
  };

  return { ...town, platform, enqueued, line, ask, settle, change };
}
