// Records a leg frame by frame: its person left, everything that person hears right ("dual"), or both in one channel.
// Saved recordings are announced a second later with a link that expires.
import { clip, FRAME_MS, peakOf } from '../audio/frames.ts';
import { BEEP_MS, beep } from '../audio/tones.ts';
import { openWavFile } from '../audio/wav-file.ts';
import type { Carrier } from '../carrier.ts';
import { recordingLink } from '../recording-link.ts';
import { takeFault } from '../scripts/faults.ts';
import type { Recording } from '../store.ts';
import { recordingErrorPayload, recordingSavedPayload } from '../webhooks/payloads.ts';
import { announce } from './announce.ts';
import { heardFrame, spokenFrame } from './line-audio.ts';
import type { ActiveRecorder, LiveLeg } from './live-leg.ts';

const SAVE_DELAY_MS = 1_000;
const SPEECH_PEAK = 500;

export interface RecordingRequest {
  id: string;
  channels: 'single' | 'dual';
  track: 'both' | 'inbound' | 'outbound';
  playBeep: boolean;
  /** 0 = no limit */
  maxLengthSeconds: number;
  /** ends the recording after this much silence once speech was heard; 0 = never */
  silenceSeconds: number;
  clientState: string | null;
}

/** Starts a recording on an answered leg, after the beep when one is asked for. */
export function startRecording(carrier: Carrier, live: LiveLeg, request: RecordingRequest): void {
  if (!request.playBeep) {
    record(carrier, live, request);
    return;
  }
  live.line.add(beep(), carrier.clock.now());
  const timer = carrier.clock.after(BEEP_MS, () => {
    live.recorders.delete(waiting);
    live.timers.delete(timer);
    record(carrier, live, request);
    live.person.beeped?.();
  });
  const waiting: ActiveRecorder = {
    id: request.id,
    paused: false,
    stop() {
      timer.cancel();
      live.recorders.delete(waiting);
    },
  };
  live.timers.add(timer);
  live.recorders.add(waiting);
}

function record(carrier: Carrier, live: LiveLeg, request: RecordingRequest): void {
  const { leg } = live;
  const { id } = request;
  const channels = request.track === 'both' ? request.channels : 'single';
  const startedMs = carrier.clock.now();
  const recording: Recording = {
    id,
    status: 'recording',
    channels,
    callControlId: leg.callControlId,
    legId: leg.legId,
    sessionId: leg.sessionId,
    connectionId: leg.connectionId,
    from: leg.from,
    to: leg.to,
    startedMs,
    endedMs: startedMs,
    durationMs: 0,
  };
  carrier.store.state.recordings.push(recording);
  carrier.store.save();
  const file = openWavFile(carrier.store.recordingPath(id), channels === 'dual' ? 2 : 1);
  let heardSpeech = false;
  let silentMs = 0;
  let frameMs = startedMs;
  let timer = carrier.clock.after(FRAME_MS, tick);

  // A frame is taken when it is over, so that everything that happened inside it is known.
  function takeFrame(): void {
    const left = spokenFrame(live, frameMs);
    const right = heardFrame(carrier, live, frameMs);
    frameMs += FRAME_MS;
    if (recorder.paused) return;
    file.write(channels === 'dual' ? [left, right] : [mono(left, right, request.track)]);
    const loud = Math.max(peakOf(left), peakOf(right)) > SPEECH_PEAK;
    heardSpeech ||= loud;
    silentMs = loud ? 0 : silentMs + FRAME_MS;
  }

  function tick(): void {
    takeFrame();
    timer = carrier.clock.after(FRAME_MS, tick);
    const silent =
      request.silenceSeconds > 0 && heardSpeech && silentMs >= request.silenceSeconds * 1000;
    const long = request.maxLengthSeconds > 0 && file.frames() >= request.maxLengthSeconds * 8000;
    if (silent || long) recorder.stop();
  }

  const recorder: ActiveRecorder = {
    id,
    paused: false,
    stop() {
      timer.cancel();
      live.recorders.delete(recorder);
      while (frameMs + FRAME_MS <= carrier.clock.now()) takeFrame();
      recording.durationMs = file.close();
      recording.endedMs = carrier.clock.now();
      const { state } = carrier.store;
      const isLost = takeFault(carrier.faults, 'recording.save') !== null;
      if (isLost) state.recordings.splice(state.recordings.indexOf(recording), 1);
      carrier.store.save();
      carrier.clock.after(SAVE_DELAY_MS, () => {
        if (isLost) {
          const payload = recordingErrorPayload(live, request.clientState);
          announce(carrier, live, 'call.recording.error', payload);
          return;
        }
        recording.status = 'completed';
        carrier.store.save();
        const payload = recordingSavedPayload(
          live,
          request.clientState,
          recording,
          recordingLink(carrier, id),
        );
        announce(carrier, live, 'call.recording.saved', payload);
      });
    },
  };
  live.recorders.add(recorder);
}

function mono(left: Int16Array, right: Int16Array, track: RecordingRequest['track']): Int16Array {
  if (track === 'inbound') return left;
  if (track === 'outbound') return right;
  return left.map((sample, index) => clip(sample + (right[index] as number)));
}
