// A library for searches: accounts with companies and trackers, whose calls are written down word by word. What an engine
// may read live stands in the real tables.
import { randomUUID } from 'node:crypto';
import { taggedInteractions } from '#domains/interactions/index.ts';
import type { Db } from '#platform/db/index.ts';
import {
  openPostgresSearch,
  type Passage,
  parseQuery,
  type SearchDocument,
  type SearchEngine,
  type SearchFilter,
  type Speaker,
} from '#platform/search/index.ts';

/** `caller: hello` lines, or passages. */
export type Talk = string | readonly Omit<Passage, 'n'>[];

export interface CallOf {
  says: Talk;
  companyId?: string;
  trackerId?: string | null;
  occurredAt?: Date;
  tags?: readonly string[];
}

const START = Date.UTC(2026, 0, 15, 12);

/** Reads `caller: …`, `agent: …` and `both: …` lines. */
export function readTalk(says: Talk): Passage[] {
  if (typeof says !== 'string') return says.map((one, n) => ({ ...one, n }));
  return says
    .trim()
    .split('\n')
    .map((line, n) => {
      const [, who = 'both', text = ''] = /^\s*(?:(\w+): )?(.*)$/.exec(line) ?? [];
      const speaker = ({ caller: 'CALLER', agent: 'AGENT' } as Record<string, Speaker>)[who];
      return { n, speaker: speaker ?? 'UNKNOWN', text };
    });
}

export type Library = ReturnType<typeof openLibrary>;

/** Opens a library on a database. */
export function openLibrary(db: Db, search: SearchEngine = postgresOf(db)) {
  let calls = 0;

  const openAccount = async (accountId: string = randomUUID()) => {
    const [companyId, otherCompanyId, trackerId, otherTrackerId] = Array.from({ length: 4 }, () =>
      randomUUID(),
    ) as [string, string, string, string];
    const createdAt = new Date(START);
    await db.prisma.account.create({
      data: { id: accountId, name: 'Library', mode: 'TEST', createdAt },
    });
    for (const [company, tracker] of [
      [companyId, trackerId],
      [otherCompanyId, otherTrackerId],
    ] as const) {
      await db.prisma.company.create({
        data: { accountId, id: company, name: 'Company', timeZone: 'UTC', createdAt },
      });
      await db.prisma.source.create({
        data: { accountId, id: tracker, companyId: company, name: 'Ad' },
      });
      await db.prisma.tracker.create({
        data: {
          accountId,
          id: tracker,
          companyId: company,
          sourceId: tracker,
          name: 'Ad',
          type: 'SOURCE',
          destination: '+12125550180',
          createdAt,
        },
      });
    }

    /** Stores a call with its written text, as if it had just been transcribed. */
    const write = async (call: CallOf | Talk, options: { index?: boolean } = {}) => {
      const given: CallOf =
        typeof call === 'string' || Array.isArray(call) ? { says: call as Talk } : (call as CallOf);
      const id = randomUUID();
      const document: SearchDocument = {
        id,
        subjectId: randomUUID(),
        companyId: given.companyId ?? companyId,
        trackerId: given.trackerId === undefined ? trackerId : given.trackerId,
        occurredAt: given.occurredAt ?? new Date(START + calls++ * 60_000),
        passages: readTalk(given.says),
      };
      await db.transaction(async (tx) => {
        await storeCall(tx, accountId, document);
        if (options.index !== false) await search.index(tx, accountId, [document]);
      });
      if (given.tags) await tag(document.subjectId, given.tags);
      return document;
    };

    const tag = async (subjectId: string, names: readonly string[]) => {
      await db.prisma.interactionTag.deleteMany({ where: { accountId, interactionId: subjectId } });
      for (const name of names) {
        const { id: tagId } = await db.prisma.tag.upsert({
          where: { accountId_companyId_name: { accountId, companyId, name } },
          create: { accountId, id: randomUUID(), companyId, name, createdAt },
          update: {},
        });
        await db.prisma.interactionTag.create({
          data: { accountId, interactionId: subjectId, tagId, taggedAt: createdAt },
        });
      }
    };

    const scope = { accountId, companyIds: null as readonly string[] | null };
    const requestOf = (query: string, filter: SearchFilter) => ({
      clauses: parseQuery(query).clauses,
      filter,
    });
    return {
      accountId,
      companyId,
      otherCompanyId,
      trackerId,
      otherTrackerId,
      write,
      tag,
      search: (
        query: string,
        filter: SearchFilter = {},
        as: Partial<typeof scope> = {},
        limit = 100,
      ) => search.search({ ...scope, ...as }, requestOf(query, filter), { limit, after: null }),
      page: (query: string, limit: number, after: Parameters<SearchEngine['search']>[2]['after']) =>
        search.search(scope, requestOf(query, {}), { limit, after }),
      facets: (
        query: string,
        filter: SearchFilter = {},
        as: Partial<typeof scope> = {},
        zone = 'UTC',
      ) => search.facets({ ...scope, ...as }, requestOf(query, filter), zone),
      /** whether each of these finds one document */
      judge: (id: string, asked: readonly { query: string; filter: SearchFilter }[]) =>
        search.judge(
          { accountId, id },
          asked.map(({ query, filter }) => requestOf(query, filter)),
        ),
      /** the ids that a query finds, in order */
      find: async (query: string, filter: SearchFilter = {}, as: Partial<typeof scope> = {}) => {
        const { hits } = await search.search({ ...scope, ...as }, requestOf(query, filter), {
          limit: 100,
          after: null,
        });
        return hits.map(({ id }) => id);
      },
      words: async () => {
        const rows = await db.prisma.searchWord.findMany({
          where: { accountId },
          orderBy: { word: 'asc' },
        });
        return Object.fromEntries(rows.map(({ word, documents }) => [word, documents]));
      },
    };
  };
  return { db, search, openAccount };
}

export const postgresOf = (db: Db): SearchEngine =>
  openPostgresSearch({ db, tags: taggedInteractions });

type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

async function storeCall(tx: Tx, accountId: string, document: SearchDocument): Promise<void> {
  const { id, subjectId, companyId, trackerId, occurredAt, passages } = document;
  await tx.interaction.create({
    data: { accountId, id: subjectId, kind: 'CALL', companyId, occurredAt },
  });
  await tx.call.create({
    data: {
      accountId,
      id: subjectId,
      companyId,
      trackerId,
      direction: 'INBOUND',
      state: 'ENDED',
      to: '+14155550101',
      carrierSessionId: subjectId,
      startedAt: occurredAt,
      firstCall: true,
      priorCalls: 0,
      machine: {},
    },
  });
  await tx.recording.create({
    data: {
      accountId,
      id,
      callId: subjectId,
      companyId,
      kind: 'CALL',
      state: 'READY',
      startedAt: occurredAt,
    },
  });
  await tx.transcript.create({
    data: {
      accountId,
      id,
      callId: subjectId,
      recordingId: id,
      state: 'READY',
      createdAt: occurredAt,
    },
  });
  await tx.transcriptSegment.createMany({
    data: passages.map(({ n, speaker, text }) => ({
      accountId,
      transcriptId: id,
      n,
      speaker,
      text,
      startMs: n * 1_000,
      endMs: n * 1_000 + 900,
      words: [],
    })),
  });
}
