// "Somebody is replying": an ephemeral word for whoever looks at the same interaction, so that two do not answer at once.
import { authorize } from '#domains/accounts/index.ts';
import { underRights } from '#domains/activity/index.ts';
import type { Context } from '#graphql/context.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { notFound } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { findEntries } from './read-interactions.ts';

/** Who is replying, as told just now. */
export interface Replying {
  id: string;
  interactionId: string;
  /** user:<id>, key:<id> */
  actor: string;
  /** ISO */
  at: string;
}

const topicOf = (interactionId: string) => `replying:${interactionId}`;

/** Tells that the viewer is replying to an interaction. Returns its id. Throws Forbidden; Refused NOT_FOUND. */
export async function tellReply(
  { db, events, clock }: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  interactionId: string,
): Promise<string> {
  authorize(viewer, 'inbox.update');
  await requireVisible({ db }, viewer, interactionId);
  const { accountId, actor } = viewer;
  const replying: Replying = {
    ...{ id: newId(), interactionId, actor: nameActor(actor) },
    at: clock.now(accountId).toISOString(),
  };
  events.signal(accountId, topicOf(interactionId), replying);
  return interactionId;
}

/** Hears who is replying to an interaction from now on, for as long as the viewer's rights stand. Throws as above. */
export async function followReplies(
  context: Context,
  interactionId: string,
): Promise<AsyncIterableIterator<Replying>> {
  const { viewer, platform } = context;
  authorize(viewer, 'inbox.read');
  await requireVisible(platform, viewer, interactionId);
  return underRights(
    context,
    (signal) =>
      platform.events.signals(viewer.accountId, topicOf(interactionId), signal) as AsyncGenerator<
        Replying,
        void
      >,
  );
}

async function requireVisible(
  { db }: Pick<Platform, 'db'>,
  viewer: Viewer,
  interactionId: string,
): Promise<void> {
  const [entry] = await findEntries({ db }, viewer, [interactionId]);
  if (!entry) throw notFound('interactionId', 'interaction');
}
