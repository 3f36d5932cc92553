// A telephone for tests of the machine: says carrier events as sentences, in the words of platform/carrier.
import { begin, step } from '#domains/calls/machine.ts';
import type {
  CallMachine,
  CallPlan,
  MachineInput,
  Stepped,
  WantedCommand,
} from '#domains/calls/machine-state.ts';
import type { CarrierCommand, CarrierEvent } from '#platform/carrier/index.ts';

export const START = Date.parse('2026-03-02T15:00:00.000Z');
export const CALL = '0190a1b2-0000-7000-8000-000000000001';
export const at = (seconds: number) => new Date(START + seconds * 1_000);

export const plan = (change: Partial<CallPlan> = {}): CallPlan => ({
  destination: '+12125550180',
  trackingNumber: '+12125550101',
  ringSeconds: 20,
  greeting: 'This call may be recorded.',
  record: true,
  transcribe: true,
  live: null,
  whisper: 'This call is recorded.',
  voicemailGreeting: 'Please leave a message.',
  ...change,
});

type Said = { [K in CarrierEvent['kind']]: Extract<CarrierEvent, { kind: K }> };
type Facts<K extends CarrierEvent['kind']> = Partial<Said[K]>;

let count = 0;

/** One carrier event of the caller's leg (or, with `leg: 'destination'`, the business's). */
export function event<K extends CarrierEvent['kind']>(
  kind: K,
  seconds: number,
  facts: Facts<K> & { leg?: 'caller' | 'destination'; step?: string } = {} as Facts<K>,
): CarrierEvent {
  const {
    leg = 'caller',
    step: name = 'answer',
    ...rest
  } = facts as {
    leg?: 'caller' | 'destination';
    step?: string;
  };
  count += 1;
  return {
    id: `event-${count}`,
    occurredAt: at(seconds),
    session: 'session-1',
    controlId: leg === 'caller' ? 'control-a' : 'control-b',
    legId: leg === 'caller' ? 'leg-a' : 'leg-b',
    tag: kind === 'initiated' && leg === 'caller' ? null : { callId: CALL, leg, step: name },
    kind,
    ...(kind === 'initiated'
      ? {
          direction: leg === 'caller' ? 'INBOUND' : 'OUTBOUND',
          from: '+14155550134',
          to: '+12125550101',
          callerName: null,
        }
      : {}),
    ...(kind === 'spoken' ? { completed: true } : {}),
    ...(kind === 'hungUp' ? { cause: 'normal_clearing' } : {}),
    ...rest,
  } as unknown as CarrierEvent;
}

/** A call on the machine: every input is stepped, and all that it wanted is kept. */
export class Line {
  machine: CallMachine;
  wanted: (WantedCommand & { seconds: number })[] = [];
  announced: Stepped['announce'] = [];
  asked = 0;

  constructor(given: Partial<CallPlan> = {}) {
    const begun = begin(CALL, plan(given), event('initiated', 0), at(0));
    this.machine = begun.machine;
    this.keep(begun, 0);
  }

  get commands(): CarrierCommand[] {
    return this.wanted.map(({ command }) => command);
  }

  private keep(stepped: Stepped, seconds: number): this {
    this.machine = stepped.machine;
    this.wanted.push(...stepped.commands.map((wanted) => ({ ...wanted, seconds })));
    this.announced.push(...stepped.announce);
    if (stepped.ask) this.asked += 1;
    return this;
  }

  takes(input: MachineInput, seconds: number): this {
    return this.keep(step(CALL, this.machine, input, at(seconds)), seconds);
  }

  hears(...events: CarrierEvent[]): this {
    for (const one of events) {
      this.takes({ kind: 'carrier', event: one }, (one.occurredAt.getTime() - START) / 1_000);
    }
    return this;
  }

  /** The carrier refuses the last command of a kind. */
  refuses(
    kind: CarrierCommand['kind'],
    seconds: number,
    reason: 'ended' | 'other' = 'other',
  ): this {
    const command = this.commands.findLast((one) => one.kind === kind);
    if (!command) throw new Error(`No ${kind} was wanted.`);
    const result = { outcome: 'REFUSED' as const, reason, detail: 'no' };
    return this.takes({ kind: 'result', command, result }, seconds);
  }

  kinds(): string[] {
    return this.commands.map((command) =>
      command.kind === 'speak' ? `speak ${command.tag.step}` : command.kind,
    );
  }
}
