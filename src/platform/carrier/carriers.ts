// One line per account, opened at first use and opened anew when the account's settings change.

import { policyRefused } from '#values/refusals.ts';
import type { Carrier, OpenCarrierSettings } from './port.ts';

export interface Carriers {
  /** The account's line. Throws Refused CARRIER_REFUSED when the account has no carrier settings. */
  of(accountId: string): Promise<Carrier>;
  /** The account's webhook key (32 raw bytes, base64), or null when it has none. */
  publicKeyOf(accountId: string): Promise<string | null>;
  /**
   * The same, read anew, for a signature that the remembered key does not fit: another process may have changed it.
   * @returns undefined when this was asked a moment ago, so that forged signatures cost no more than a read a second
   */
  freshPublicKeyOf(accountId: string): Promise<string | null | undefined>;
  /** The origin of the carrier's API for the account; null when the account has no carrier settings. */
  originOf(accountId: string): Promise<string | null>;
  /** Where the carrier must send this account's webhooks. */
  webhookUrl(accountId: string): string;
  /** Forgets an account's settings, after they changed. */
  forget(accountId: string): void;
}

/** Settings are asked for again after this: a change made by another process must arrive. */
const KEEP_MS = 10_000;
const READ_ANEW_EVERY_MS = 1_000;
/** beyond these the accounts that were looked up the longest ago are looked up again */
const MOST_KNOWN = 10_000;

interface Known {
  settings: OpenCarrierSettings;
  line: Carrier;
  until: number;
}

/**
 * Opens the lines of all accounts.
 * @param options.settings reads an account's settings, secrets opened; null when there are none
 * @param options.publicUrl the root under which the carrier reaches us, without a slash at its end
 */
export function openCarriers(options: {
  settings: (accountId: string) => Promise<OpenCarrierSettings | null>;
  publicUrl: () => string;
}): Carriers {
  const known = new Map<string, Promise<Known | null>>();
  /** when a key was last read anew, by account */
  const readAnewAt = new Map<string, number>();

  const webhookUrl = (accountId: string) => `${options.publicUrl()}/carrier/${accountId}`;
  const read = async (accountId: string): Promise<Known | null> => {
    const settings = await options.settings(accountId);
    if (!settings) return null;
    // its SDK is a fifth of all the code there is: read when the first line is opened
    const { openTelnyx } = await import('./telnyx.ts');
    const line = openTelnyx(settings, {
      ringbackUrl: `${options.publicUrl()}/carrier/ringback.wav`,
      webhookUrl: webhookUrl(accountId),
    });
    return { settings, line, until: performance.now() + KEEP_MS };
  };
  const remember = (accountId: string): Promise<Known | null> => {
    const fresh = read(accountId);
    putLast(known, accountId, fresh);
    const drop = () => {
      if (known.get(accountId) === fresh) known.delete(accountId);
    };
    // neither a failed read nor an account that is not there may be remembered: anybody may name one
    fresh.then((found) => found ?? drop(), drop);
    return fresh;
  };
  const look = async (accountId: string): Promise<Known | null> => {
    const found = await known.get(accountId);
    return found && found.until > performance.now() ? found : remember(accountId);
  };
  return {
    async of(accountId) {
      const found = await look(accountId);
      if (found) return found.line;
      throw policyRefused(
        'CARRIER_REFUSED',
        'This account has no carrier. Set one with the mutation configureCarrier.',
      );
    },
    async publicKeyOf(accountId) {
      return (await look(accountId))?.settings.publicKey ?? null;
    },
    async originOf(accountId) {
      const found = await look(accountId);
      return found && new URL(found.settings.baseUrl).origin;
    },
    async freshPublicKeyOf(accountId) {
      const last = readAnewAt.get(accountId);
      if (last !== undefined && performance.now() - last < READ_ANEW_EVERY_MS) return undefined;
      putLast(readAnewAt, accountId, performance.now());
      return (await remember(accountId))?.settings.publicKey ?? null;
    },
    webhookUrl,
    forget: (accountId) => {
      known.delete(accountId);
    },
  };
}

/** Puts an entry last, and drops the first ones of a map that has become too long: a Map keeps the order of insertion. */
function putLast<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name);
  map.set(name, value);
  for (const oldest of map.keys()) {
    if (map.size <= MOST_KNOWN) break;
    map.delete(oldest);
  }
}
