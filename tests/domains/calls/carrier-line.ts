// A carrier on paper, with a clock of its own: it carries out what the machine wants, lets the people of a story act, and
// brings its webhooks and answers as orderly or as disorderly as it is told.

import type { LegName } from '#domains/calls/machine-state.ts';
import type { CarrierCommand, CarrierEvent, CommandResult } from '#platform/carrier/index.ts';
import { drawsFor } from '#sandbox/seeded.ts';
import type { CallStory } from './call-story.ts';
import { at, event, Line } from './telephone.ts';

/** How things travel; seconds. */
export interface Weather {
  seed: number;
  /** each webhook is late by 0 to this, so that later ones overtake */
  lateS: number;
  twice: number;
  /** a lost attempt comes again after two more seconds */
  lost: number;
  /** a command fails and is sent again, until it is carried out after 0 to this */
  commandS: number;
  /** and its answer comes after 0 to this more */
  answerS: number;
}
export const CALM: Weather = { seed: 1, lateS: 0, twice: 0, lost: 0, commandS: 0, answerS: 0 };

interface PaperLeg {
  state: 'none' | 'ringing' | 'up' | 'gone';
  endedS: number;
  step: string;
}
interface PaperRecording {
  step: string;
  startedS: number;
  state: 'on' | 'saved';
}

const LEFT = 'originator_cancel';
const TRAVEL_S = 0.05;
const SPEECH_S_PER_CHARACTER = 0.07;
const SILENCE_S = 5;
const LONGEST_S = 3_600;

/** Plays a story to its end. @throws when it does not end within an hour */
export function playStory(story: CallStory, weather: Weather): Line {
  let nowS = 0;
  let count = 0;
  const agenda: { atS: number; n: number; run: () => void }[] = [];
  const legs: Record<LegName, PaperLeg> = {
    caller: { state: 'ringing', endedS: 0, step: 'answer' },
    destination: { state: 'none', endedS: 0, step: 'dial' },
  };
  const recordings: PaperRecording[] = [];
  const lanes: Record<LegName, number> = { caller: 0, destination: 0 };
  let bridged = false;
  const line = new Line(story.plan);
  let [sent, asked] = [0, 0];

  const after = (seconds: number, run: () => void) => {
    agenda.push({ atS: nowS + seconds, n: count++, run });
  };

  function tell<K extends CarrierEvent['kind']>(kind: K, leg: LegName, facts: object = {}): void {
    const told = event(kind, nowS, { leg, step: legs[leg].step, ...facts } as never);
    const draw = drawsFor(weather.seed, `webhook ${kind} ${leg} ${legs[leg].step}`);
    const lateS = TRAVEL_S + draw() * weather.lateS + (draw() < weather.lost ? 2 : 0);
    const hear = () => line.takes({ kind: 'carrier', event: told }, nowS);
    after(lateS, hear);
    if (draw() < weather.twice) after(lateS + draw() * 3, hear);
  }

  const isUp = (leg: LegName) => legs[leg].state === 'up';

  function save(recording: PaperRecording): void {
    if (recording.state === 'saved') return;
    recording.state = 'saved';
    const [startedAt, endedAt] = [at(recording.startedS), at(nowS)];
    const facts = { step: recording.step, recordingId: recording.step, startedAt, endedAt };
    after(1, () => tell('recordingSaved', 'caller', facts));
  }

  function end(leg: LegName, cause: string): void {
    if (legs[leg].state === 'gone' || legs[leg].state === 'none') return;
    Object.assign(legs[leg], { state: 'gone', endedS: nowS });
    tell('hungUp', leg, { cause });
    if (leg === 'caller') recordings.forEach(save);
    const other = leg === 'caller' ? 'destination' : 'caller';
    // who are connected go together; a leg that rings for a caller who has gone rings on until it is told
    if (bridged) after(0.2, () => end(other, 'normal_clearing'));
  }

  function callerLeaves(moment: CallStory['hangsUpIn'], afterS: number): void {
    if (story.hangsUpIn === moment) after(afterS, () => end('caller', LEFT));
  }

  function speak(command: CarrierCommand & { kind: 'speak' }, leg: LegName): void {
    const { step } = command.tag;
    const lastsS = command.text.length * SPEECH_S_PER_CHARACTER;
    if (step === 'greeting' || step === 'whisper') callerLeaves(step, 1);
    if (step === 'voicemail-greeting') callerLeaves(step, lastsS - 1);
    after(lastsS, () => tell('spoken', leg, { step, completed: isUp(leg) }));
  }

  function ring(ringSeconds: number): void {
    legs.destination.state = 'ringing';
    tell('initiated', 'destination');
    const rings = () => legs.destination.state === 'ringing';
    if (story.hangsUpIn === 'ringing') after(32, () => rings() && end('caller', LEFT));
    if (story.business === 'answers') {
      after(story.answersAfterS, () => {
        if (!rings()) return;
        legs.destination.state = 'up';
        tell('answered', 'destination');
      });
    } else if (story.business === 'is busy')
      after(16, () => rings() && end('destination', 'user_busy'));
    else after(ringSeconds, () => rings() && end('destination', 'timeout'));
  }

  function connect(): void {
    bridged = true;
    tell('bridged', 'caller');
    tell('bridged', 'destination');
    after(story.talkS, () => end(story.ends, 'normal_clearing'));
  }

  function record({ tag, silenceSeconds }: CarrierCommand & { kind: 'startRecording' }): void {
    const recording: PaperRecording = { step: tag.step, startedS: nowS, state: 'on' };
    recordings.push(recording);
    if (silenceSeconds === 0) return;
    if (story.staysSilent) after(Math.min(story.messageS + SILENCE_S, 120), () => save(recording));
    else after(story.messageS, () => end('caller', LEFT));
  }

  /** Carries a command out. @returns what the carrier answers */
  function carryOut(command: CarrierCommand, lane: LegName): CommandResult {
    const refuse = (reason: 'ended' | 'other'): CommandResult => ({
      outcome: 'REFUSED',
      reason,
      detail: 'no',
    });
    const leg = command.kind !== 'dial' && command.leg === 'control-b' ? 'destination' : lane;
    const name =
      command.kind === 'speak' || command.kind === 'startRecording'
        ? command.tag.step
        : command.kind;
    if (command.kind !== 'dial' && legs[leg].state === 'gone') return refuse('ended');
    if (story.refused.includes(name)) return refuse('other');
    if (command.kind === 'bridge' && !isUp('destination')) return refuse('other');
    if (command.tag) legs[leg].step = command.tag.step;
    switch (command.kind) {
      case 'answer':
        if (legs.caller.state === 'ringing') {
          legs.caller.state = 'up';
          tell('answered', 'caller');
        }
        break;
      case 'speak':
        speak(command, leg);
        break;
      case 'dial':
        ring(command.ringSeconds);
        return { outcome: 'DONE', answer: { controlId: 'control-b' } };
      case 'bridge':
        connect();
        break;
      case 'startRecording':
        record(command);
        break;
      case 'stopRecording':
        recordings.filter(({ step }) => step === command.tag.step).forEach(save);
        break;
      case 'hangUp':
        end(leg, 'normal_clearing');
        break;
      case 'playRingback':
      case 'stopPlayback':
        break;
    }
    return { outcome: 'DONE', answer: {} };
  }

  /** Sends what the machine has come to want since; the commands of a lane wait for each other. */
  function serve(): void {
    for (const command of line.commands.slice(sent)) {
      sent += 1;
      const lane = command.tag?.leg === 'destination' ? 'destination' : 'caller';
      const draw = drawsFor(weather.seed, `command ${command.kind} ${command.tag?.step} ${lane}`);
      const [commandS, answerS] = [draw() * weather.commandS, draw() * weather.answerS];
      const startS = Math.max(nowS, lanes[lane]) + TRAVEL_S + commandS;
      lanes[lane] = startS + TRAVEL_S + answerS;
      after(startS - nowS, () => {
        const result = carryOut(command, lane);
        after(TRAVEL_S + answerS, () => line.takes({ kind: 'result', command, result }, nowS));
      });
    }
    for (; asked < line.asked; asked += 1) {
      after(TRAVEL_S, () => {
        const { state, endedS } = legs.caller;
        const alive = state !== 'gone';
        line.takes({ kind: 'status', alive, endedAt: alive ? null : at(endedS) }, nowS);
      });
    }
  }

  serve();
  while (nowS < LONGEST_S) {
    const next = agenda.sort((a, b) => a.atS - b.atS || a.n - b.n)[0];
    const wakeS = line.machine.wakeAt
      ? (Date.parse(line.machine.wakeAt) - at(0).getTime()) / 1_000
      : Number.POSITIVE_INFINITY;
    if (!next && wakeS === Number.POSITIVE_INFINITY) return line;
    if (next && next.atS <= wakeS) {
      agenda.shift();
      nowS = Math.max(nowS, next.atS);
      next.run();
    } else {
      nowS = Math.max(nowS, wakeS);
      line.takes({ kind: 'wake' }, nowS);
    }
    serve();
  }
  throw new Error(`The call has not ended after an hour: it is ${line.machine.phase}.`);
}
