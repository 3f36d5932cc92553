// Points every TEST account at the sandbox that this server started: address, keys, and a voice application that sends
// its webhooks here. Repeated at each start, since ports and addresses change.
import { configureCarrier, listAccounts, systemViewer } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';

/**
 * @param sandbox.url its root; the carrier's paths are below /v2
 * @param sandbox.publicKey 32 raw bytes, base64
 */
export async function connectSandbox(
  platform: Pick<Platform, 'db' | 'clock' | 'secrets' | 'carriers'>,
  sandbox: { url: string; publicKey: string; apiKey: string },
): Promise<void> {
  const { carriers } = platform;
  for (const { id: accountId, mode } of await listAccounts(platform.db.prisma)) {
    if (mode !== 'TEST') continue;
    const viewer = systemViewer(accountId, 'TEST', 'sandbox');
    const { apiKey, publicKey } = sandbox;
    await configureCarrier(platform, viewer, { baseUrl: `${sandbox.url}/v2`, apiKey, publicKey });
    const line = await carriers.of(accountId);
    const connectionId = await line.ensureVoiceApplication(
      `Switchboard ${accountId}`,
      carriers.webhookUrl(accountId),
    );
    await configureCarrier(platform, viewer, { connectionId });
  }
}
