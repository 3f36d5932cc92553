// A sandbox on a hand-turned clock with a number that may text: a profile whose webhooks are received, an approved
// campaign, and the real SDK; all of it judged by the carrier's specification.
import { rm } from 'node:fs/promises';
import type Telnyx from 'telnyx';
import type { Sandbox } from '#sandbox/index.ts';
import { startJudgedSandbox } from '#tests/support/judged-sandbox.ts';
import { makeFolder } from '../../support/temporary-folder.ts';
import { API_KEY, clientOf, type Receiver, startReceiver } from './town.ts';

export const NUMBER = '+12125550123';
export const PERSON = '+13125550155';

interface TextTown {
  sandbox: Sandbox;
  telnyx: Telnyx;
  receiver: Receiver;
  profileId: string;
  /** Makes a brand and has it decided. */
  brand(): Promise<string>;
  /** Makes a campaign of that brand and has it decided. */
  campaign(brandId: string): Promise<string>;
  leave(): Promise<void>;
}

/** Builds it, where afterAll may be called; the number is registered only where asked for. */
export async function buildTextTown(): Promise<TextTown> {
  const dataDir = makeFolder();
  const sandbox = await startJudgedSandbox({ dataDir, apiKey: API_KEY, speed: 'manual', seed: 7 });
  const receiver = await startReceiver();
  const telnyx = clientOf(sandbox);
  const { data: profile } = await telnyx.messagingProfiles.create({
    name: 'Bluebird',
    whitelisted_destinations: ['US', 'CA'],
    webhook_url: `${receiver.url}/texts`,
    webhook_api_version: '2',
  });
  const profileId = profile?.id ?? '';
  sandbox.own({ phoneNumber: NUMBER, messagingProfileId: profileId });
  return {
    sandbox,
    telnyx,
    receiver,
    profileId,
    async brand() {
      const { brandId = '' } = await telnyx.messaging10dlc.brand.create({
        entityType: 'PRIVATE_PROFIT',
        displayName: 'Bluebird',
        companyName: 'Bluebird Inc.',
        ein: '123456789',
        vertical: 'CONSTRUCTION',
        country: 'US',
        email: 'office@bluebird.example',
        webhookURL: `${receiver.url}/registry`,
      });
      await sandbox.clock.advance(2_000);
      return brandId;
    },
    async campaign(brandId) {
      const { campaignId = '' } = await telnyx.messaging10dlc.campaignBuilder.submit({
        brandId,
        usecase: 'CUSTOMER_CARE',
        description: 'Answers to customers.',
        sample1: 'We are on our way.',
        referenceId: `reference-${brandId}`,
        webhookURL: `${receiver.url}/registry`,
      });
      await sandbox.clock.advance(3_000);
      return campaignId;
    },
    async leave() {
      await sandbox.stop();
      await receiver.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Puts a number on an approved campaign. */
export async function register(town: TextTown, phoneNumber = NUMBER): Promise<string> {
  const campaignId = await town.campaign(await town.brand());
  await town.telnyx.messaging10dlc.phoneNumberCampaigns.create({ phoneNumber, campaignId });
  await town.sandbox.clock.advance(1_000);
  return campaignId;
}
