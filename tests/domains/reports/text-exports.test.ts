// Exports of texts and chats: a line for each, masked and scoped as their maker is, and long conversations over many pages.
import { expect, it } from 'vitest';
import { createApiKey } from '#domains/accounts/index.ts';
import { createExport } from '#domains/reports/exports/create-export.ts';
import { mayFetch } from '#domains/reports/exports/rights.ts';
import { readExport } from '#domains/reports/exports/store.ts';
import { writeExport } from '#domains/reports/exports/write-export.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Scope } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';
import { openLedger } from './ledger.ts';

const ledger = await openLedger();
const { platform } = ledger;
const range = { from: '2026-03-01', to: '2026-03-31' };
type Account = Awaited<ReturnType<typeof ledger.settle>>;
type Kind = 'ATTRIBUTION' | 'CONVERSATIONS' | 'MESSAGES' | 'CHATS' | 'CHAT_MESSAGES';

async function keyOf(town: Account, scopes: Scope[], companyIds: string[] | null = null) {
  const wish = { name: 'Key', scopes, ...(companyIds && { companyIds }) };
  const { apiKey } = await createApiKey(platform, town.viewer, wish);
  return { ...town.viewer, actor: { kind: 'key', id: apiKey.id } as const, scopes, companyIds };
}

/** An export that was written, and its lines. */
async function made(town: Account, kind: Kind, as: Viewer = town.viewer, pageSize = 500) {
  const { accountId } = town;
  const { id } = await createExport(platform, as, { kind, format: 'JSONL', range });
  ledger.queue.splice(0);
  const key = { accountId, exportId: id };
  expect(await writeExport(platform, key, new AbortController().signal, pageSize)).toBe('ready');
  const parts = [];
  const file = await platform.storage.read(`exports/${accountId}/${id}.jsonl`);
  for await (const part of file) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString().trimEnd();
  const row = await readExport(ledger.db.prisma, accountId, id);
  if (!row) throw new Error('The export is gone.');
  return { row, lines: text ? text.split('\n').map((line) => JSON.parse(line)) : [] };
}

it('hold each text and chat once, masked for who may not know people', async () => {
  const town = await ledger.settle();
  const leadId = await town.lead('2026-03-02T10:00:00Z');
  const text = await town.text({ source: 'Ad', leadId, messages: ['=Is it ready?', 'Hello?'] });
  await town.text({ at: '2026-02-01T10:00:00Z', messages: ['Before'] });
  const chat = await town.chat({ at: '2026-03-03T10:00:00Z', messages: ['Do you open today?'] });
  await town.count(text, chat);
  const [one, ...others] = (await made(town, 'CONVERSATIONS')).lines;
  expect(others).toEqual([]);
  expect(one).toMatchObject({
    ...{ id: encodeGlobalId('Conversation', text), customerNumber: '+14155550101', source: 'Ad' },
    ...{ startedBy: 'INBOUND', received: 2, sent: 0, leadId: encodeGlobalId('Lead', leadId) },
    ...{ company: 'Garage Doors', state: 'ACTIVE', leadStatus: 'NOT_SCORED', tags: [] },
  });
  const texts = (await made(town, 'MESSAGES')).lines;
  expect(texts).toMatchObject([
    { conversationId: one.id, text: '=Is it ready?', from: '+14155550101', to: '+13125550101' },
    { conversationId: one.id, text: 'Hello?', direction: 'INBOUND', state: 'RECEIVED', files: 0 },
  ]);
  const [opened] = (await made(town, 'CHATS')).lines;
  expect(opened).toMatchObject({ visitorName: 'Ann Lee', messages: 1, state: 'OPEN' });
  expect(opened.pageUrl).toBe('https://doors.example/?who=ann');
  const written = (await made(town, 'CHAT_MESSAGES')).lines;
  expect(written).toMatchObject([
    {
      chatId: encodeGlobalId('ChatConversation', chat),
      seq: 1,
      text: 'Do you open today?',
      files: 0,
    },
  ]);

  const scopes: Scope[] = ['reports:read', 'messages:read', 'chats:read'];
  const narrow = await keyOf(town, scopes, [town.companyId]);
  const masked = [];
  for (const kind of ['CONVERSATIONS', 'MESSAGES', 'CHATS', 'CHAT_MESSAGES'] as const)
    masked.push(...(await made(town, kind, narrow)).lines);
  expect(masked).toHaveLength(5);
  expect(JSON.stringify(masked)).not.toMatch(/4155550101|ready|Hello|today|Ann Lee|ann@|who=ann/);
  expect(masked[0]).toMatchObject({ customerNumber: '+1••••••••01', leadId: null, keyword: null });
  expect(masked[1]).toMatchObject({ text: '•••', to: '+13125550101' });
  const roofs = await keyOf(town, scopes, [town.otherCompanyId]);
  for (const kind of ['MESSAGES', 'CHAT_MESSAGES'] as const)
    expect((await made(town, kind, roofs)).lines).toEqual([]);
});

it('go on within a conversation that is longer than a page, without gap or repetition', async () => {
  const town = await ledger.settle();
  const words = (name: string) => Array.from({ length: 5 }, (_, n) => `${name} ${n}`);
  await town.text({ at: '2026-03-02T10:00:00Z', messages: words('a') });
  await town.text({ at: '2026-03-02T10:00:01Z', messages: words('b') });
  await town.text({ at: '2026-03-02T10:00:02Z' });
  await town.chat({ messages: words('c') });
  await town.chat({ at: '2026-03-04T10:00:00Z', messages: words('d') });
  for (const size of [1, 2, 5, 7]) {
    const texts = (await made(town, 'MESSAGES', town.viewer, size)).lines;
    expect(texts.map(({ text }) => text)).toEqual([...words('a'), ...words('b')]);
    const chats = (await made(town, 'CHAT_MESSAGES', town.viewer, size)).lines;
    expect(chats.map(({ text }) => text)).toEqual([...words('c'), ...words('d')]);
  }
});

it('take the scope of their channel, and credits hold the channels that their maker may read', async () => {
  const town = await ledger.settle();
  await town.count(await town.text(), await town.chat(), await town.call());
  const blind = await keyOf(town, ['reports:read', 'calls:read', 'forms:read']);
  for (const kind of ['CONVERSATIONS', 'MESSAGES', 'CHATS', 'CHAT_MESSAGES'] as const)
    await expect(made(town, kind, blind)).rejects.toThrow(/lacks the scope (MESSAGES|CHATS)_READ/);
  const calls = await made(town, 'ATTRIBUTION', blind);
  expect(calls.lines).toHaveLength(1);
  const all = await made(town, 'ATTRIBUTION');
  expect(all.lines).toHaveLength(3);
  const typed = all.lines.map(({ interactionId }) => atob(interactionId).split(':')[0]);
  expect(typed.sort()).toEqual(['Call', 'ChatConversation', 'Conversation']);
  expect([mayFetch(town.viewer, calls.row), mayFetch(blind, calls.row)]).toEqual([true, true]);
  expect([mayFetch(town.viewer, all.row), mayFetch(blind, all.row)]).toEqual([true, false]);
});

it('are kept in a number that an account cannot pass, and the refusal tells until when', async () => {
  const town = await ledger.settle();
  const { accountId } = town;
  const { row } = await made(town, 'CHATS');
  const until = new Date(row.expiresAt.getTime() - 3_600_000);
  const { wish, ...rest } = row;
  const copies = Array.from({ length: 198 }, () => ({
    ...{ ...rest, id: crypto.randomUUID(), expiresAt: until, wish: wish as object },
  }));
  await ledger.db.prisma.export.createMany({ data: copies });
  await made(town, 'CHATS');
  await expect(made(town, 'CHATS')).rejects.toMatchObject({
    ...{ code: 'LIMIT_REACHED', figures: { limit: 200, current: 200, retryAt: until } },
  });
  const { id } = copies[0] as { id: string };
  const gone = { where: { accountId_id: { accountId, id } }, data: { state: 'EXPIRED' as const } };
  await ledger.db.prisma.export.update(gone);
  await made(town, 'CHATS');
});
