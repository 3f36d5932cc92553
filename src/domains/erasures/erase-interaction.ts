// Erasing a call, a conversation, a chat or a form: everything that the database knows of it goes in one transaction, with the
// receipt and the job that removes its media. Jobs and webhooks that come later find nothing, and what was erased does
// not come back.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { deleteClaims, deleteClaimsOfNumbers, linkSender } from '#domains/attribution/index.ts';
import { consentSubjectsOf, eraseConsentOf } from '#domains/consent/index.ts';
import {
  changeInteraction,
  deleteInteraction,
  interactionSubject,
  readOthers,
  typenameOf,
} from '#domains/interactions/index.ts';
import { deleteLead, leadSubject, readTree } from '#domains/leads/index.ts';
import { forgetInteraction } from '#domains/reports/index.ts';
import { eraseDeliveries } from '#domains/webhooks/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { CHANNELS, type ErasedOfChannel } from './channels.ts';
import {
  findInteraction,
  type InteractionToErase,
  lockInteraction,
  numbersOf,
} from './find-interaction.ts';
import { removeErasedMediaJob } from './jobs.ts';
import { type ErasureRow, insertErasure, readErasure } from './store.ts';
import { countErased, type LeadErasureRow, readLeadErasure } from './store-lead-erasures.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'search' | 'secrets'>;

const shape = z.object({ id: z.uuid(), idempotencyKey: z.string().nullish() });

const NOTHING: ErasedOfChannel = {
  ...{ recordingIds: [], carrierRecordingIds: [], mediaKeys: [], sessions: [], transcriptIds: [] },
  ...{ recordings: 0, transcripts: 0, messages: 0, files: 0, carrierEvents: 0 },
};

/**
 * Erases an interaction. Its lead goes with it when no other interaction tells of that person; else the lead stays and is
 * scored by what is left. Of a person who is being erased it is a step of that.
 * @returns the receipt, the first one when it was erased before. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND,
 *   WRONG_STATE while it goes on, or where more than 1,000 later interactions would follow, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function eraseInteraction(
  platform: Needs,
  viewer: Viewer,
  kind: InteractionKind,
  request: z.input<typeof shape>,
): Promise<ErasureRow> {
  authorize(viewer, CHANNELS[kind].verb);
  const { id, idempotencyKey } = parseInput(shape, request);
  const { mutation, field } = CHANNELS[kind];
  return once(
    platform,
    viewer,
    { mutation, key: idempotencyKey, request: { [field]: id } },
    (tx) => eraseIn(tx, platform, viewer, kind, id),
    answerById('Erasure', (tx, erasureId) => readErasure(tx, viewer.accountId, { id: erasureId })),
  );
}

async function eraseIn(
  tx: Tx,
  platform: Needs,
  viewer: Viewer,
  kind: InteractionKind,
  id: string,
): Promise<ErasureRow> {
  const { accountId } = viewer;
  const { field, mutation } = CHANNELS[kind];
  const typename = typenameOf(kind);
  const erasedBefore = async () => {
    const erasure = await readErasure(tx, accountId, { interactionId: id });
    if (erasure?.kind !== kind || !seesCompany(viewer, erasure.companyId)) {
      throw notFound(field, typename);
    }
    return erasure;
  };
  const seen = await findInteraction(tx, accountId, id);
  if (seen?.kind !== kind) return erasedBefore();
  if (!seesCompany(viewer, seen.companyId)) throw notFound(field, typename);
  const one = await lockInteraction(tx, platform, accountId, seen);
  if (!one) return erasedBefore();
  const goesOn = await CHANNELS[kind].goesOn(tx, accountId, one);
  if (goesOn) throw policyRefused('WRONG_STATE', goesOn, { field });
  const erasure = await eraseLocked(tx, platform, viewer, one);
  await audit(tx, viewer, platform.clock, {
    action: mutation,
    subject: interactionSubject(kind, id),
    after: { erasureId: erasure.id, leads: erasure.leads },
  });
  return erasure;
}

async function eraseLocked(
  tx: Tx,
  platform: Needs,
  viewer: Viewer,
  one: InteractionToErase,
): Promise<ErasureRow> {
  const { accountId } = viewer;
  const { id, kind, leadId } = one;
  const leadErasure = leadId ? await readLeadErasure(tx, accountId, { leadId }) : null;
  if (leadErasure) {
    return eraseAsStep(tx, platform, one, { ...leadErasure, requestedBy: nameActor(viewer.actor) });
  }
  const others = leadId ? await readOthers(tx, accountId, leadId, id) : [];
  if (leadId && others.length > 0) {
    // the lead, and what came after this, must not go on being scored by it
    const change = {
      ...{ interactionId: id, kind, verb: CHANNELS[kind].mutation },
      ...{ leadStatus: null, valueCents: null },
    };
    await changeInteraction(tx, platform, viewer, change, () =>
      policyRefused(
        'WRONG_STATE',
        'This made its lead a good one, and more than 1,000 later interactions read so by it: too many to follow at once. Erase the whole person with eraseLead.',
        { field: CHANNELS[kind].field },
      ),
    );
  }
  return eraseWithLead(tx, platform, viewer, one, others);
}

/** the figure of a person's receipt that counts them */
const FIGURES = { CALL: 'calls', CONVERSATION: 'conversations', CHAT: 'chats', FORM: 'forms' };

/**
 * Erases an interaction of a person who is being erased: the lead itself, their visits and consent are left to the last
 * step. The caller holds the locks of `lockInteraction`.
 */
export async function eraseAsStep(
  tx: Tx,
  platform: Needs,
  one: InteractionToErase,
  { accountId, id: leadErasureId, requestedBy }: LeadErasureRow,
): Promise<ErasureRow> {
  // which browser it came from may not be known of the lead yet
  await linkSender(tx, accountId, one);
  const erasure = await eraseRows(tx, platform, accountId, one, {
    ...{ requestedBy, leadErasureId, going: [], mayTell: [], leadStays: false },
    more: { leads: 0, consentEntries: 0 },
  });
  const { recordings, transcripts, messages, files, carrierEvents, webhookDeliveries } = erasure;
  await countErased(tx, accountId, leadErasureId, {
    [FIGURES[one.kind]]: 1,
    ...{ recordings, transcripts, messages, files, carrierEvents, webhookDeliveries },
  });
  return erasure;
}

/** The lead goes with the last of its interactions. */
async function eraseWithLead(
  tx: Tx,
  platform: Needs,
  { accountId, actor }: Viewer,
  one: InteractionToErase,
  others: readonly { id: string; kind: InteractionKind }[],
): Promise<ErasureRow> {
  const { leadId } = one;
  const leadGoes = leadId !== null && others.length === 0;
  // consent is of the lead; of a number that makes no lead it goes with the conversation
  const numbers = leadGoes || leadId === null ? await numbersOf(tx, accountId, one) : [];
  const told = await consentSubjectsOf(tx, accountId, numbers);
  // those that were merged into it are the same person
  const tree = leadId ? await readTree(tx, accountId, leadId) : [];
  const ofTheLead = tree.map(({ id }) => leadSubject(id));
  const erasure = await eraseRows(tx, platform, accountId, one, {
    requestedBy: nameActor(actor),
    going: [...told, ...(leadGoes ? ofTheLead : [])],
    // a selection leads from a call to its lead, and from there to all that is told of that person
    mayTell: leadGoes
      ? []
      : [...ofTheLead, ...others.map(({ id, kind }) => interactionSubject(kind, id))],
    leadStays: !leadGoes,
    more: {
      leads: leadGoes ? 1 : 0,
      consentEntries: await eraseConsentOf(tx, platform, accountId, numbers),
    },
  });
  if (leadGoes) {
    await deleteClaims(tx, platform.secrets, accountId, leadId);
    await deleteLead(tx, accountId, leadId);
  } else await deleteClaimsOfNumbers(tx, platform.secrets, accountId, numbers);
  return erasure;
}

/**
 * Erases the rows of an interaction, writes the receipt and starts the removal of its media. The caller holds the locks of
 * `lockInteraction`.
 * @param how.going other subjects of which nothing may be told any more
 * @param how.mayTell subjects that stay and whose deliveries may tell of it
 */
export async function eraseRows(
  tx: Tx,
  platform: Needs,
  accountId: string,
  one: InteractionToErase,
  how: {
    requestedBy: string;
    /** the erasure of the person that it is part of */
    leadErasureId?: string;
    going: readonly string[];
    mayTell: readonly string[];
    leadStays: boolean;
    more: Pick<ErasureRow, 'leads' | 'consentEntries'>;
  },
): Promise<ErasureRow> {
  const { clock, jobs } = platform;
  const { id, kind, companyId, leadId } = one;
  const going = [interactionSubject(kind, id), ...how.going];
  const webhookDeliveries = await eraseDeliveries(tx, platform, accountId, going, how.mayTell);
  const erased = await CHANNELS[kind].erase(tx, platform, accountId, id);
  await deleteInteraction(tx, accountId, id);
  await forgetInteraction(tx, platform, accountId, {
    ...{ id, companyId, leadId: how.leadStays ? leadId : null },
  });
  const erasure = await insertErasure(tx, {
    ...{ accountId, id: newId(), companyId, interactionId: id, kind },
    ...{ ...NOTHING, ...erased, webhookDeliveries, ...how.more },
    leadErasureId: how.leadErasureId ?? null,
    ...{ requestedBy: how.requestedBy, requestedAt: clock.now(accountId) },
  });
  const erasureId = erasure.id;
  const payload = { accountId, erasureId };
  await jobs.enqueue(tx, removeErasedMediaJob, payload, { singletonKey: erasureId });
  return erasure;
}
