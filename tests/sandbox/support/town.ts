// Makers for the sandbox's tests: a carrier on a hand-turned clock in a folder of its own, a receiver of webhooks, and
// the real SDK as the client.
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Telnyx from 'telnyx';
import { type Sandbox, type SandboxOptions, startSandbox } from '#sandbox/index.ts';
import { makeFolder } from '../../support/temporary-folder.ts';

export const API_KEY = 'test-key-for-the-sandbox';

interface Hook {
  body: {
    data: { id: string; event_type: string; occurred_at: string; payload: Record<string, unknown> };
    meta: { attempt: number; delivered_to: string };
  };
  raw: string;
  headers: Record<string, string>;
  path: string;
}

export interface Receiver {
  url: string;
  hooks: Hook[];
  /** event types in order of arrival */
  types(): string[];
  /** answers the next requests: a status, or 'hang' for none */
  answers: (number | 'hang')[];
  /** Resolves with the first webhook of a type (and of a leg), also when it has come already. */
  once(type: string, legId?: string): Promise<Hook>;
  onHook: ((hook: Hook) => void) | null;
  stop(): Promise<void>;
}

/** Starts an HTTP server that takes webhooks down. */
export async function startReceiver(): Promise<Receiver> {
  const hooks: Hook[] = [];
  const waiting: { fits: (hook: Hook) => boolean; resolve: (hook: Hook) => void }[] = [];
  const receiver: Receiver = {
    url: '',
    hooks,
    types: () => hooks.map((hook) => hook.body.data.event_type),
    answers: [],
    onHook: null,
    once(type, legId) {
      const fits = ({ body: { data } }: Hook) =>
        data.event_type === type && (legId === undefined || data.payload.call_leg_id === legId);
      const come = hooks.find(fits);
      if (come) return Promise.resolve(come);
      return new Promise((resolve) => waiting.push({ fits, resolve }));
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer(async (request, response) => {
    const raw = await textOf(request);
    const hook: Hook = {
      body: JSON.parse(raw),
      raw,
      headers: request.headers as Record<string, string>,
      path: request.url ?? '/',
    };
    hooks.push(hook);
    const answer = receiver.answers.shift() ?? 200;
    if (answer === 'hang') return;
    response.writeHead(answer).end();
    receiver.onHook?.(hook);
    for (const one of waiting.filter((each) => each.fits(hook))) one.resolve(hook);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return receiver;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

export interface Town {
  sandbox: Sandbox;
  telnyx: Telnyx;
  receiver: Receiver;
  /** id of the application, and a tracking number that leads to it */
  connectionId: string;
  number: string;
  dataDir: string;
  leave(): Promise<void>;
}

/** A sandbox with an application, a number and a receiver. The clock is turned by hand unless a speed is given. */
export async function buildTown(options: Partial<SandboxOptions> = {}): Promise<Town> {
  const dataDir = makeFolder();
  const sandbox = await startSandbox({
    dataDir,
    apiKey: API_KEY,
    speed: 'manual',
    seed: 7,
    ...options,
  });
  const receiver = await startReceiver();
  const telnyx = clientOf(sandbox);
  const application = await telnyx.callControlApplications.create({
    application_name: 'Switchboard',
    webhook_event_url: `${receiver.url}/hooks`,
    webhook_api_version: '2',
  });
  const connectionId = application.data?.id ?? '';
  const number = '+12125550123';
  sandbox.own({ phoneNumber: number, connectionId });
  return {
    sandbox,
    telnyx,
    receiver,
    connectionId,
    number,
    dataDir,
    async leave() {
      await sandbox.stop();
      await receiver.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The carrier's own SDK, pointed at a sandbox. */
export function clientOf(sandbox: { url: string; publicKey: string }): Telnyx {
  return new Telnyx({
    apiKey: API_KEY,
    publicKey: sandbox.publicKey,
    baseURL: `${sandbox.url}/v2`,
    maxRetries: 0,
    timeout: 5_000,
  });
}
