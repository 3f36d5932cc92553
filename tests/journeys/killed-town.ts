// The scene of the kill tests: a server process, a sandbox carrier that survives it, and a call with all its parts.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { ensureFirstAccounts, systemViewer } from '#domains/accounts/index.ts';
import { connectSandbox } from '#domains/lab/index.ts';
import { createTracker } from '#domains/numbers/create-tracker.ts';
import { readConfig } from '#platform/config/index.ts';
import { openLog } from '#platform/log/index.ts';
import { startSandbox } from '#sandbox/index.ts';
import { bareDatabase } from '#tests/support/database.ts';
import { TEMPLATE } from '#tests/support/global-setup.ts';
import { serverProcess } from '#tests/support/server-process.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { CALL_FACTS, commandsOf, SANDBOX_KEY, SOUND, until } from '#tests/support/town.ts';
import { type Data, openApi } from '../../demo/api.ts';
import { openPlatform } from '../../src/open-platform.ts';

const DESTINATION = '+12125550180';
/** once they talk, only the end is waited for */
const HURRY = 50;
const HISTORY = `query($after: Cursor) { events(first: 100, after: $after) {
  nodes { id type cursor subjectVersion ... on CallEvent { call { id from } } }
  pageInfo { hasNextPage endCursor } } }`;

type Leg = ReturnType<Awaited<ReturnType<typeof startSandbox>>['call']>;

/** Opens the scene. Call it where afterAll may be called. */
export async function openKilledTown(speed: number) {
  const folder = temporaryFolder();
  const env = {
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: await bareDatabase(TEMPLATE),
    SECRET_KEY: randomBytes(32).toString('base64'),
    SANDBOX: 'off',
  };
  const server = await serverProcess(env);
  const sandbox = await startSandbox({
    dataDir: join(folder, 'carrier'),
    apiKey: SANDBOX_KEY,
    speed,
  });
  const log = openLog({ level: 'silent', name: 'test', showPersonalData: false });
  const config = readConfig({ ...env, PUBLIC_URL: server.url });
  const platform = await openPlatform({ config, log, databaseUrl: env.DATABASE_URL, name: 'test' });
  const first = await ensureFirstAccounts(platform);
  if (!first) throw new Error('The scene begins with an empty database.');
  const { url, publicKey } = sandbox;
  await connectSandbox(platform, { url, publicKey, apiKey: SANDBOX_KEY });
  await server.start();
  const api = openApi(server.url, first.apiKey);
  afterAll(async () => {
    api.close();
    await platform.close();
    await sandbox.stop();
  });
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
  });
  await until('the number is in service', async () => {
    const { phoneNumbers } = await api.ask('{ phoneNumbers(first: 1) { nodes { status } } }');
    return phoneNumbers.nodes[0]?.status === 'ACTIVE';
  });

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
    /** Somebody calls; the business picks up and they talk until it hangs up. */
    dial(from: string): Leg {
      sandbox.clock.setSpeed(speed);
      sandbox.destination(DESTINATION, {
        behaviour: 'answer',
        answerAfterSeconds: 3,
        hangUpAfterSeconds: 120,
      });
      return sandbox.call({ from, to: number });
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
    /** Waits for the call's recording to be stored, and holds everything that was told against what must be true. */
    async expectWhole(
      leg: Leg,
      from: string,
      outcomes: readonly string[] = ['ANSWERED'],
      patienceMs?: number,
    ) {
      // the wait looks into the database, since a key's points would not last; what is judged is what the API tells
      const { prisma } = platform.db;
      const where = { from, state: 'ENDED' } as const;
      await until(
        `the call of ${from} is whole`,
        async () => {
          const talking = await prisma.call.count({ where: { from, answeredAt: { not: null } } });
          if (talking > 0) sandbox.clock.setSpeed(HURRY);
          const ended = await prisma.call.findFirst({ where, include: { recordings: true } });
          return ended?.recordings.every((one) => one.state === 'READY');
        },
        patienceMs,
      );
      const { calls } = await api.ask('{ calls(first: 50) { nodes { id from } } }');
      const mine = calls.nodes.filter((one: Data) => one.from === from);
      expect(mine).toHaveLength(1);
      const { node: call } = await api.ask(
        `query($id: ID!) { node(id: $id) { ... on Call { ${CALL_FACTS} } } } ${SOUND}`,
        { id: mine[0].id },
      );
      expect(outcomes).toContain(call.outcome);
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
      if (call.outcome === 'ANSWERED') expect(types).toContain('CALL_ANSWERED');
      return call;
    },
  };
}
