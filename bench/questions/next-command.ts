// How long does the carrier wait, from the webhook that it posts to our next command? Measured by the sandbox's own books
// at speed 1, with one call at a time and with many at once.
import { setTimeout as pause } from 'node:timers/promises';
import { type Sandbox, startSandbox } from '#sandbox/index.ts';
import type { BenchAccount } from '../processes/server.ts';
import { ms, percentile } from '../stage/figures.ts';
import { fillCalls } from '../stage/fill-calls.ts';
import type { Line, Stage } from '../stage/stage.ts';

const DESTINATION = '+12125550180';
const AT_ONCE = 20;
const POLL_MS = 50;
const PATIENCE_MS = 40_000;
/** webhooks that a call answers with a command; the others are only noted */
const ASKING = new Set(['call.initiated', 'call.answered', 'call.speak.ended']);

/** Asks the question. */
export async function nextCommand(stage: Stage): Promise<Line[]> {
  const sandbox = await startSandbox({
    dataDir: stage.folder('sandbox'),
    apiKey: 'bench-carrier-key',
    requestsPerSecond: 10_000,
  });
  try {
    const databaseUrl = await stage.database('next_command');
    const server = await stage.startServer({ DATABASE_URL: databaseUrl });
    const account = await server.ask<BenchAccount>('account', { keys: 0 });
    const pool = stage.pool(databaseUrl);
    const { trackingNumber: to } = await fillCalls(pool, account, 100);
    // the reaction would have each recording written down, which is another question's
    await pool.query(
      `update tracker set transcription = false, greeting = 'Hello.', whisper = 'Call.'`,
    );
    const { url, publicKey } = sandbox;
    await server.ask('connectSandbox', { url, publicKey, apiKey: 'bench-carrier-key' });
    const { rows } = await pool.query('select connection_id from carrier_settings');
    sandbox.own({ phoneNumber: to, connectionId: rows[0].connection_id });
    sandbox.destination(DESTINATION, { behaviour: 'answer', answerAfterSeconds: 0.5 });

    await play(sandbox, to, 1);
    const calm: number[] = [];
    for (let n = 0; n < stage.size(6, 2); n += 1) calm.push(...(await play(sandbox, to, 1)));
    const busy: number[] = [];
    for (let n = 0; n < stage.size(2, 1); n += 1) busy.push(...(await play(sandbox, to, AT_ONCE)));
    return [lineOf('calm', calm), lineOf(`${AT_ONCE} calls at once`, busy)];
  } finally {
    await sandbox.stop();
  }
}

function lineOf(how: string, waits: number[]): Line {
  const [p50, p95, most] = [0.5, 0.95, 1].map((share) => ms(percentile(waits, share)));
  return {
    question: `webhook → next command, ${how}`,
    aim: 'told, not judged',
    result: `p95 ${p95}, p50 ${p50}, at most ${most} (${waits.length} commands)`,
    verdict: '',
  };
}

let callers = 0;

/** Plays calls that begin together, to their end. Answers the waits in milliseconds. */
async function play(sandbox: Sandbox, to: string, count: number): Promise<number[]> {
  const sessions = Array.from({ length: count }, () => {
    callers += 1;
    const from = `+1415555${String(100 + (callers % 100)).padStart(4, '0')}`;
    return sandbox.call({ from, to, hangUpAfterSeconds: 12, hangUpWhen: 'bridged-speech-done' })
      .sessionId;
  });
  const began = performance.now();
  const isOver = (session: string) =>
    sandbox.calls().legs.every((leg) => leg.sessionId !== session || leg.phase === 'ended');
  while (!sessions.every(isOver)) {
    if (performance.now() - began > PATIENCE_MS) throw new Error('A call did not end.');
    await pause(POLL_MS);
  }
  await sandbox.settled();
  return sessions.flatMap((session) => waitsOf(sandbox, session));
}

/** Of each webhook that asks for a command: how long until the session's next command arrived. */
function waitsOf(sandbox: Sandbox, session: string): number[] {
  const commands = sandbox
    .calls()
    .commands.filter((command) => command.sessionId === session && !command.duplicate)
    .map((command) => ({ atMs: Date.parse(command.at), isCommand: true }));
  const webhooks = sandbox.deliveries().flatMap(({ webhook, attempts: [first] }) => {
    const asks = isAsking(webhook.event_type, webhook.payload as Told, session);
    return asks && first ? [{ atMs: Date.parse(first.startedAt), isCommand: false }] : [];
  });
  // at the same millisecond the command came first: the webhook is what came of it
  const moments = [...commands, ...webhooks].sort((a, b) => a.atMs - b.atMs);
  return moments.flatMap((moment, at) => {
    const before = moments[at - 1];
    return moment.isCommand && before && !before.isCommand ? [moment.atMs - before.atMs] : [];
  });
}

interface Told {
  call_session_id?: string;
  direction?: string;
}

function isAsking(eventType: string, told: Told, session: string): boolean {
  if (told.call_session_id !== session || !ASKING.has(eventType)) return false;
  // the leg that we dialled ourselves begins without our doing more
  return eventType !== 'call.initiated' || told.direction === 'incoming';
}
