// A company whose calls, forms, texts and chats are written straight into their tables, and the counting that follows them.
import { randomBytes, randomUUID } from 'node:crypto';
import { countInteractions } from '#domains/reports/count-interactions.ts';
import { reportsJobHandlers } from '#domains/reports/job-handlers.ts';
import type { CallDirection, CallOutcome, LeadStatus } from '#generated/prisma/enums.ts';
import { type AnyJobDefinition, NotYet } from '#platform/jobs/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { openDiskStorage } from '#platform/storage/index.ts';
import { schema } from '#schema';
import { openTown } from '#tests/domains/interactions/town.ts';
import { runOperation } from '#tests/support/operation.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import type { Viewer } from '#values/viewer.ts';

export interface NewCall {
  at?: string;
  leadId?: string | null;
  source?: string | null;
  trackerId?: string | null;
  direction?: CallDirection;
  outcome?: CallOutcome | null;
  lastsSeconds?: number;
  firstCall?: boolean;
  valueCents?: bigint | null;
  leadStatus?: LeadStatus;
  companyId?: string;
}

export interface NewText {
  at?: string;
  leadId?: string | null;
  source?: string;
  startedBy?: 'INBOUND' | 'OUTBOUND';
  messages?: string[];
}

/** Opens it on a database of its own. Call it at the top of a test file. */
export async function openLedger() {
  const town = await openTown();
  const queue: { name: string; payload: unknown }[] = [];
  const jobs = {
    enqueue: async (_tx: unknown, { name }: AnyJobDefinition, payload: unknown) => {
      queue.push({ name, payload });
    },
    enqueueAll: async (_tx: unknown, { name }: AnyJobDefinition, payloads: unknown[]) => {
      queue.push(...payloads.map((payload) => ({ name, payload })));
    },
  };
  const platform = {
    ...town,
    jobs: jobs as never,
    storage: openDiskStorage(temporaryFolder()),
    secrets: openSecrets(randomBytes(32)),
    publicUrl: () => 'https://switchboard.example',
  };
  const { db } = town;

  /** Does the jobs that wait, and those that come of them. */
  const work = async () => {
    const handlers = reportsJobHandlers(platform as never);
    for (let job = queue.shift(); job; job = queue.shift()) {
      const handler = handlers.find(({ definition }) => definition.name === job.name);
      const attempt = { id: 'job', attempt: 1, signal: new AbortController().signal };
      await handler?.run(job.payload as never, attempt).catch((error: unknown) => {
        // such a job would be tried again
        if (!(error instanceof NotYet)) throw error;
      });
    }
  };

  const settle = async () => {
    const people = await town.settle();
    const { accountId, companyId, viewer } = people;
    const sources = new Map<string, string>();
    const sourceOf = async (name: string, medium = '', campaign = '') => {
      const key = [name, medium, campaign].join('/');
      const id = sources.get(key) ?? randomUUID();
      if (!sources.has(key)) {
        await db.prisma.source.create({
          data: { accountId, id, companyId, name, medium, campaign },
        });
        sources.set(key, id);
      }
      return id;
    };
    let texters = 100;
    const shared = async (
      id: string,
      kind: 'CONVERSATION' | 'CHAT',
      occurredAt: Date,
      { leadId = null, source }: NewText,
    ) => {
      const sourceId = source ? await sourceOf(source) : null;
      await db.prisma.interaction.create({
        data: { accountId, id, companyId, kind, occurredAt, leadId, sourceId },
      });
    };
    return {
      ...people,
      sourceOf,
      tracker: async (name: string) => {
        const id = randomUUID();
        const createdAt = new Date('2026-01-01T00:00:00Z');
        await db.prisma.tracker.create({
          data: {
            ...{ accountId, id, companyId, name, type: 'SOURCE', createdAt },
            sourceId: await sourceOf(name),
            destination: '+13125550100',
          },
        });
        return id;
      },
      lead: async (at = '2026-03-02T15:00:00Z', company = companyId) => {
        const id = randomUUID();
        const createdAt = new Date(at);
        await db.prisma.lead.create({ data: { accountId, id, companyId: company, createdAt } });
        return id;
      },
      form: async (
        fields: { name: string; value: string }[],
        at = '2026-03-02T15:00:00Z',
        told: { term?: string; formName?: string; formId?: string; spamScore?: number } = {},
      ) => {
        const id = randomUUID();
        const submittedAt = new Date(at);
        await db.prisma.interaction.create({
          data: { accountId, id, companyId, kind: 'FORM', occurredAt: submittedAt },
        });
        await db.prisma.formSubmission.create({
          data: {
            ...{ accountId, id, companyId, fields, submittedAt, isFirst: true, spamScore: 0 },
            ...{ formId: 'contact', formName: '', formAction: '', pageUrl: '', ...told },
          },
        });
        return id;
      },
      text: async (given: NewText = {}) => {
        const id = randomUUID();
        const at = new Date(given.at ?? '2026-03-02T15:00:00Z');
        texters += 1;
        await shared(id, 'CONVERSATION', at, given);
        await db.prisma.conversation.create({
          data: {
            ...{ accountId, id, companyId, customerNumber: `+14155550${texters}` },
            startedBy: given.startedBy ?? 'INBOUND',
            ...{ firstNumber: '+13125550101', currentNumber: '+13125550101', lastMessageAt: at },
            messages: {
              create: (given.messages ?? []).map((text, n) => ({
                ...{ id: randomUUID(), direction: 'INBOUND' as const, state: 'RECEIVED' as const },
                ...{ text, ownNumber: '+13125550101', createdAt: at },
                at: new Date(at.getTime() + n * 1_000),
              })),
            },
          },
        });
        return id;
      },
      chat: async (given: Omit<NewText, 'startedBy'> = {}) => {
        const id = randomUUID();
        const at = new Date(given.at ?? '2026-03-02T15:00:00Z');
        const messages = given.messages ?? [];
        await shared(id, 'CHAT', at, given);
        await db.prisma.chat.create({
          data: {
            ...{
              accountId,
              id,
              companyId,
              state: 'OPEN',
              pageUrl: 'https://doors.example/?who=ann',
            },
            ...{ visitorName: 'Ann Lee', visitorEmail: 'ann@mail.example' },
            ...{ lastMessageAt: at, lastSeq: messages.length },
            messages: {
              create: messages.map((text, n) => ({
                ...{ id: randomUUID(), seq: n + 1, author: 'VISITOR' as const, text, sentAt: at },
              })),
            },
          },
        });
        return id;
      },
      call: async (call: NewCall = {}) => {
        const id = randomUUID();
        const company = call.companyId ?? companyId;
        const startedAt = new Date(call.at ?? '2026-03-02T15:00:00Z');
        const { lastsSeconds = 60, outcome = 'ANSWERED' } = call;
        const endedAt = outcome && new Date(startedAt.getTime() + lastsSeconds * 1_000);
        await db.prisma.interaction.create({
          data: {
            ...{ accountId, id, companyId: company, kind: 'CALL', occurredAt: startedAt },
            leadId: call.leadId ?? null,
            sourceId: call.source ? await sourceOf(call.source) : null,
            valueCents: call.valueCents ?? null,
            leadStatus: call.leadStatus ?? 'NOT_SCORED',
          },
        });
        await db.prisma.call.create({
          data: {
            ...{ accountId, id, companyId: company, startedAt, outcome, endedAt },
            trackerId: call.trackerId ?? null,
            direction: call.direction ?? 'INBOUND',
            state: outcome ? 'ENDED' : 'RINGING',
            to: '+13125550101',
            carrierSessionId: id,
            firstCall: call.firstCall ?? false,
            priorCalls: 0,
            machine: {},
          },
        });
        return id;
      },
      count: (...ids: string[]) =>
        db.transaction((tx) => countInteractions(tx, platform, accountId, ids)),
      ask: async (source: string, variables: object = {}, as: Viewer = viewer) => {
        const { data, errors } = await runOperation(schema, source, variables as never, {
          platform: platform as never,
          viewer: as,
        });
        if (errors) throw new Error(JSON.stringify(errors));
        return data;
      },
    };
  };
  return { ...town, platform, queue, work, settle };
}
