// Puts a sandbox carrier together in this process and makes it listen on 127.0.0.1.
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Carrier } from './carrier.ts';
import { type Clock, createClock } from './clock.ts';
import { createCarrierServer, type Exchange } from './http/server.ts';
import { completeOrder } from './numbers/orders.ts';
import { SandboxOptions } from './options.ts';
import { reviewAssignment, reviewBrand, reviewCampaign } from './registrations/decide.ts';
import { type Control, createControl } from './scripts/control.ts';
import { openStore } from './store.ts';
import { loadKeys } from './webhooks/keys.ts';
import { createOutbox, type Delivery } from './webhooks/outbox.ts';

export interface Sandbox extends Control {
  /** root of the HTTP server; the API's base is `${url}/v2` */
  url: string;
  port: number;
  /** raw 32-byte ed25519 key in base64, as the Telnyx SDK takes it */
  publicKey: string;
  clock: Clock;
  /** every webhook delivery so far, oldest first */
  deliveries(): readonly Delivery[];
  /** Resolves when no webhook attempt is under way. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a sandbox.
 * @param onExchange told of every request under /v2 with its answer, for whoever judges them against the carrier's
 *   documents
 * @throws when an option is wrong (the message names it) or the port is taken
 */
export async function startSandbox(
  options: SandboxOptions,
  onError?: (error: unknown) => void,
  onExchange?: (exchange: Exchange) => void,
): Promise<Sandbox> {
  const given = SandboxOptions.parse(options);
  mkdirSync(given.dataDir, { recursive: true, mode: 0o700 });
  const keys = loadKeys(given.dataDir);
  const clock = createClock({
    speed: given.speed,
    settle: () => outbox.settled(),
    ...(given.startMs === undefined ? {} : { startMs: given.startMs }),
    ...(onError ? { onError } : {}),
  });
  const outbox = createOutbox({ clock, keys, seed: given.seed });
  const carrier: Carrier = {
    clock,
    store: openStore(given.dataDir, clock.now()),
    keys,
    outbox,
    seed: given.seed,
    apiKey: given.apiKey,
    numberOrderDelaySeconds: given.numberOrderDelaySeconds,
    requestsPerSecond: given.requestsPerSecond,
    legs: new Map(),
    sessions: new Map(),
    destinations: new Map(),
    commands: [],
    carried: new Map(),
    messages: new Map(),
    messageCount: 0,
    media: new Map(),
    recipients: new Map(),
    registrationRules: [],
    faults: [],
    numberRules: [],
    chaos: new Map(),
    baseUrl: '',
  };
  const control = createControl(carrier);
  const nobody = () => undefined;
  const server = createCarrierServer(carrier, control, onError ?? nobody, onExchange ?? nobody);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(given.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  carrier.baseUrl = `http://127.0.0.1:${port}`;
  for (const order of carrier.store.state.orders.filter((one) => one.status === 'pending')) {
    clock.after(given.numberOrderDelaySeconds * 1000, () => completeOrder(carrier, order));
  }
  for (const brand of carrier.store.state.brands.filter((one) => one.state === 'pending')) {
    reviewBrand(carrier, brand);
  }
  for (const campaign of carrier.store.state.campaigns.filter((one) => one.state === 'pending')) {
    reviewCampaign(carrier, campaign);
  }
  for (const number of carrier.store.state.numbers.filter((one) => one.assignment === 'pending')) {
    reviewAssignment(carrier, number);
  }
  return {
    ...control,
    url: carrier.baseUrl,
    port,
    publicKey: keys.publicKey,
    clock,
    deliveries: () => outbox.deliveries,
    settled: () => outbox.settled(),
    async stop() {
      clock.stop();
      outbox.stop();
      for (const live of carrier.legs.values())
        for (const recorder of [...live.recorders]) recorder.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await outbox.settled();
    },
  };
}
