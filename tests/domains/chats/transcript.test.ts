// A chat's transcript by mail: few, to where it was asked for, as plain text, and no longer than a mail may be.
import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { purgeChatTranscriptsHandler, sendChatTranscriptHandler } from '#domains/chats/index.ts';
import { transcriptLetter } from '#domains/chats/transcript-letter.ts';
import { MailRefused } from '#platform/mail/index.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import { openChatsDesk } from './chats-desk.ts';

const desk = await openChatsDesk();
const { change, enqueued } = desk;

interface Sent {
  to: string;
  subject: string;
  text: string;
  messageId?: string;
}

/** Does the jobs that were asked for since the last time. */
async function work(fault: Error | null = null) {
  const sent: Sent[] = [];
  const mail = {
    send: async (one: Sent) => {
      if (fault) throw fault;
      sent.push(one);
    },
    close: () => {},
  };
  const { run } = sendChatTranscriptHandler({ ...desk, mail });
  const outcomes: string[] = [];
  for (const { payload } of enqueued.splice(0)) {
    outcomes.push(await run(payload as never, { signal: AbortSignal.timeout(9_000) } as never));
  }
  return { sent, outcomes };
}

describe('a transcript', () => {
  it('is sent to the visitor who asks for it, once under an id, twice an hour', async () => {
    const { visitor, chats, person, chatPost } = await desk.settle({ transcripts: true });
    expect((await chatPost('face', {})).body.transcripts).toBe(true);
    const ada = visitor();
    await ada.opens('<b>How much</b> is a door?');
    const [{ id: chatId }] = await chats();
    const { as } = await person();
    await change(as, 'sendChatMessage', { chatId, text: 'From $900.' }, 'message { seq }');
    const file = randomUUID();
    await ada.sendsFile('plan.pdf', Buffer.from('%PDF-1.7\n'), file);
    await ada.sends('send', { message: { id: randomUUID(), text: '', files: [file] } });
    const ask = (email: string, id = randomUUID()) => ada.sends('transcript', { id, email });
    const id = randomUUID();
    for (let n = 0; n < 2; n += 1) expect((await ask('Ada@Example.com', id)).status).toBe(204);
    const { sent, outcomes } = await work();
    expect(outcomes).toEqual(['sent']);
    expect(sent).toMatchObject([
      {
        to: 'ada@example.com',
        subject: 'Your chat with Garage Doors',
        messageId: expect.any(String),
      },
    ]);
    expect(sent[0]?.text).toContain('You, Mar 2, 2026');
    expect(sent[0]?.text).toContain(':\n  <b>How much</b> is a door?\n');
    expect(sent[0]?.text).toContain('Sam, ');
    expect(sent[0]?.text).toContain('[File: plan.pdf, 1 KB]');
    const row = await desk.db.prisma.chatTranscript.findFirstOrThrow({
      where: { id: sent[0]?.messageId ?? '' },
    });
    expect(row.address).toBeNull();
    expect((await ask('nobody')).body).toMatchObject({ code: 'INVALID_INPUT' });
    expect((await ask('ada@example.com')).status).toBe(204);
    const third = await ask('bea@example.com');
    expect([third.status, third.body.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(third.headers.get('retry-after'))).toBe(3_600);
    desk.clock.advance(3_600_000);
    const input = { chatId, email: 'ada@example.com', idempotencyKey: randomUUID() };
    for (let n = 0; n < 2; n += 1) {
      expect((await change(as, 'sendChatTranscript', input, 'chat { id }')).userErrors).toEqual([]);
    }
    expect((await work()).sent).toHaveLength(2);
    const none = await change(as, 'sendChatTranscript', { chatId }, 'chat { id }');
    expect(none.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['email'] }]);
    await ada.sends('tell', { person: { email: 'ada@example.com' } });
    expect((await change(as, 'sendChatTranscript', { chatId }, 'chat { id }')).chat.id).toBe(
      chatId,
    );
    const late = await change(as, 'sendChatTranscript', { chatId }, 'chat { id }');
    expect(late.userErrors).toMatchObject([{ code: 'RATE_LIMITED' }]);
    // five a day to one address, whatever chat asks
    const other = visitor();
    await other.opens('Hello');
    const again = { id: randomUUID(), email: 'ada@example.com' };
    expect((await other.sends('transcript', again)).status).toBe(204);
    desk.clock.advance(3_600_000);
    expect((await other.sends('transcript', { ...again, id: randomUUID() })).status).toBe(429);
    const refused = await work(new MailRefused('EENVELOPE', 550, true));
    expect(new Set(refused.outcomes)).toEqual(new Set(['refused by the mail server']));
    // the address itself was told to nobody who reads the database
    const bare = createHash('sha256').update('ada@example.com').digest();
    expect(Buffer.from(row.addressHash).equals(bare)).toBe(false);
    desk.clock.advance(24 * 3_600_000 + 1);
    await purgeChatTranscriptsHandler(desk).run({}, {
      signal: AbortSignal.timeout(9_000),
    } as never);
    expect(await desk.db.prisma.chatTranscript.count({ where: { chatId: row.chatId } })).toBe(0);
  });

  it('is the company’s choice, and a seat’s', async () => {
    const { visitor, chats, person, chatPost } = await desk.settle();
    expect((await chatPost('face', {})).body.transcripts).toBe(false);
    const ada = visitor();
    await ada.opens('Hello');
    const asked = await ada.sends('transcript', { id: randomUUID(), email: 'ada@example.com' });
    expect(asked.body.code).toBe('CHAT_OFF');
    const [{ id: chatId }] = await chats();
    const input = { chatId, email: 'ada@example.com' };
    for (const [isSeated, code] of [
      [true, 'WRONG_STATE'],
      [false, 'LEAD_CENTER_REQUIRED'],
    ] as const) {
      const { as } = await person(isSeated);
      const refused = await change(as, 'sendChatTranscript', input, 'chat { id }');
      expect(refused.userErrors).toMatchObject([{ code }]);
    }
    expect(enqueued).toEqual([]);
  });

  it('is sent by nobody who may not read the chat as it is', async () => {
    const { visitor, chats, viewer, person } = await desk.settle({ transcripts: true });
    await visitor().opens('My code is 4711.');
    const [{ id: chatId }] = await chats();
    const { agentId } = await person();
    const input = { chatId, agentId, email: 'eve@example.com' };
    for (const missing of ['chats:read', 'personal:read'] as const) {
      const scopes = viewer.scopes.filter((scope) => scope !== missing);
      const asked = change({ ...viewer, scopes }, 'sendChatTranscript', input, 'chat { id }');
      await expect(asked).rejects.toThrow(/lacks the scope/);
    }
    expect(enqueued).toEqual([]);
    const sent = await change(viewer, 'sendChatTranscript', input, 'chat { id }');
    expect(sent.userErrors).toEqual([]);
    expect(enqueued.splice(0)).toHaveLength(1);
  });

  it('of agents and those of visitors do not use up one another’s', async () => {
    const { visitor, chats, person, accountId, companyId } = await desk.settle({
      transcripts: true,
    });
    const ada = visitor();
    await ada.opens('Hello');
    const [{ id: chatId }] = await chats();
    await visitor().opens('Hello');
    const ids = (await chats()).map(({ id }: { id: string }) => id);
    const of = decodeGlobalId(ids.find((id: string) => id !== chatId) ?? '')?.id ?? '';
    const createdAt = desk.clock.now(accountId);
    const row = { accountId, companyId, chatId: of, addressHash: Buffer.of(1), createdAt };
    const data = Array.from({ length: 100 }, () => ({ ...row, id: randomUUID() }));
    await desk.db.prisma.chatTranscript.createMany({ data });
    const ask = { id: randomUUID(), email: 'ada@example.com' };
    expect((await ada.sends('transcript', ask)).body.code).toBe('RATE_LIMITED');
    const { as } = await person();
    const input = { chatId, email: 'ada@example.com' };
    expect((await change(as, 'sendChatTranscript', input, 'chat { id }')).userErrors).toEqual([]);
    enqueued.splice(0);
  });

  it('is bounded, says what it leaves out, and holds no order for a mail program', () => {
    const at = new Date('2026-03-02T15:00:00.000Z');
    const company = { name: 'Doors\r\nBcc: eve@example.com', timeZone: 'America/Chicago' };
    const said = (seq: number, text: string) =>
      ({ seq, author: 'VISITOR', name: null, text, at, files: [] }) as const;
    const many = Array.from({ length: 50 }, (_, n) => said(n + 1, 'x'.repeat(4_000)));
    const { subject, text } = transcriptLetter(company, many);
    expect(subject).toBe('Your chat with Doors Bcc: eve@example.com');
    expect(text.length).toBeLessThan(102_000);
    expect(text).toMatch(/its first 26 messages are left out/);
    const short = transcriptLetter(company, [said(1, 'a\u001b[2Jb\u0000c')]);
    expect(short.text).toContain('a[2Jbc');
    expect(short.text).not.toContain('left out');
    // no line of a message stands where the head of another's does
    for (const end of ['\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '\v\n', '\u202e\n']) {
      const forged = transcriptLetter(company, [said(1, `Hi${end}Robin, 9:00 AM:${end}Pay`)]);
      expect(forged.text).toContain('\n  Hi\n  Robin, 9:00 AM:\n  Pay\n');
    }
  });
});
