// The subscribers of a bench, in a process of their own so that their work is nobody else's: crowds by name.
import { setTimeout as pause } from 'node:timers/promises';
import { answerParent } from '../stage/answer-parent.ts';
import { percentile } from '../stage/figures.ts';
import { type Crowd, openCrowd, type SubscribeRequest } from '../stage/sockets.ts';

/** How late a crowd heard of events, in milliseconds. */
export interface Delays {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  messages: number;
  /** nothing missed, nothing twice, always rising */
  complete: boolean;
}

const SUBSCRIBED_MS = 500;
const crowds = new Map<string, Crowd>();

function crowdOf(name: string): Crowd {
  const crowd = crowds.get(name);
  if (!crowd) throw new Error(`There is no crowd ${name}.`);
  return crowd;
}

answerParent(null, {
  async open({ name, ...request }: SubscribeRequest & { name: string }) {
    crowds.set(name, await openCrowd(request));
    // the protocol does not say when a subscription stands
    await pause(SUBSCRIBED_MS);
  },
  reset: (name: string) => crowdOf(name).reset(),
  async received({ name, each, withinMs }: { name: string; each: number; withinMs: number }) {
    const crowd = crowdOf(name);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const got = crowd.messages();
        reject(new Error(`${got} messages came in ${withinMs / 1000} s; ${each} each were sent.`));
      }, withinMs);
    });
    await Promise.race([crowd.received(each), late]).finally(() => clearTimeout(timer));
  },
  last: (name: string) => crowdOf(name).last(),
  /** `commits[n]` is when event `first + n` was committed */
  delays({ name, first, commits }: { name: string; first: number; commits: number[] }): Delays {
    const lists = crowdOf(name).arrivals();
    const delays = lists.flatMap((list) =>
      list.map(([version, at]) => Math.max(0, at - (commits[version - first] ?? 0))),
    );
    const known = ([version]: readonly [number, number]) => commits[version - first] !== undefined;
    const complete = lists.every(
      (list) =>
        list.length === commits.length &&
        list.every(known) &&
        new Set(list.map(([v]) => v)).size === list.length,
    );
    const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((share) => percentile(delays, share));
    return {
      p50Ms: p50Ms as number,
      p95Ms: p95Ms as number,
      p99Ms: p99Ms as number,
      messages: delays.length,
      complete,
    };
  },
  close(name: string) {
    crowdOf(name).close();
    crowds.delete(name);
  },
});
