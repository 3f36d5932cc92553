// Whose a chat is: the lead that the company knows by what the visitor has told, found or made.
import {
  announceChanges,
  bumpVersion,
  joinLead,
  subjectsOfJoining,
} from '#domains/interactions/index.ts';
import { findOrMakeLead, type Identity, leadKnownBy, locksOfPerson } from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { chatSubject } from './events.ts';
import { type ChatRow, readChat, writeChat } from './store.ts';
import type { ToldPerson } from './visitor-input.ts';

/** What a visitor is known by, a telephone number first. */
export function knownBy({ email, phone }: ToldPerson): Identity[] {
  return [
    ...(phone ? [{ kind: 'PHONE' as const, value: phone }] : []),
    ...(email ? [{ kind: 'EMAIL' as const, value: email }] : []),
  ];
}

/** Finds or makes the lead of who is known by these; null where there are none. The caller holds `locksOfPerson`. */
export async function leadOf(
  tx: Tx,
  platform: Pick<Platform, 'events'>,
  place: { accountId: string; companyId: string; at: Date },
  [most, ...rest]: readonly Identity[],
  name: string | null | undefined,
): Promise<{ leadId: string; ownLeadId: string | null } | null> {
  if (!most) return null;
  const { leadId, ownLeadId } = await findOrMakeLead(tx, platform, {
    ...{ ...place, knownBy: [most, ...rest], name: name ?? null, isOwnWord: true },
  });
  return { leadId, ownLeadId };
}

/**
 * A visitor tells who they are, of a chat that is open or over. Must come before the transaction's first write. What was
 * told before and is left out now stays; a chat that has a lead keeps it.
 * @returns the chat as it is then; null when it is gone
 */
export async function tellPerson(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock'>,
  { accountId, companyId, id }: Pick<ChatRow, 'accountId' | 'companyId' | 'id'>,
  told: ToldPerson,
): Promise<ChatRow | null> {
  const { events, clock } = platform;
  await events.lock(tx, accountId, [chatSubject(id)]);
  const chat = await readChat(tx, accountId, id);
  if (!chat) return null;
  // what they told before comes last: what is new is learnt of the same lead
  const before = knownBy({
    ...(chat.visitorEmail && { email: chat.visitorEmail }),
    ...(chat.visitorPhone && { phone: chat.visitorPhone }),
  });
  const fresh = knownBy(told);
  const asked = [
    ...fresh,
    ...before.filter(({ value }) => fresh.every((one) => one.value !== value)),
  ];
  const place = { accountId, companyId };
  await events.lock(tx, accountId, await locksOfPerson(tx, place, asked));
  const known = await leadKnownBy(tx, place, asked);
  if (known) await events.lock(tx, accountId, await subjectsOfJoining(tx, accountId, id, known));
  const now = {
    visitorName: told.name || chat.visitorName,
    visitorEmail: told.email ?? chat.visitorEmail,
    visitorPhone: told.phone ?? chat.visitorPhone,
  };
  const isNew = (Object.keys(now) as (keyof typeof now)[]).some((name) => now[name] !== chat[name]);
  if (!isNew) return chat;
  const at = clock.now(accountId);
  const lead = await leadOf(tx, platform, { accountId, companyId, at }, asked, told.name);
  await writeChat(tx, chat, now);
  const hasJoined = lead !== null && (await joinLead(tx, platform, accountId, id, lead));
  const version = await bumpVersion(tx, accountId, id);
  const changes = ['visitor', ...(hasJoined ? ['lead'] : [])];
  await announceChanges(tx, platform, { accountId, companyId }, [
    { id, kind: 'CHAT', version, changes },
  ]);
  return { ...chat, ...now };
}
