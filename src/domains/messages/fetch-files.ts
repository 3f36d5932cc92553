// The files that are to go with a text: fetched from where the sender says, judged by their content, and sent from here, so
// that what people get is what was judged. Whoever may send can have us ask any address, so that is bounded, for all together
// and for each account: one whose addresses are slow leaves room for the others.
import pLimit, { type LimitFunction } from 'p-limit';
import { cleanImage } from '#domains/uploads/index.ts';
import { type Limit, openProcessLimits } from '#platform/limits/index.ts';
import type { Outbound } from '#platform/outbound/index.ts';
import { policyRefused } from '#values/refusals.ts';
import { sniffMedia } from './sniff-media.ts';
import { MOST_MEDIA } from './store-media.ts';

/** of all files of a text together: what carriers deliver (L30) */
export const MOST_BYTES = 1_000_000;
const LIMIT = `come to ${MOST_BYTES} bytes at most`;

/** files on their way to this process, each of up to 1 MB; more wait, and beyond that are refused */
const MOST_AT_ONCE = 8;
const MOST_WAITING = 80;
const MOST_AT_ONCE_OF_ACCOUNT = 2;
const MOST_WAITING_OF_ACCOUNT = 10;
/** files of one account, and of all */
const PER_ACCOUNT: Limit = { name: 'text-files', tries: 120, seconds: 60 };
const IN_ALL: Limit = { name: 'all-text-files', tries: 1_200, seconds: 60 };

const turns = pLimit(MOST_AT_ONCE);
const limits = openProcessLimits();
/** the accounts whose files are fetched or wait */
const shares = new Map<string, { turns: LimitFunction; files: number }>();

/** A file that may go. */
export interface OutgoingFile {
  bytes: Buffer;
  contentType: string;
}

/**
 * Fetches files, once everything else that could refuse the text has been asked.
 * @param urls absolute http or https addresses
 * @param now the account's time
 * @returns the files, or what is wrong with the first that may not go. Throws Refused RATE_LIMITED
 */
export async function fetchFiles(
  outbound: Outbound,
  urls: readonly string[],
  { accountId, now }: { accountId: string; now: Date },
): Promise<{ files: OutgoingFile[]; fault: string | null }> {
  const refuse = (fault: string) => ({ files: [], fault });
  if (urls.length > MOST_MEDIA) {
    return refuse(`A text takes ${MOST_MEDIA} files, not ${urls.length}.`);
  }
  for (const _url of urls) await keepRate(accountId, now);
  const inTurn = takeShare(accountId, urls.length, now);
  const fetched = await Promise.all(
    urls.map((url, n) => inTurn(() => fetchFile(outbound, url, n))),
  );
  const fault = fetched.find((one) => typeof one === 'string');
  if (fault !== undefined) return refuse(fault as string);
  const files = fetched as OutgoingFile[];
  const bytes = files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  if (bytes > MOST_BYTES) return refuse(`All files of a text ${LIMIT}, not ${bytes}.`);
  return { files, fault: null };
}

async function keepRate(accountId: string, now: Date): Promise<void> {
  const limited = (await limits.take(PER_ACCOUNT, accountId)) ?? (await limits.take(IN_ALL, 'all'));
  if (limited) throw tooMany(now, limited.retryAfterMs);
}

/** Gives files of an account their turns. Throws Refused RATE_LIMITED when more than may wait then do. */
function takeShare(accountId: string, files: number, now: Date) {
  const share = shares.get(accountId) ?? { turns: pLimit(MOST_AT_ONCE_OF_ACCOUNT), files: 0 };
  const most = MOST_AT_ONCE_OF_ACCOUNT + MOST_WAITING_OF_ACCOUNT;
  if (share.files + files > most || turns.pendingCount >= MOST_WAITING) throw tooMany(now, 5_000);
  shares.set(accountId, share);
  share.files += files;
  return async <T>(fetch: () => Promise<T>): Promise<T> => {
    try {
      return await share.turns(() => turns(fetch));
    } finally {
      share.files -= 1;
      if (share.files === 0) shares.delete(accountId);
    }
  };
}

function tooMany(now: Date, retryAfterMs: number): Error {
  const message = `At most ${PER_ACCOUNT.tries} files of an account’s texts are fetched in a minute, ${MOST_AT_ONCE_OF_ACCOUNT} at once, and ${MOST_WAITING_OF_ACCOUNT} wait. Upload them instead, and give mediaIds.`;
  const retryAt = new Date(now.getTime() + retryAfterMs);
  return policyRefused('RATE_LIMITED', message, {
    field: 'mediaUrls',
    figures: { limit: PER_ACCOUNT.tries, retryAt },
  });
}

/** One file, or what is wrong with it. */
async function fetchFile(
  outbound: Outbound,
  url: string,
  n: number,
): Promise<OutgoingFile | string> {
  const which = `File ${n + 1} of mediaUrls`;
  const refused = outbound.refusalOf(url);
  if (refused) return `${which} cannot be fetched: ${refused}`;
  const got = await outbound.get({ url, headers: { accept: '*/*' }, mostBytes: MOST_BYTES + 1 });
  if (got.failure) return `${which} cannot be fetched: ${got.failure}.`;
  if (got.status !== 200) return `${which} cannot be fetched: it answered ${got.status}.`;
  if (got.body.byteLength > MOST_BYTES) return `${which} is too large: all files ${LIMIT}.`;
  if (got.isCut || got.body.byteLength === 0) return `${which} did not come whole.`;
  const contentType = await sniffMedia(got.body);
  if (contentType === null) {
    return `${which} is no image, audio, video or contact card by its content.`;
  }
  const bytes = cleanImage(got.body, contentType);
  if (bytes === 'BROKEN') return `${which} is a picture that is broken.`;
  if (bytes === 'TOO_MANY_PIXELS') return `${which} has too many pixels.`;
  return { bytes, contentType };
}
