// Numbers' messaging statuses for the API: those of the viewer's account, read together.
import { may } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { type MessagingStatus, messagingStatus } from './messaging-status.ts';
import { findRegistrations } from './store-registrations.ts';

/** Each number's status, or null where the viewer may not see it, in the order of the ids; by three queries. */
export async function messagingStatusesOf(
  { db: { prisma } }: { db: Db },
  viewer: Viewer,
  phoneNumberIds: readonly string[],
): Promise<(MessagingStatus | null)[]> {
  const { accountId } = viewer;
  if (!may(viewer, 'numbers.read')) return phoneNumberIds.map(() => null);
  const numbers = await prisma.phoneNumber.findMany({
    where: { accountId, id: { in: [...phoneNumberIds] } },
    select: {
      id: true,
      companyId: true,
      number: true,
      status: true,
      carrierProfileId: true,
      carrierCampaignId: true,
      assignment: true,
    },
  });
  const companyId = { in: [...new Set(numbers.map((number) => number.companyId))] };
  const ofCompanies = async (kind: 'brand' | 'campaign') =>
    new Map(
      (await findRegistrations(prisma, kind, { accountId, companyId })).map((row) => [
        row.companyId,
        row,
      ]),
    );
  const brands = await ofCompanies('brand');
  const campaigns = await ofCompanies('campaign');
  const statuses = new Map(
    numbers
      .filter((number) => seesCompany(viewer, number.companyId))
      .map((number) => {
        const brand = brands.get(number.companyId)?.state ?? null;
        const campaign = campaigns.get(number.companyId) ?? null;
        return [number.id, messagingStatus({ ...number, brand, campaign })];
      }),
  );
  return phoneNumberIds.map((id) => statuses.get(id) ?? null);
}
