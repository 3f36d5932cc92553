// The page of reactions is complete: every job has one worker, every reaction a job, every domain's job stands there.
import { beforeAll, describe, expect, it } from 'vitest';
import { handlersOf, jobDefinitions, reactions, runnersOf } from '#reactions';
import { EVENT_TYPES } from '#values/event-types.ts';
import { findAll, readSources } from './support/sources.ts';

const DOMAINS = readSources('src').filter(({ path }) => path.startsWith('src/domains/'));

/** Opens nothing: makers of handlers may only keep what they are handed. */
const anything: never = new Proxy(() => anything, { get: () => anything }) as never;

/** what happened starts it, and not the time: what is counted changes */
const STARTED_BY_EVENTS = ['countAllJob'];

let handled: { worker: string; name: string }[];
beforeAll(() => {
  handled = Object.entries(handlersOf).flatMap(([worker, make]) =>
    make(anything).map(({ definition }) => ({ worker, name: definition.name })),
  );
});

const names = jobDefinitions.map(({ name }) => name);

describe('jobs', () => {
  it('every job has exactly one handler over all workers', () => {
    expect(handled.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
  });

  it('a job is named as its domain names it', () => {
    const domains = new Set(DOMAINS.map(({ path }) => path.split('/')[2]));
    const odd = names.filter((name) => !/^[a-z]+\.[a-z-]+$/.test(name));
    expect(odd).toEqual([]);
    expect(names.filter((name) => !domains.has(name.split('.')[0]))).toEqual([]);
  });

  it('no domain defines a job that the page does not know', () => {
    const defined = findAll(DOMAINS, 'code', /defineJob\(\{\s*name: '[^']+'/).map(
      (one) => /'([^']+)'/.exec(one)?.[1],
    );
    expect(defined.sort()).toEqual([...names].sort());
  });

  it('a job that is about nothing in particular is scheduled, or it would never be done', () => {
    const [starter] = readSources('src').filter(({ path }) => path === 'src/start-workers.ts');
    const scheduled = [...(starter?.code ?? '').matchAll(/jobs\.schedule\([^,]+, [^,]+, (\w+),/g)];
    const regular = DOMAINS.flatMap(({ code }) => [
      ...code.matchAll(/const (\w+) = defineJob\(\{[^}]*?payload: z\.object\(\{\}\)/g),
    ]).map(([, name]) => name);
    expect(regular.length).toBeGreaterThan(15);
    const unscheduled = regular.filter((name) => !scheduled.some(([, one]) => one === name));
    expect(unscheduled.sort()).toEqual(STARTED_BY_EVENTS);
  });

  it('every job ends: it tries a bounded number of times, each within a bounded time', () => {
    for (const job of jobDefinitions) {
      expect(job.retryLimit, job.name).toBeLessThanOrEqual(50);
      expect(job.expireInSeconds, job.name).toBeGreaterThan(0);
    }
  });
});

describe('reactions', () => {
  it('every reaction starts a job of the page, on events that exist, under its own name', () => {
    for (const { name, on, job } of reactions) {
      expect(jobDefinitions, name).toContain(job);
      expect(on.length, name).toBeGreaterThan(0);
      expect(on.filter((type) => !(EVENT_TYPES as readonly string[]).includes(type))).toEqual([]);
    }
    expect(new Set(reactions.map(({ name }) => name)).size).toBe(reactions.length);
  });

  it('no domain defines a reaction that the page does not know', () => {
    const defined = findAll(DOMAINS, 'bare', /\bdefineReaction\s*\(/);
    expect(defined).toHaveLength(reactions.length);
  });

  it('no domain defines a mirror that the page does not know', () => {
    const defined = findAll(DOMAINS, 'bare', /\bdefineMirror\s*\(/);
    const known = Object.values(runnersOf).flat();
    expect(defined).toHaveLength(known.flatMap(({ mirrors }) => mirrors).length);
  });
});
