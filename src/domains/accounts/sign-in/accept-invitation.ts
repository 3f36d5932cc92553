// Accepts an invitation: the invited person chooses a password, and a name if they like, and is signed in.
import { z } from 'zod';
import type { Browser } from '#values/browser.ts';
import { parseInput } from '#values/parse-input.ts';
import { nameShape } from '../shapes.ts';
import type { OpenedSession } from './open-session.ts';
import { newPasswordShape } from './password-shape.ts';
import { type LinkNeeds, setPasswordByLink } from './set-password-by-link.ts';

const AcceptInvitation = z.object({
  token: z.string(),
  password: newPasswordShape('password'),
  /** null or absent: as the invitation has it */
  name: nameShape.nullish(),
});

export type AcceptInvitationInput = z.input<typeof AcceptInvitation>;

/**
 * Sets the first password of an invited person and opens a session in the account that invited them.
 * @throws Refused INVALID_INPUT, RATE_LIMITED, LINK_INVALID
 */
export async function acceptInvitation(
  platform: LinkNeeds,
  browser: Browser,
  input: AcceptInvitationInput,
): Promise<OpenedSession> {
  const want = parseInput(AcceptInvitation, input);
  return setPasswordByLink(platform, browser, 'INVITATION', want);
}
