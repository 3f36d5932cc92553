// The worker of the webhooks: stored selections are judged against the schema of this version, then the log is mirrored
// into deliveries and what is due is sent.
import type { Selections } from '#graphql/selections.ts';
import { openPresence } from '#platform/db/index.ts';
import { runReactions } from '#platform/events/reactions.ts';
import type { Platform } from '#platform/platform.ts';
import { pauseUnreadable } from './pause-unreadable.ts';
import { mirrorWebhooks } from './reactions.ts';
import { openRenderer } from './render-body.ts';
import { startSender } from './sender.ts';

export interface Deliveries {
  /** Resolves when every event committed before this call has its deliveries, and all that is due now was sent. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it. Any number of processes may run it beside each other. */
export async function runDeliveries(
  platform: Pick<Platform, 'db' | 'log' | 'clock' | 'events' | 'jobs' | 'secrets' | 'outbound'> & {
    selections: Selections;
  },
): Promise<Deliveries> {
  const { db, log, clock, events, jobs, selections } = platform;
  await pauseUnreadable(platform);
  const presence = await openPresence({ db, log });
  const renderer = openRenderer({ events, selections });
  const sender = startSender({ ...platform, renderer, presence });
  const mirror = mirrorWebhooks({ clock, written: sender.wake });
  const mirroring = await runReactions({ db, log, jobs, reactions: [mirror] });
  return {
    async quiet() {
      await mirroring.drained();
      await sender.quiet();
    },
    async stop() {
      await mirroring.stop();
      await sender.stop();
      await presence.close();
    },
  };
}
