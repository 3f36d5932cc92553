// A text in the marked account, as a person sends it over the carrier.
import type { Town } from '#tests/support/town.ts';

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Has somebody send a text that carries the mark and a picture. */
export async function receiveMarkedText(
  { accountId, server, sandbox, until }: Town,
  to: string,
  from: string,
  mark: string,
): Promise<void> {
  const { prisma } = server.platform.db;
  await until('the number takes texts', () =>
    prisma.phoneNumber.findFirst({
      where: { accountId, number: to, carrierProfileId: { not: null } },
    }),
  );
  const media = [{ base64: PICTURE, contentType: 'image/png' }];
  sandbox.text({ from, to, text: mark, media });
  await until('the picture is here', () =>
    prisma.messageMedia.findFirst({ where: { accountId, state: 'READY' } }),
  );
}
