// Tells of interactions that people changed, each by its channel's own word.
import type { InteractionKind } from '#generated/prisma/enums.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { CHANNELS } from './channels.ts';

/** An interaction as it changed. */
interface Changed {
  id: string;
  kind: InteractionKind;
  /** the version that now stands */
  version: number;
  /** the fields of its GraphQL type */
  changes: string[];
}

/** Appends call.updated, form.updated. The caller holds the subjects' locks. */
export async function announceChanges(
  tx: Tx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  { accountId, companyId }: { accountId: string; companyId: string },
  changed: readonly Changed[],
): Promise<void> {
  const occurredAt = clock.now(accountId);
  await events.append(
    tx,
    accountId,
    changed.map(({ id, kind, version, changes }) => ({
      ...CHANNELS[kind].updated(id, changes),
      companyId,
      subject: CHANNELS[kind].subject(id),
      subjectVersion: version,
      occurredAt,
    })),
  );
}
