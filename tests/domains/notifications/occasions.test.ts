// Which events bring what, and which rules that meets.
import { describe, expect, it } from 'vitest';
import { type AlertCalls, type Fact, isMet, occasionOf } from '#domains/notifications/occasions.ts';
import type { EventType } from '#values/event-types.ts';

const event = (type: EventType, payload: Record<string, unknown>, subjectVersion = 1) =>
  occasionOf({ type, payload, subjectVersion });
const EVERY = { companyId: null, trackerId: null, calls: 'ALL', channels: ['TEXT'] } as const;
const call = (outcome: string | null, firstCall = false): Fact => {
  return { channel: 'CALL', companyId: 'one', trackerId: 'a', call: { outcome, firstCall } };
};

describe('an event', () => {
  it('brings an occasion once, late words of the carrier included; a chat each time it is taken up', () => {
    const ended = event('call.ended', { callId: 'c' });
    expect(ended).toEqual({ channel: 'CALL', thingId: 'c', key: 'call:c', trackerId: null });
    expect(event('call.updated', { callId: 'c', changes: ['outcome'] })).toEqual(ended);
    expect(event('call.updated', { callId: 'c', changes: ['note'] })).toBeNull();
    expect(event('call.ringing', { callId: 'c' })).toBeNull();
    const text = event('message.received', { messageId: 'm', trackerId: 'a' });
    expect(text).toMatchObject({ key: 'text:m', trackerId: 'a' });
    const opened = [1, 7].map((version) => event('chat.opened', { chatId: 'x' }, version)?.key);
    expect(opened).toEqual(['chat:x:1', 'chat:x:7']);
  });
});

describe('a rule', () => {
  const OUTCOMES = ['ANSWERED', 'MISSED', 'ABANDONED', 'VOICEMAIL', 'BUSY', 'FAILED'];
  it.each([
    ['NONE', []],
    ['ALL', OUTCOMES],
    ['FIRST_CALL', []],
    ['MISSED_AND_VOICEMAIL', ['MISSED', 'ABANDONED', 'VOICEMAIL', 'BUSY', 'FAILED']],
    ['VOICEMAIL_ONLY', ['VOICEMAIL']],
  ] as [AlertCalls, string[]][])('of calls %s takes %j', (calls, wanted) => {
    const taken = OUTCOMES.filter((outcome) => isMet({ ...EVERY, calls }, call(outcome)));
    expect(taken).toEqual(wanted);
  });

  it('takes first calls, its channels, its company and its tracker alone', () => {
    expect(isMet({ ...EVERY, calls: 'FIRST_CALL' }, call('ANSWERED', true))).toBe(true);
    const text: Fact = { channel: 'TEXT', companyId: 'one', trackerId: 'a' };
    expect(isMet({ ...EVERY, calls: 'NONE' }, text)).toBe(true);
    expect(isMet(EVERY, { ...text, channel: 'FORM' })).toBe(false);
    expect(isMet({ ...EVERY, companyId: 'one', trackerId: 'a' }, text)).toBe(true);
    expect(isMet({ ...EVERY, companyId: 'two' }, text)).toBe(false);
    expect(isMet({ ...EVERY, trackerId: 'b' }, text)).toBe(false);
    expect(isMet({ ...EVERY, trackerId: 'b' }, { ...text, trackerId: null })).toBe(false);
  });
});
