// The table phone_number: the only place that writes it.
import type { Prisma } from '#generated/prisma/client.ts';
import type { CampaignAssignment, PhoneNumberStatus } from '#generated/prisma/enums.ts';
import type { CarrierNumberSettings } from '#platform/carrier/index.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** How a number stands with texts. */
export interface MessagingFields {
  /** the carrier's id of the messaging profile that it was put on */
  carrierProfileId: string | null;
  /** the carrier's id of the campaign that it is on, or was to be put on */
  carrierCampaignId: string | null;
  assignment: CampaignAssignment;
  assignmentFailure: string | null;
}

export interface PhoneNumberRow extends CarrierNumberSettings, MessagingFields {
  id: string;
  companyId: string;
  trackerId: string | null;
  /** E.164 */
  number: string;
  status: PhoneNumberStatus;
  failure: string | null;
  carrierNumberId: string | null;
  /** the number whose place it takes once it is in service, which then goes on for so many days */
  replacesId: string | null;
  graceDays: number | null;
  releaseAt: Date | null;
  carrierStatus: string | null;
  /** codes of carrier-problems.ts, as of checkedAt */
  problems: string[];
  checkedAt: Date | null;
  version: number;
  createdAt: Date;
}

/** The columns of a number; what the API reads. */
export const PHONE_NUMBER_COLUMNS = {
  id: true,
  companyId: true,
  trackerId: true,
  number: true,
  status: true,
  failure: true,
  carrierNumberId: true,
  replacesId: true,
  graceDays: true,
  releaseAt: true,
  callerNameLookup: true,
  callScreening: true,
  carrierStatus: true,
  problems: true,
  checkedAt: true,
  carrierProfileId: true,
  carrierCampaignId: true,
  assignment: true,
  assignmentFailure: true,
  version: true,
  createdAt: true,
} as const satisfies Prisma.PhoneNumberSelect;

/** One phone number of the account, or null. */
export function readPhoneNumber(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<PhoneNumberRow | null> {
  return tx.phoneNumber.findUnique({
    where: { accountId_id: { accountId, id } },
    select: PHONE_NUMBER_COLUMNS,
  });
}

/** The account's row of this number (E.164) that is neither FAILED nor RELEASED, or null: there is one at most. */
export function findLiveNumber(
  tx: Tx,
  accountId: string,
  number: string,
): Promise<PhoneNumberRow | null> {
  return tx.phoneNumber.findFirst({
    where: { accountId, number, status: { notIn: ['FAILED', 'RELEASED'] } },
    select: PHONE_NUMBER_COLUMNS,
  });
}

/** Those of these numbers (E.164) that the account has a row of that is neither FAILED nor RELEASED. */
export async function findLiveNumbers(
  tx: Tx,
  accountId: string,
  numbers: readonly string[],
): Promise<string[]> {
  const rows = await tx.phoneNumber.findMany({
    where: { accountId, number: { in: [...numbers] }, status: { notIn: ['FAILED', 'RELEASED'] } },
    select: { number: true },
  });
  return rows.map(({ number }) => number);
}

/**
 * Whether this number (E.164) is another account's. Accounts may share one customer's key at the carrier, which then
 * cannot tell them apart: so this asks over all accounts.
 */
export async function isElsewhere(tx: Tx, accountId: string, number: string): Promise<boolean> {
  const found = await tx.phoneNumber.findFirst({
    where: { number, accountId: { not: accountId }, status: { notIn: ['FAILED', 'RELEASED'] } },
    select: { id: true },
  });
  return found !== null;
}

/** The ids of the company's numbers in service. */
export async function findActiveNumbers(
  tx: Tx,
  accountId: string,
  companyId: string,
): Promise<string[]> {
  const rows = await tx.phoneNumber.findMany({
    where: { accountId, companyId, status: 'ACTIVE' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** A number that is being ordered for a tracker. */
export interface NewPhoneNumber {
  id: string;
  trackerId: string;
  /** E.164 */
  number: string;
  replacesId: string | null;
  graceDays: number | null;
  checkAt: Date | null;
  createdAt: Date;
}

/** Writes new numbers, of their trackers' companies; Prisma would take half a second for three hundred. */
export async function insertPhoneNumbers(
  tx: Tx,
  accountId: string,
  numbers: readonly NewPhoneNumber[],
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    insert into phone_number
           (account_id, id, company_id, tracker_id, number, replaces_id, grace_days, check_at, created_at)
    select t.account_id, n.id, t.company_id, t.id, n.number, n."replacesId", n."graceDays",
           n."checkAt", n."createdAt"
      from jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb)
           as n(id uuid, "trackerId" uuid, number text, "replacesId" uuid, "graceDays" int,
                "checkAt" timestamptz, "createdAt" timestamptz)
      join tracker t on t.id = n."trackerId"
     where t.account_id = ${sql.account}`.rows(tx);
}

/** A number of the tracker that is in service to stay, other than this one; null when it has none. */
export function findOtherNumber(
  tx: Tx,
  accountId: string,
  number: { id: string; trackerId: string },
): Promise<{ id: string } | null> {
  return tx.phoneNumber.findFirst({
    where: {
      accountId,
      trackerId: number.trackerId,
      id: { not: number.id },
      status: 'ACTIVE',
      releaseAt: null,
    },
    select: { id: true },
  });
}

/** The number that was ordered to take this one's place, unless that came to nothing. */
export function findReplacement(
  tx: Tx,
  accountId: string,
  phoneNumberId: string,
): Promise<{ id: string } | null> {
  return tx.phoneNumber.findFirst({
    where: {
      accountId,
      replacesId: phoneNumberId,
      status: { notIn: ['FAILED', 'RELEASED'] },
    },
    select: { id: true },
  });
}

/** Writes fields of a number, raises its version and returns it. */
export async function writePhoneNumber(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<Omit<PhoneNumberRow, 'id' | 'number' | 'version'>> & { checkAt?: Date | null },
): Promise<number> {
  const { version } = await tx.phoneNumber.update({
    where: { accountId_id: { accountId, id } },
    data: { ...fields, version: { increment: 1 } },
    select: { version: true },
  });
  return version;
}

/** Notes that the carrier was asked and all was as before: nothing that anybody sees by a version. */
export async function noteCheck(
  tx: Tx,
  accountId: string,
  id: string,
  fields: { checkedAt: Date; checkAt: Date | null },
): Promise<void> {
  await tx.phoneNumber.update({ where: { accountId_id: { accountId, id } }, data: fields });
}

/**
 * Takes numbers whose check is due, of all accounts, and puts their next one off, so that no other run takes them too.
 * @returns at most `limit`, those that waited longest first
 */
export async function claimDueNumbers(
  tx: Tx,
  now: Date,
  next: Date,
  limit: number,
): Promise<{ accountId: string; id: string }[]> {
  const due = await tx.phoneNumber.findMany({
    where: { checkAt: { lte: now } },
    orderBy: { checkAt: 'asc' },
    take: limit,
    select: { accountId: true, id: true },
  });
  await tx.phoneNumber.updateMany({
    where: {
      accountId: { in: due.map(({ accountId }) => accountId) },
      id: { in: due.map(({ id }) => id) },
    },
    data: { checkAt: next },
  });
  return due;
}
