// What the machine does when the carrier took a command, refused it, or never answered: it moves on, never silence.
import type { CarrierCommand, CommandResult } from '#platform/carrier/index.ts';
import type { Desk } from './machine-desk.ts';
import type { RecordingFailure } from './recording-failure.ts';

/** Moves the call by what became of one of its commands. */
export function settleResult(desk: Desk, command: CarrierCommand, result: CommandResult): void {
  if (result.outcome === 'DONE') onDone(desk, command, result.answer.controlId);
  else onRefused(desk, command, result);
}

function onDone(desk: Desk, command: CarrierCommand, controlId: string | undefined): void {
  if (command.kind === 'dial' && controlId) desk.meetDestination(controlId);
  if (command.kind === 'answer') desk.machine.answerTakenAt = desk.now.toISOString();
  if (command.kind === 'bridge') desk.machine.bridgeTakenAt = desk.now.toISOString();
  if (command.kind === 'stopTranscription') desk.words.stopped();
}

function onRefused(
  desk: Desk,
  command: CarrierCommand,
  result: Exclude<CommandResult, { outcome: 'DONE' }>,
): void {
  const { machine } = desk;
  if (machine.phase === 'ENDED') return;
  const because = result.outcome === 'LAPSED' ? 'refused: no answer' : `refused: ${result.detail}`;
  const onCaller = command.kind !== 'dial' && command.leg === machine.caller.controlId;
  if (
    onCaller &&
    result.outcome === 'REFUSED' &&
    result.reason === 'ended' &&
    command.kind !== 'bridge'
  ) {
    desk.ask();
    return;
  }
  switch (command.kind) {
    case 'answer':
      desk.ask();
      return;
    case 'hangUp':
      // tried again after a moment: a carrier that says no each time must not be asked without a pause
      if (onCaller) desk.wakeSoon();
      return;
    case 'speak':
      onUnspoken(desk, command.tag.step, because);
      return;
    case 'startRecording':
      onUnrecorded(desk, command.tag.step, result.outcome === 'LAPSED' ? 'NO_ANSWER' : 'REFUSED');
      return;
    case 'dial':
      // a lapsed dial may have rung after all: its leg is known then, and the ring goes on
      if (machine.phase === 'DIALLING' && machine.destination?.state === 'NEW') {
        desk.notReached(because, desk.now);
      }
      return;
    case 'bridge':
      if (machine.phase !== 'BRIDGING') return;
      desk.hangUp('destination');
      desk.notReached(because, desk.now);
      desk.ask();
      return;
    case 'startTranscription':
      desk.words.notStarted(because, result.outcome === 'REFUSED');
      return;
    case 'stopTranscription':
      desk.words.notStopped(because, result.outcome === 'REFUSED');
      return;
    case 'playRingback':
    case 'stopPlayback':
    case 'stopRecording':
      return;
  }
}

/** A text was not spoken: what it stood for falls away, and the call goes on without it. */
function onUnspoken(desk: Desk, step: string, because: string): void {
  const { machine } = desk;
  if (step === 'greeting' && machine.phase === 'GREETING') {
    // no notice, no recording
    desk.close('greeting', because, null);
    desk.dial();
  } else if (step === 'whisper' && machine.phase === 'WHISPERING') {
    desk.close('whisper', because, null);
    desk.bridge();
  } else if (step === 'voicemail-greeting' || step === 'farewell') {
    desk.close(step, because, null);
    desk.giveUp();
  }
}

function onUnrecorded(desk: Desk, step: string, failure: RecordingFailure): void {
  const { machine } = desk;
  const fact = step === 'voicemail' ? machine.voicemail : machine.recording;
  if (fact) Object.assign(fact, { state: 'FAILED', failure });
  if (step === 'voicemail' && machine.phase === 'VOICEMAIL') desk.giveUp();
}
