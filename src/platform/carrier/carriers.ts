// One line per account, opened at first use and opened anew when the account's settings change.
import type { Carrier, OpenCarrierSettings } from './port.ts';
import { openTelnyx } from './telnyx.ts';

export interface Carriers {
  /** The account's line. Throws when the account has no carrier settings. */
  of(accountId: string): Promise<Carrier>;
  /** The account's webhook key (32 raw bytes, base64), or null when it has none. */
  publicKeyOf(accountId: string): Promise<string | null>;
  /** Where the carrier must send this account's webhooks. */
  webhookUrl(accountId: string): string;
  /** Forgets an account's settings, after they changed. */
  forget(accountId: string): void;
}

/** Settings are asked for again after this: a change made by another process must arrive. */
const KEEP_MS = 10_000;

/**
 * Opens the lines of all accounts.
 * @param options.settings reads an account's settings, secrets opened; null when there are none
 * @param options.publicUrl the root under which the carrier reaches us, without a slash at its end
 */
export function openCarriers(options: {
  settings: (accountId: string) => Promise<OpenCarrierSettings | null>;
  publicUrl: () => string;
}): Carriers {
  interface Known {
    settings: OpenCarrierSettings | null;
    line: Carrier | null;
    until: number;
  }
  const known = new Map<string, Promise<Known>>();
  const read = async (accountId: string): Promise<Known> => {
    const settings = await options.settings(accountId);
    const line = settings && openTelnyx(settings, `${options.publicUrl()}/carrier/ringback.wav`);
    return { settings, line, until: performance.now() + KEEP_MS };
  };
  const look = async (accountId: string): Promise<Known> => {
    const found = known.get(accountId);
    if (found) {
      const entry = await found;
      if (entry.until > performance.now()) return entry;
    }
    const fresh = read(accountId);
    known.set(accountId, fresh);
    // a failed read must not be remembered
    fresh.catch(() => known.delete(accountId));
    return fresh;
  };
  return {
    async of(accountId) {
      const { line } = await look(accountId);
      if (!line) {
        throw new Error('This account has no carrier. Set one with the mutation configureCarrier.');
      }
      return line;
    },
    async publicKeyOf(accountId) {
      return (await look(accountId)).settings?.publicKey ?? null;
    },
    webhookUrl: (accountId) => `${options.publicUrl()}/carrier/${accountId}`,
    forget: (accountId) => {
      known.delete(accountId);
    },
  };
}
