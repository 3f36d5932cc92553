// How an account reaches its carrier: where it is, and with which credentials. The carrier's key is sealed at rest.
import { z } from 'zod';
import type { CarrierSettings } from '#generated/prisma/client.ts';
import type { Carriers } from '#platform/carrier/index.ts';
import type { Clock } from '#platform/clock/index.ts';
import { afterCommit, type Db } from '#platform/db/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { HEADER_WORD, HEADER_WORD_RULE } from '#values/header-word.ts';
import { parseInput, patched } from '#values/parse-input.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from './audit.ts';
import { authorize } from './permissions.ts';
import { changesOf, checkVersion, expectedVersionShape } from './shapes.ts';
import { findCarrierSettings, lockSettings, writeCarrierSettings } from './store.ts';

/** Where LIVE accounts find their carrier when nothing else is said. */
const LIVE_BASE_URL = 'https://api.telnyx.com/v2';
const PUBLIC_KEY = 'publicKey takes the carrier’s webhook key: 32 bytes in base64.';

const ConfigureCarrier = z.object({
  baseUrl: patched('baseUrl', z.url({ protocol: /^https?$/, error: 'baseUrl takes an address.' })),
  apiKey: patched(
    'apiKey',
    z
      .string()
      .trim()
      .min(1, { error: 'apiKey is empty.', abort: true })
      .max(500, 'apiKey takes at most 500 characters.')
      .regex(HEADER_WORD, `apiKey ${HEADER_WORD_RULE}.`),
  ),
  publicKey: patched(
    'publicKey',
    z
      .base64({ error: PUBLIC_KEY, abort: true })
      .refine((text) => Buffer.from(text, 'base64').length === 32, PUBLIC_KEY),
  ),
  connectionId: z.string().min(1).max(100).nullish(),
  expectedVersion: expectedVersionShape,
});

export type ConfigureCarrierInput = z.input<typeof ConfigureCarrier>;

interface Needs {
  db: Db;
  clock: Clock;
  secrets: Secrets;
  /** told of a change, so that the next webhook is checked with the new key and the next command goes to the new place */
  carriers: Pick<Carriers, 'forget'>;
}

/**
 * Patches the carrier settings; the first time apiKey and publicKey are needed, with baseUrl in a TEST account and
 * connectionId in a LIVE one.
 * A patch that changes nothing writes nothing, so the server may repeat it at every start.
 * @throws Forbidden, Refused INVALID_INPUT or VERSION_CONFLICT
 */
export async function configureCarrier(
  { db, clock, secrets, carriers }: Needs,
  viewer: Viewer,
  input: ConfigureCarrierInput,
): Promise<CarrierSettings> {
  authorize(viewer, 'carrier.configure');
  const { expectedVersion, ...fields } = parseInput(ConfigureCarrier, input);
  const { accountId } = viewer;
  const purpose = sealPurpose(accountId);
  return db.transaction(async (tx) => {
    await lockSettings(tx, accountId);
    const stored = await findCarrierSettings(tx, accountId);
    if (stored) checkVersion(stored, expectedVersion);
    const old = stored && { ...stored, apiKey: tryOpen(secrets, stored.sealedApiKey, purpose) };
    const baseUrl =
      fields.baseUrl ?? old?.baseUrl ?? (viewer.mode === 'LIVE' ? LIVE_BASE_URL : undefined);
    const wanted = {
      baseUrl: needed('baseUrl', baseUrl),
      apiKey: needed('apiKey', fields.apiKey ?? old?.apiKey),
      publicKey: needed('publicKey', fields.publicKey ?? old?.publicKey),
      connectionId:
        fields.connectionId === undefined ? (old?.connectionId ?? null) : fields.connectionId,
    };
    checkBaseUrl(viewer.mode, wanted.baseUrl);
    checkConnection(viewer.mode, wanted.connectionId);
    const changes = changesOf<{ [Name in keyof typeof wanted]?: unknown }>(old ?? {}, wanted);
    if (stored && !changes) return stored;
    await audit(tx, viewer, clock, {
      action: 'configureCarrier',
      subject: `carrierSettings:${accountId}`,
      ...(old && changes && { before: changes.before }),
      ...(changes && { after: changes.after }),
    });
    afterCommit(tx, () => carriers.forget(accountId));
    const { apiKey, ...open } = wanted;
    const sealedApiKey =
      stored && old?.apiKey === apiKey ? stored.sealedApiKey : secrets.seal(apiKey, purpose);
    return writeCarrierSettings(tx, accountId, { ...open, sealedApiKey });
  });
}

/** What the carrier's key is sealed for: it opens for its own account only. */
export function sealPurpose(accountId: string): string {
  return `carrier:${accountId}`;
}

function needed(field: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw invalidInput(field, `${field} is needed: this server has none stored that it can use.`);
}

/** A key that was sealed under another SECRET_KEY is as good as none: the caller may give it anew. */
function tryOpen(secrets: Secrets, sealed: string, purpose: string): string | undefined {
  try {
    return secrets.open(sealed, purpose);
  } catch {
    return undefined;
  }
}

/** Calls are placed and numbers are bound through the voice application; the sandbox makes its own at each start. */
function checkConnection(mode: Viewer['mode'], connectionId: string | null): void {
  if (mode === 'TEST' || connectionId !== null) return;
  const message =
    'connectionId is needed in a LIVE account: the carrier’s id of the voice application whose webhooks come here.';
  throw invalidInput('connectionId', message);
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A TEST account must never reach a real carrier, nor a LIVE account's key travel to a stranger or in clear text. */
function checkBaseUrl(mode: Viewer['mode'], baseUrl: string): void {
  const { protocol, hostname, username, password } = new URL(baseUrl);
  if (username || password) throw invalidInput('baseUrl', 'baseUrl takes no user or password.');
  if (mode === 'TEST' && !LOOPBACK.test(hostname)) {
    const message = 'A TEST account talks to the sandbox only: baseUrl takes a loopback address.';
    throw invalidInput('baseUrl', message);
  }
  if (mode === 'LIVE' && !(protocol === 'https:' && /(^|\.)telnyx\.com$/.test(hostname))) {
    const message = `A LIVE account talks to the carrier over https: baseUrl takes ${LIVE_BASE_URL}.`;
    throw invalidInput('baseUrl', message);
  }
}
