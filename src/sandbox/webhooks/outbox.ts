// Sends webhooks: primary URL, failover after two failed attempts, retries on the sandbox's clock, chaos on demand,
// and a log of every attempt. Within one call session events leave in order unless a chaos profile says otherwise.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type ChaosProfile, planDelivery } from './chaos.ts';
import type { Keys } from './keys.ts';
import { type AttemptResult, isRetryable, postWebhook } from './post.ts';

/** One event on its way out. */
interface OutgoingEvent {
  eventType: string;
  payload: object;
  occurredMs: number;
  /** events of one lane leave one after the other */
  lane: string;
  /** place of the event in its call, for repeatable chaos */
  key: string;
  url: string;
  failoverUrl: string | null;
  timeoutMs: number;
  chaos: ChaosProfile;
}

export interface Delivery {
  id: string;
  status: 'pending' | 'delivered' | 'failed';
  startedAt: string;
  finishedAt: string | null;
  duplicate: boolean;
  webhook: {
    record_type: 'event';
    event_type: string;
    id: string;
    occurred_at: string;
    payload: object;
  };
  attempts: AttemptResult[];
}

export interface Outbox {
  send(event: OutgoingEvent): void;
  /** Resolves when no HTTP attempt is under way. */
  settled(): Promise<void>;
  readonly deliveries: readonly Delivery[];
  stop(): void;
}

/** Pauses before attempts 1 to 5; the first two go to the primary URL. */
const ATTEMPT_DELAYS_MS = [0, 1_000, 3_000, 8_000, 20_000] as const;
const PRIMARY_ATTEMPTS = 2;
const LANE_PATIENCE_MS = 250;
const KEPT_DELIVERIES = 5_000;

/** Makes the outbox of one carrier. */
export function createOutbox(carrier: { clock: Clock; keys: Keys; seed: number }): Outbox {
  const deliveries: Delivery[] = [];
  const lanes = new Map<string, Promise<unknown>>();
  const inFlight = new Set<Promise<unknown>>();
  let stopped = false;

  function track<T>(work: Promise<T>): Promise<T> {
    inFlight.add(work);
    const drop = () => inFlight.delete(work);
    work.then(drop, drop);
    return work;
  }

  function open(event: OutgoingEvent, webhook: Delivery['webhook'], duplicate: boolean): Delivery {
    const startedAt = new Date().toISOString();
    const delivery: Delivery = {
      id: randomUUID(),
      status: 'pending',
      startedAt,
      finishedAt: null,
      duplicate,
      webhook: { ...webhook, payload: event.payload },
      attempts: [],
    };
    deliveries.push(delivery);
    if (deliveries.length > KEPT_DELIVERIES) deliveries.shift();
    return delivery;
  }

  async function attempt(
    event: OutgoingEvent,
    delivery: Delivery,
    dropFirst: boolean,
  ): Promise<void> {
    if (stopped) return;
    const number = delivery.attempts.length + 1;
    const url = number > PRIMARY_ATTEMPTS && event.failoverUrl ? event.failoverUrl : event.url;
    const body = JSON.stringify({
      data: delivery.webhook,
      meta: { attempt: number, delivered_to: url },
    });
    const result =
      dropFirst && number === 1
        ? lost(url)
        : await postWebhook(carrier.keys, url, body, event.timeoutMs);
    delivery.attempts.push(result);
    const pauseMs = ATTEMPT_DELAYS_MS[number];
    if (isRetryable(result.status) && pauseMs !== undefined && !stopped) {
      carrier.clock.after(pauseMs, () => void track(attempt(event, delivery, dropFirst)));
      return;
    }
    delivery.status = result.status !== null && result.status < 300 ? 'delivered' : 'failed';
    delivery.finishedAt = new Date().toISOString();
  }

  function inLane(event: OutgoingEvent, delivery: Delivery, dropFirst: boolean): void {
    const previous = lanes.get(event.lane) ?? Promise.resolve();
    const turn = previous.then(() => attempt(event, delivery, dropFirst));
    // A receiver that hangs holds its lane up for a moment only: order is a courtesy, not a promise.
    const next = Promise.race([
      turn,
      new Promise((resolve) => setTimeout(resolve, LANE_PATIENCE_MS).unref()),
    ]);
    lanes.set(event.lane, next);
    next.then(() => lanes.get(event.lane) === next && lanes.delete(event.lane));
    track(turn);
  }

  return {
    deliveries,
    send(event) {
      if (stopped) return;
      const plan = planDelivery(event.chaos, carrier.seed, event.key);
      const webhook: Delivery['webhook'] = {
        record_type: 'event',
        event_type: event.eventType,
        id: randomUUID(),
        occurred_at: new Date(event.occurredMs).toISOString(),
        payload: event.payload,
      };
      const first = open(event, webhook, false);
      if (plan.holdMs === 0) inLane(event, first, plan.dropFirst);
      else
        carrier.clock.after(plan.holdMs, () => void track(attempt(event, first, plan.dropFirst)));
      if (plan.duplicateMs !== null) {
        carrier.clock.after(
          plan.duplicateMs,
          () => void track(attempt(event, open(event, webhook, true), false)),
        );
      }
    },
    async settled() {
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
    },
    stop() {
      stopped = true;
    },
  };
}

function lost(url: string): AttemptResult {
  const at = new Date().toISOString();
  return {
    url,
    status: null,
    error: 'lost on purpose (chaos profile)',
    startedAt: at,
    finishedAt: at,
  };
}
