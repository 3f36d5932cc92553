// What browsers say that their users are known by: kept under a key of the server's, for 90 days after it was said last, and
// gone with whom it is of.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { purgeClaimsHandler } from '#domains/attribution/index.ts';
import {
  claimantsOfLead,
  deleteClaims,
  deleteClaimsOfNumbers,
} from '#domains/attribution/store-claims.ts';
import { openWebsite } from '#tests/domains/visitors/website.ts';

const web = await openWebsite();
const { prisma } = web.db;
const DAY = 86_400_000;
const signal = { signal: new AbortController().signal } as never;
const purge = () => purgeClaimsHandler(web).run({}, signal);

async function settle() {
  const site = await web.settle();
  const { accountId } = site;
  const ada = site.browser();
  await ada.visits();
  const claims = () => prisma.visitorClaim.findMany({ where: { accountId } });
  const identify = async (person: object) => {
    expect((await ada.identifies(person)).status).toBe(204);
  };
  const leadOf = async (number: string) => {
    const { id } = await site.arrives(number);
    const where = { accountId_id: { accountId, id } };
    return (await prisma.interaction.findUniqueOrThrow({ where })).leadId ?? '';
  };
  return { ...site, ada, claims, identify, leadOf };
}

it('a number that is claimed is found by whose it is, and by nobody who tries all numbers', async () => {
  const { accountId, companyId, ada, claims, identify, leadOf } = await settle();
  const number = '+12065550117';
  await identify({ phone: number, email: 'ada@example.com' });
  const hashes = (await claims()).map(({ hash }) => Buffer.from(hash).toString('hex'));
  expect(hashes).toHaveLength(2);
  for (const text of [number, `PHONE:${number}`, `${companyId}:PHONE:${number}`]) {
    expect(hashes).not.toContain(createHash('sha256').update(text).digest('hex'));
  }
  const [leadId, otherId] = [await leadOf(number), await leadOf('+12065550118')];
  expect(await claimantsOfLead(prisma, web.secrets, accountId, leadId)).toEqual([ada.visitor]);
  expect(await claimantsOfLead(prisma, web.secrets, accountId, otherId)).toEqual([]);
  await deleteClaims(prisma, web.secrets, accountId, otherId);
  expect(await claims()).toHaveLength(2);
  await deleteClaims(prisma, web.secrets, accountId, leadId);
  expect(await claims()).toHaveLength(1);
});

it('a number is read as of the page’s country', async () => {
  const { accountId, ada, identify, leadOf } = await settle();
  await identify({ phone: '020 7946 0991', country: 'GB' });
  const leadId = await leadOf(`+${'442079460991'}`);
  expect(await claimantsOfLead(prisma, web.secrets, accountId, leadId)).toEqual([ada.visitor]);
});

it('a claim of somebody who never became a lead goes with their number', async () => {
  const { accountId, companyId, otherCompanyId, claims, identify } = await settle();
  const number = '+12065550119';
  await identify({ phone: number });
  const forget = (of: string) =>
    deleteClaimsOfNumbers(prisma, web.secrets, accountId, [{ companyId: of, number }]);
  await forget(otherCompanyId);
  expect(await claims()).toHaveLength(1);
  await forget(companyId);
  expect(await claims()).toEqual([]);
});

it('goes 90 days after it was said last, past the tenth of a browser, too', async () => {
  const { claims, identify } = await settle();
  for (let n = 0; n < 12; n++) await identify({ email: `ada${n}@example.com` });
  expect(await claims()).toHaveLength(10);
  web.clock.advance(60 * DAY);
  await identify({ email: 'ada3@example.com' });
  web.clock.advance(29 * DAY);
  await purge();
  expect(await claims()).toHaveLength(10);
  web.clock.advance(2 * DAY);
  expect(await purge()).toMatch(/^purged \d+$/);
  expect(await claims()).toHaveLength(1);
  web.clock.advance(60 * DAY);
  await purge();
  expect(await claims()).toEqual([]);
});
