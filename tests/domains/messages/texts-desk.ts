// A company with numbers to text, and a carrier's webhooks that tell of texts, by a turned clock.
import { randomUUID } from 'node:crypto';
import { receiveMessageEvents } from '#domains/messages/index.ts';
import { openInbox, readHead } from '#platform/carrier/index.ts';
import { schema } from '#schema';
import { openTown } from '#tests/domains/interactions/town.ts';
import { runOperation } from '#tests/support/operation.ts';
import type { Viewer } from '#values/viewer.ts';

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
    occurredAt leadStatus source { name } lead { id phoneNumbers }
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
  const inbox = openInbox(town.db);
  const platform = {
    ...{ ...town, inbox, jobs, publicUrl: () => 'https://switchboard.example' },
    secrets: { sign: () => 'mac', verify: () => true },
  };
  // biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape was asked for
  const ask = async (viewer: Viewer, source: string, variables: object = {}): Promise<any> => {
    const as = { platform: platform as never, viewer };
    const { data, errors } = await runOperation(schema, source, variables as never, as);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  let numbers = 100;

  /** A company with so many source trackers, each with a number. */
  const settle = async (count = 2) => {
    const people = await town.settle();
    const { accountId, companyId, viewer } = people;
    const createdAt = town.clock.now(accountId);
    const trackers: { id: string; number: string; phoneNumberId: string; source: string }[] = [];
    for (let n = 1; n <= count; n++) {
      const [id, sourceId, phoneNumberId] = [randomUUID(), randomUUID(), randomUUID()];
      const number = `+1415555${String(numbers++ % 200).padStart(4, '0')}`;
      const source = `Ad ${n}`;
      const of = { accountId, companyId };
      const { prisma } = town.db;
      await prisma.source.create({ data: { ...of, id: sourceId, name: source } });
      await prisma.tracker.create({
        data: {
          ...{ ...of, id, sourceId, name: source, type: 'SOURCE', createdAt },
          destination: '+12125550180',
        },
      });
      await prisma.phoneNumber.create({
        data: {
          ...{ ...of, id: phoneNumberId, trackerId: id, number, status: 'ACTIVE', createdAt },
          carrierNumberId: phoneNumberId,
        },
      });
      trackers.push({ id, number, phoneNumberId, source });
    }
    const [first] = trackers;

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
      /** the events of one family, as they were appended */
      told: (family: string) =>
        town.db.prisma.event.findMany({
          where: { accountId, type: { startsWith: `${family}.` } },
          orderBy: [{ xid: 'asc' }, { seq: 'asc' }],
          select: { type: true, subject: true, subjectVersion: true, payload: true },
        }),
    };
  };

  return {
    ...{ ...town, platform, enqueued, ask, settle },
    /** one mutation: its payload */
    change: async (viewer: Viewer, name: string, input: object, fields: string) => {
      const Name = name.charAt(0).toUpperCase() + name.slice(1);
      const source = `mutation($input: ${Name}Input!) { ${name}(input: $input) { ${fields} userErrors { code field message } } }`;
      return (await ask(viewer, source, { input }))[name];
    },
  };
}
