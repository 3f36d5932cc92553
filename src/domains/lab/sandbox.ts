// The way to the sandbox's control API: the account's own carrier address and key, one folder up from /v2.
import { z } from 'zod';
import { openCarrierSettings } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { policyRefused } from '#values/refusals.ts';

const TIMEOUT_MS = 5_000;

const refusal = z.object({ errors: z.array(z.object({ detail: z.string() })).min(1) });

/**
 * Sends one request to the sandbox of a TEST account.
 * @throws Refused CARRIER_REFUSED when the sandbox is not there or says no
 */
export async function askSandbox(
  platform: Pick<Platform, 'db' | 'secrets'>,
  accountId: string,
  request: { method: 'POST' | 'PUT' | 'GET'; path: string; body?: object },
): Promise<unknown> {
  const settings = await openCarrierSettings(platform, accountId);
  if (!settings) {
    throw policyRefused(
      'CARRIER_REFUSED',
      'This account has no sandbox. Start the server with SANDBOX=on.',
    );
  }
  const response = await fetch(new URL(request.path, settings.baseUrl), {
    method: request.method,
    headers: {
      authorization: `Bearer ${settings.apiKey}`,
      'content-type': 'application/json',
    },
    ...(request.body ? { body: JSON.stringify(request.body) } : {}),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw policyRefused(
      'CARRIER_REFUSED',
      'The sandbox is not reachable. Is the server that started it running?',
    );
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  const said = refusal.safeParse(answer);
  const detail = said.success ? said.data.errors[0]?.detail : undefined;
  throw policyRefused('CARRIER_REFUSED', detail ?? `The sandbox answered ${response.status}.`);
}
