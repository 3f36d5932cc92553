// The scene of the kill tests: a server process, a sandbox carrier that survives it, and a call with all its parts.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { ensureFirstAccounts, systemViewer } from '#domains/accounts/index.ts';
import { connectSandbox } from '#domains/lab/index.ts';
import { createTracker } from '#domains/numbers/create-tracker.ts';
import { readConfig } from '#platform/config/index.ts';
import { findDatabase, openDb } from '#platform/db/index.ts';
import { openLog } from '#platform/log/index.ts';
import type { Sandbox } from '#sandbox/index.ts';
import { bareDatabase } from '#tests/support/database.ts';
import { startJudgedSandbox } from '#tests/support/judged-sandbox.ts';
import { processesBelow } from '#tests/support/program.ts';
import { serverProcess } from '#tests/support/server-process.ts';
import { TEMPLATE } from '#tests/support/template.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { CALL_FACTS, commandsOf, SANDBOX_KEY, SOUND, until } from '#tests/support/town.ts';
import { type Data, openApi } from '../../demo/api.ts';
import { openPlatform } from '../../src/open-platform.ts';

const DESTINATION = '+12125550180';
/** once they talk, only the end is waited for */
const HURRY = 50;
const SHORTEST_MESSAGE_MS = 2_000;
const HISTORY = `query($after: Cursor) { events(first: 100, after: $after) {
  nodes { id type cursor subjectVersion ... on CallEvent { call { id from } }
    ... on TranscriptEvent { call { id from } } }
  pageInfo { hasNextPage endCursor } } }`;

type Leg = ReturnType<Sandbox['call']>;

/**
 * Opens the scene. Call it where afterAll may be called.
 * @param database embedded: the server's own, in its data folder; given: one that outlives the server
 * @param settings of the tracker
 */
export async function openKilledTown(
  speed: number,
  database: 'embedded' | 'given',
  settings: { transcription?: boolean } = {},
) {
  const folder = temporaryFolder();
  const env = {
    DATA_DIR: join(folder, 'data'),
    ...(database === 'given' ? { DATABASE_URL: await bareDatabase(TEMPLATE) } : {}),
    SECRET_KEY: randomBytes(32).toString('base64'),
    SANDBOX: 'off',
  };
  const server = await serverProcess(env);
  const sandbox = await startJudgedSandbox({
    dataDir: join(folder, 'carrier'),
    apiKey: SANDBOX_KEY,
    speed,
  });
  afterAll(() => sandbox.stop());
  await server.start();
  const log = openLog({ level: 'silent', name: 'test', showPersonalData: false });
  const config = readConfig({ ...env, PUBLIC_URL: server.url });
  /** An embedded database comes back on another port, so it is looked for each time. */
  const databaseUrl = () =>
    findDatabase({ databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR });
  const platform = await openPlatform({
    config,
    log,
    databaseUrl: await databaseUrl(),
    name: 'test',
  });
  const first = await ensureFirstAccounts(platform);
  if (!first) throw new Error('The scene begins with an empty database.');
  const { url, publicKey } = sandbox;
  await connectSandbox(platform, { url, publicKey, apiKey: SANDBOX_KEY });
  const api = openApi(server.url, first.apiKey);
  afterAll(() => api.close());
  const viewer = systemViewer(first.accountId, 'TEST', 'test');
  const offer = (
    await (await platform.carriers.of(first.accountId)).searchNumbers({ areaCode: '415' })
  )[0];
  const number = offer?.phoneNumber ?? '';
  await createTracker(platform, viewer, {
    companyId: first.companyId,
    name: 'Search ad',
    source: { name: 'Google Ads' },
    destination: DESTINATION,
    number: { phoneNumber: number },
    recording: true,
    whisper: 'A call.',
    ...settings,
  });
  await until('the number is in service', async () => {
    const { phoneNumbers } = await api.ask('{ phoneNumbers(first: 1) { nodes { status } } }');
    return phoneNumbers.nodes[0]?.status === 'ACTIVE';
  });
  await platform.close();

  async function history(): Promise<Data[]> {
    const all: Data[] = [];
    for (let after: string | null = null; ; ) {
      const { events }: Data = await api.ask(HISTORY, { after });
      all.push(...events.nodes);
      if (!events.pageInfo.hasNextPage) return all;
      after = events.pageInfo.endCursor;
    }
  }

  return {
    server,
    sandbox,
    history,
    /** Somebody calls; the business picks up and they are on the line until it hangs up, or until all is said. */
    dial(from: string, say?: string): Leg {
      sandbox.clock.setSpeed(speed);
      sandbox.destination(DESTINATION, {
        behaviour: 'answer',
        answerAfterSeconds: 3,
        ...(say ? { say } : { hangUpAfterSeconds: 120 }),
      });
      return sandbox.call({ from, to: number, ...(say ? { say } : {}) });
    },
    commands: (leg: Leg, kind: string) => commandsOf(sandbox.calls().commands, leg, kind),
    delivered: (leg: Leg, kind: string) =>
      sandbox
        .deliveries()
        .filter(({ webhook }) => {
          const { call_session_id: session } = webhook.payload as { call_session_id?: string };
          return webhook.event_type === kind && session === leg.sessionId;
        })
        .filter((one) => one.status === 'delivered'),
    /** Starts the server again after a kill; the carrier's time all but stands still meanwhile, however slow the machine. */
    async outage(kill: () => Promise<void>) {
      sandbox.clock.setSpeed(0.01);
      await kill();
      await server.start();
      sandbox.clock.setSpeed(speed);
    },
    /** kill -9 of the server, its database and every other process that it started. */
    async killEverything() {
      const below = [...processesBelow(server.pid()).keys()];
      const postmaster = Number(
        readFileSync(join(config.DATA_DIR, 'postgres/postmaster.pid'), 'utf8').split('\n')[0],
      );
      for (const pid of new Set([server.pid(), postmaster, ...below])) kill(pid);
      await server.kill();
    },
    /** Waits for the call's recording to be stored (and written down), and holds everything that was told against what must be true. */
    async expectWhole(leg: Leg, from: string, patienceMs?: number) {
      // the wait looks into the database, since a key's points would not last; what is judged is what the API tells
      const db = await openDb({
        url: await databaseUrl(),
        applicationName: 'test',
        poolSize: 1,
        log,
      });
      const where = { from, state: 'ENDED' } as const;
      await until(
        `the call of ${from} is whole`,
        async () => {
          const talking = await db.prisma.call.count({
            where: { from, answeredAt: { not: null } },
          });
          if (talking > 0) sandbox.clock.setSpeed(HURRY);
          const ended = await db.prisma.call.findFirst({ where, include: { recordings: true } });
          if (!ended?.recordings.every((one) => one.state === 'READY')) return false;
          if (!settings.transcription) return true;
          const settled = { in: ['READY' as const, 'FAILED' as const] };
          return db.prisma.transcript.findFirst({ where: { callId: ended.id, state: settled } });
        },
        patienceMs,
      ).finally(() => db.close());
      const { calls } = await api.ask('{ calls(first: 50) { nodes { id from } } }');
      const mine = calls.nodes.filter((one: Data) => one.from === from);
      expect(mine).toHaveLength(1);
      const { node: call } = await api.ask(
        `query($id: ID!) { node(id: $id) { ... on Call { ${CALL_FACTS} } } } ${SOUND}`,
        { id: mine[0].id },
      );
      const truth = truthOf(sandbox, leg);
      expect(call.outcome).toBe(truth.outcome);
      expect(Math.abs(call.durationSeconds - truth.durationSeconds)).toBeLessThanOrEqual(1);
      expect(call.talkSeconds === null).toBe(truth.outcome !== 'ANSWERED');
      const carried = commandsOf(sandbox.calls().commands, leg, 'dial').filter(
        (one) => one.status !== null && one.status < 300 && !one.duplicate,
      );
      expect(carried.length).toBeLessThanOrEqual(1);
      const legs = sandbox.calls().legs.filter((one) => one.sessionId === leg.sessionId);
      expect(legs.filter((one) => one.direction === 'outgoing').length).toBeLessThanOrEqual(1);
      expect(legs.every((one) => one.endedAt)).toBe(true);
      const events = (await history()).filter((event) => event.call?.id === call.id);
      expect(events.map((event) => event.subjectVersion)).toEqual(events.map((_event, n) => n + 1));
      expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
      const types = events.map((event) => event.type);
      expect(types.filter((type) => type === 'CALL_RINGING')).toHaveLength(1);
      expect(types.filter((type) => type === 'CALL_ENDED')).toHaveLength(1);
      const answered = types.filter((type) => type === 'CALL_ANSWERED');
      expect(answered).toHaveLength(truth.outcome === 'ANSWERED' ? 1 : 0);
      return call;
    },
  };
}

/** What the carrier itself did with an ended call, whoever was told of it. */
function truthOf(sandbox: Sandbox, { callControlId, sessionId }: Leg) {
  const webhooks = sandbox.deliveries().flatMap(({ webhook, duplicate }) => {
    const payload = webhook.payload as Data;
    return payload.call_session_id === sessionId && !duplicate
      ? [{ type: webhook.event_type, payload }]
      : [];
  });
  const bridged = webhooks.some(({ type }) => type === 'call.bridged');
  const message = webhooks.some(
    ({ type, payload }) =>
      type === 'call.recording.saved' &&
      payload.channels === 'single' &&
      msBetween(payload.recording_started_at, payload.recording_ended_at) >= SHORTEST_MESSAGE_MS,
  );
  const caller = sandbox.calls().legs.find((one) => one.callControlId === callControlId);
  const missed = message ? 'VOICEMAIL' : 'MISSED';
  return {
    outcome: bridged ? 'ANSWERED' : missed,
    durationSeconds: msBetween(caller?.startedAt, caller?.endedAt) / 1_000,
  };
}

const msBetween = (from?: string | null, to?: string | null) =>
  Date.parse(to ?? '') - Date.parse(from ?? '');

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended at this moment
  }
}
