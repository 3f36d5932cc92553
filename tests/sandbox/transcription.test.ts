// The sandbox as a transcriber: what a script has people say comes as webhooks while they say it, to whom asked for it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answeredCall, dialOffice, OFFICE, payloadsOf } from './support/calls.ts';
import { buildTown, type Town } from './support/town.ts';

let town: Town;
beforeEach(async () => {
  town = await buildTown();
});
afterEach(() => town.leave());

const BOTH = { transcription_engine: 'Telnyx', transcription_tracks: 'both' } as const;
type Heard = { transcription_data: { transcript: string; transcription_track?: string } };
const heard = () =>
  (payloadsOf(town, 'call.transcription') as unknown as Heard[]).map(
    ({ transcription_data: { transcript, transcription_track } }) => [
      transcription_track,
      transcript,
    ],
  );

/** Two who talk: the caller's leg is transcribed as told. */
async function talk(options: object | null) {
  const { sandbox, telnyx } = town;
  sandbox.destination(OFFICE, {
    ...{ behaviour: 'answer', answerAfterSeconds: 1 },
    say: [{ words: 'Hello, how can I help?', atSeconds: 1 }],
  });
  const a = await answeredCall(town, {
    say: [
      { words: 'Good morning to you.', atSeconds: 4 },
      { words: 'This is said too late.', atSeconds: 60 },
    ],
  } as never);
  const b = await dialOffice(town, a.callControlId);
  await sandbox.clock.advance(2_000);
  if (options) await telnyx.calls.actions.startTranscription(a.callControlId, options);
  await telnyx.calls.actions.bridge(a.callControlId, {
    call_control_id_to_bridge_with: b.callControlId,
  });
  await sandbox.clock.advance(10_000);
  await sandbox.settled();
  return { a, b };
}

describe('a transcription', () => {
  it('of both tells who said what, when it was said', async () => {
    const { a } = await talk(BOTH);
    expect(heard()).toEqual([
      ['outbound', 'Hello, how can I help?'],
      ['inbound', 'Good morning to you.'],
    ]);
    const [first] = payloadsOf(town, 'call.transcription');
    expect(first).toMatchObject({
      call_control_id: a.callControlId,
      transcription_data: { is_final: true },
    });
  });

  it('of one track tells that one alone, and other engines name none', async () => {
    await talk({ transcription_engine: 'Google' });
    expect(heard()).toEqual([[undefined, 'Good morning to you.']]);
  });

  it('that nobody asked for is not made', async () => {
    await talk(null);
    expect(heard()).toEqual([]);
  });

  it('runs once, and can be stopped', async () => {
    const { telnyx } = town;
    const { a } = await talk(BOTH);
    await expect(
      telnyx.calls.actions.startTranscription(a.callControlId, BOTH),
    ).rejects.toMatchObject({ error: { errors: [{ code: '90054' }] } });
    await telnyx.calls.actions.stopTranscription(a.callControlId, {});
    await town.sandbox.clock.advance(60_000);
    await town.sandbox.settled();
    expect(heard()).toHaveLength(2);
  });
});
