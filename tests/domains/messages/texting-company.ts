// A company that may text: numbers that lead to trackers, brand and campaign approved, and somebody with a seat.
import { randomUUID } from 'node:crypto';
import type { Db } from '#platform/db/index.ts';

interface Of {
  accountId: string;
  companyId: string;
  createdAt: Date;
}

let numbers = 100;

/** So many source trackers, each with a number on the company's profile and campaign. */
export async function buyNumbers(
  prisma: Db['prisma'],
  { accountId, companyId, createdAt }: Of,
  count: number,
): Promise<{ id: string; number: string; phoneNumberId: string }[]> {
  const of = { accountId, companyId };
  const bought = [];
  for (let n = 1; n <= count; n++) {
    const [id, sourceId, phoneNumberId] = [randomUUID(), randomUUID(), randomUUID()];
    const number = `+1415555${String(numbers++ % 200).padStart(4, '0')}`;
    const name = `Ad ${n}`;
    await prisma.source.create({ data: { ...of, id: sourceId, name } });
    await prisma.tracker.create({
      data: {
        ...{ ...of, id, sourceId, name, type: 'SOURCE', createdAt },
        destination: '+12125550180',
      },
    });
    await prisma.phoneNumber.create({
      data: {
        ...{ ...of, id: phoneNumberId, trackerId: id, number, status: 'ACTIVE', createdAt },
        ...{ carrierNumberId: phoneNumberId, carrierProfileId: companyId },
        ...{ carrierCampaignId: companyId, assignment: 'ASSIGNED' },
      },
    });
    bought.push({ id, number, phoneNumberId });
  }
  return bought;
}

/** Brand and campaign, approved. */
export async function registerCompany(prisma: Db['prisma'], of: Of): Promise<void> {
  const approved = { id: randomUUID(), state: 'APPROVED', carrierId: of.companyId } as const;
  await prisma.brandRegistration.create({ data: { ...of, ...approved, details: {} } });
  await prisma.campaignRegistration.create({ data: { ...of, ...approved, details: {} } });
}

/** Somebody with a seat: the agent's id. */
export async function seatAgent(
  prisma: Db['prisma'],
  { accountId, createdAt }: Of,
): Promise<string> {
  const [userId, id] = [randomUUID(), randomUUID()];
  const email = `${userId}@partner.example`;
  await prisma.user.create({ data: { id: userId, email, name: 'Bo Agent', createdAt } });
  await prisma.membership.create({ data: { accountId, userId, role: 'AGENT', createdAt } });
  await prisma.agent.create({
    data: { accountId, id, userId, seatedAt: createdAt, presenceAt: createdAt },
  });
  return id;
}
