// The town with jobs and a real line to a sandbox carrier whose clock is turned by hand.
import { rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import { createTracker, type NewTracker } from '#domains/numbers/create-tracker.ts';
import {
  checkNumberJob,
  checkRegistrationJob,
  keepNumbersJob,
  orderNumberJob,
  releaseNumberJob,
  settleReservationJob,
} from '#domains/numbers/index.ts';
import type { NumberInventory } from '#domains/numbers/inventory.ts';
import { placeNumberOrder, settleNumberOrder } from '#domains/numbers/settle-number-order.ts';
import { openCarriers } from '#platform/carrier/index.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { openTown } from '#tests/domains/interactions/town.ts';
import { startJudgedSandbox } from '#tests/support/judged-sandbox.ts';
import { makeFolder } from '../../support/temporary-folder.ts';

/** The telephone of the business that trackers forward to. */
export const BUSINESS = '+13125550177';
const ORDER_SECONDS = 2;

/** Opens the depot. Call it at the top of a test file. */
export async function openDepot() {
  const town = await openTown();
  const dataDir = makeFolder();
  const apiKey = 'key-of-the-sandbox';
  const sandbox = await startJudgedSandbox({
    dataDir,
    apiKey,
    speed: 'manual',
    numberOrderDelaySeconds: ORDER_SECONDS,
    // the carrier lives in the account's time, so that both turn together
    startMs: town.clock.now('').getTime(),
  });
  const definitions = [
    checkNumberJob,
    checkRegistrationJob,
    keepNumbersJob,
    orderNumberJob,
    releaseNumberJob,
    settleReservationJob,
  ];
  const jobs = await openJobs({ db: town.db, log: town.log, definitions });
  afterAll(async () => {
    await jobs.stop();
    await sandbox.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const settings = {
    baseUrl: `${sandbox.url}/v2`,
    apiKey,
    publicKey: sandbox.publicKey,
    connectionId: null as string | null,
  };
  const carriers = openCarriers({
    settings: async () => settings,
    publicUrl: () => 'http://127.0.0.1:9',
  });
  const line = await carriers.of('any');
  settings.connectionId = await line.ensureVoiceApplication('depot', 'http://127.0.0.1:9/carrier');
  carriers.forget('any');
  const areas = ['415', '512', '303', '206'];
  const open = await carriers.of('any');
  const stock = (
    await Promise.all(areas.map((areaCode) => open.searchNumbers({ areaCode })))
  ).flat();

  let taken = 0;
  /** A number for sale that no test of this file has used. */
  const nextNumber = (): string => {
    // from the end: a number that the product chooses itself is the first on offer
    const offered = stock.at(-1 - taken++);
    if (!offered) throw new Error('The sandbox has no more numbers in these areas.');
    return offered.phoneNumber;
  };
  const platform = { ...town, jobs, carriers };

  /** Orders a number and has the carrier fill the order. */
  const bring = async (accountId: string, phoneNumberId: string) => {
    await placeNumberOrder(platform, { accountId, phoneNumberId });
    await sandbox.clock.advance((ORDER_SECONDS + 1) * 1000);
    await settleNumberOrder(platform, { accountId, phoneNumberId });
  };

  const settle = async () => {
    const people = await town.settle();
    const create = (changes: Partial<NewTracker> = {}, viewer = people.viewer) =>
      createTracker(platform, viewer, {
        companyId: people.companyId,
        name: 'Spring ad',
        source: { name: 'Google Ads', medium: 'cpc', campaign: 'spring' },
        destination: BUSINESS,
        number: changes.number ?? { phoneNumber: nextNumber() },
        ...changes,
      });
    const numberOf = (trackerId: string) =>
      town.db.prisma.phoneNumber.findFirstOrThrow({
        where: { accountId: people.accountId, trackerId },
        orderBy: { createdAt: 'desc' },
      });
    const number = (id: string) =>
      town.db.prisma.phoneNumber.findUniqueOrThrow({
        where: { accountId_id: { accountId: people.accountId, id } },
      });
    /** A tracker whose number is in service. */
    const serve = async (changes: Partial<NewTracker> = {}) => {
      const tracker = await create(changes);
      const { id } = await numberOf(tracker.id);
      await bring(people.accountId, id);
      return { tracker, phoneNumberId: id };
    };
    return { ...people, create, numberOf, number, serve };
  };

  /** The payloads of the jobs of a kind that wait for this account. */
  const waiting = async (name: string, accountId: string) => {
    const { rows } = await town.db.pool.query<{ data: object }>(
      `select data from pgboss.job where name = $1 and data->>'accountId' = $2 and state = 'created'
        order by created_on`,
      [name, accountId],
    );
    return rows.map(({ data }) => data);
  };

  return {
    ...platform,
    sandbox,
    settle,
    bring,
    nextNumber,
    waiting,
    /** Turns the account's clock and the carrier's. */
    passes: async (ms: number) => {
      town.clock.advance(ms);
      await sandbox.clock.advance(ms);
    },
    /** Asks the carrier's API as its customer would by hand. */
    byHand: async (method: string, path: string, body?: object) => {
      const answer = await fetch(`${sandbox.url}/v2${path}`, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, data: (await answer.json()).data };
    },
    line: (): Promise<NumberInventory> => carriers.of('any'),
    /** The carrier carries out every order that it has taken. */
    fillOrders: async () => {
      await sandbox.clock.advance((ORDER_SECONDS + 1) * 1000);
    },
  };
}
