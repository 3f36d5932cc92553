import { it } from 'vitest';
import { copyFileSync } from 'node:fs';
import { createMoonshine } from '#platform/speech/index.ts';
import { buildTown } from './support/town.ts';
it('x', async () => {
  const town = await buildTown();
  const { sandbox, telnyx, number, connectionId } = town;
  const OFFICE = '+14155550142';
  sandbox.destination(OFFICE, { behaviour: 'answer', say: 'garage-door' });
  const a = sandbox.call({ from: '+13125550155', to: number, say: 'garage-door' }).callControlId;
  await telnyx.calls.actions.answer(a, {});
  await telnyx.calls.actions.startRecording(a, { channels: 'dual', format: 'wav' });
  await telnyx.calls.actions.startPlayback(a, { media_name: 'ringback', loop: 'infinity' });
  await telnyx.calls.dial({ to: OFFICE, from: number, connection_id: connectionId, link_to: a, bridge_on_answer: true });
  const t0 = performance.now();
  await sandbox.clock.advance(60_000);
  console.log('60 s of call in ms', performance.now() - t0);
  const { data } = await telnyx.recordings.list();
  copyFileSync(`${town.dataDir}/recordings/${data![0]!.id}.wav`, '/tmp/call.wav');
  for (const model of ['base', 'tiny'] as const) {
  const m = createMoonshine({ dataDir: '/tmp/moon', model });
  for (const f of ['/tmp/call.wav']) { const t = await m.transcribe(f, {}); console.log(model); for (const s of t.segments) console.log(s.channel, s.startMs, s.uncertain, s.text); }
  await m.stop(); }
  await town.leave();
}, 120000);
