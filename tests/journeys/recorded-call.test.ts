// A call that is announced and recorded, and the door by which its sound is heard.
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { linkToRecording } from '#domains/calls/recording-link.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const tracker = await town.tracker({ recording: true, whisper: 'Call from [source].' });
town.business(tracker).is('answer', { say: 'garage-door' });

// biome-ignore lint/suspicious/noExplicitAny: what the API tells of a call
let call: any;
let leg: Parameters<typeof town.commands>[0];
let audio: Buffer;
const get = (headers: Record<string, string> = {}, method = 'GET') =>
  fetch(call.recording.url, { method, headers });

beforeAll(async () => {
  const caller = town.caller();
  leg = caller.dials(tracker, { say: 'garage-door' });
  const ready = await town.sees('CALL_RECORDING_READY', (e) => e.call.from === caller.from);
  call = await town.call(ready.call.id);
  audio = Buffer.from(await (await get()).arrayBuffer());
});

const spoken = () =>
  town.commands(leg, 'speak').map((command) => (command.body as { payload: string }).payload);

describe('a recorded call', () => {
  it('begins to be recorded only after both were told, each to the end of the sentence', () => {
    const stepOf = (name: string) =>
      call.steps.find((step: { name: string }) => step.name === name);
    expect(stepOf('greeting').outcome).toBe('spoken');
    expect(stepOf('whisper').outcome).toBe('spoken');
    expect(call.recording.noticeEndedAt).toBe(stepOf('whisper').endedAt);
    expect(Date.parse(call.recording.startedAt)).toBeGreaterThanOrEqual(
      Date.parse(call.recording.noticeEndedAt),
    );
    expect(spoken()).toHaveLength(2);
    for (const sentence of spoken()) expect(sentence).toMatch(/record/i);
  });

  it('is whispered to who answers, with the source’s name', () => {
    expect(spoken()[1]).toMatch(/^Call from Google Ads\./);
  });

  it('is stored on two channels with its checksum', () => {
    expect(call.recording).toMatchObject({ state: 'READY', channels: 2 });
    expect(createHash('sha256').update(audio).digest('hex')).toBe(call.recording.sha256);
    expect(audio.subarray(0, 4).toString()).toBe('RIFF');
    const perSecond = audio.readUInt32LE(28);
    expect(call.recording.durationSeconds).toBe(Math.round((audio.length - 44) / perSecond));
  });

  it('is told in versions that rise by one', () => {
    const versions = town
      .seen((e) => e.call?.id === call.id)
      .map((e) => e.subjectVersion as number);
    expect(versions).toEqual(versions.map((_version, n) => n + 1));
  });
});

describe('the link to a recording', () => {
  it.each([
    ['bytes=0-43', 0, 44],
    ['bytes=100-', 100, undefined],
    ['bytes=-50', -50, undefined],
  ])('answers the range %s', async (range, from, to) => {
    const answer = await get({ range });
    expect(answer.status).toBe(206);
    const expected = audio.subarray(from, to);
    const start = from < 0 ? audio.length + from : from;
    expect(answer.headers.get('content-range')).toBe(
      `bytes ${start}-${start + expected.length - 1}/${audio.length}`,
    );
    expect(Buffer.from(await answer.arrayBuffer()).equals(expected)).toBe(true);
  });

  it('answers 416 with the size for a range behind the end', async () => {
    const answer = await get({ range: `bytes=${audio.length}-` });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe(`bytes */${audio.length}`);
  });

  it('answers HEAD with the length and no body', async () => {
    const answer = await get({}, 'HEAD');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe(String(audio.length));
  });

  it('is refused with 410 when its time is over', async () => {
    const [, accountId = '', id = ''] =
      /recordings\/([^/]+)\/([^/]+)\.wav/.exec(call.recording.url) ?? [];
    const { secrets } = town.server.platform;
    const link = (madeMs: number) =>
      linkToRecording({ secrets, publicUrl: town.server.url }, { accountId, id }, new Date(madeMs));
    const sixteenMinutes = 16 * 60_000;
    expect((await fetch(link(Date.now() - sixteenMinutes))).status).toBe(410);
    expect((await fetch(link(Date.now()), { method: 'HEAD' })).status).toBe(200);
    const none = linkToRecording(
      { secrets, publicUrl: town.server.url },
      { accountId, id: accountId },
      new Date(),
    );
    expect((await fetch(none)).status).toBe(404);
  });

  it('is refused with 403 when any part of it is changed', async () => {
    const forge = async (change: (url: URL) => void) => {
      const url = new URL(call.recording.url);
      change(url);
      const answer = await fetch(url);
      expect(await answer.text()).toContain('Ask the API for Call.recording.url again');
      return answer.status;
    };
    expect(await forge((url) => url.searchParams.set('until', String(Date.now() + 9e9)))).toBe(403);
    expect(await forge((url) => url.searchParams.set('mac', 'x'.repeat(43)))).toBe(403);
    expect(await forge((url) => url.searchParams.delete('mac'))).toBe(403);
    const other = (await town.stranger()).accountId;
    expect(
      await forge((url) => {
        url.pathname = url.pathname.replace(town.accountId, other);
      }),
    ).toBe(403);
  });
});
