// Judges every stored selection at start-up: a new version of the schema may no longer have what one asks for. Better
// paused with the reason than failing at every event.
import { BadSelection, type Selections } from '#graphql/selections.ts';
import type { Platform } from '#platform/platform.ts';
import { pauseEndpoint } from './pause-endpoint.ts';
import { readSelection } from './selection.ts';
import { readStoredSelections } from './store.ts';

const PAGE = 500;

/** Pauses the endpoints whose selections this version cannot read. Returns how many. */
export async function pauseUnreadable(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'log'> & { selections: Selections },
): Promise<number> {
  const { db, log, selections } = platform;
  let paused = 0;
  let after: { accountId: string; id: string } | null = null;
  for (;;) {
    const page = await readStoredSelections(db.prisma, after, PAGE);
    for (const { accountId, id, query } of page) {
      try {
        readSelection(selections, query);
      } catch (err) {
        if (!(err instanceof BadSelection)) throw err;
        log.warn({ err, accountId, webhookEndpointId: id }, 'a stored selection cannot be read');
        await pauseEndpoint(platform, { accountId, id }, 'SELECTION_INVALID');
        paused += 1;
      }
    }
    after = page.at(-1) ?? null;
    if (page.length < PAGE || !after) return paused;
  }
}
