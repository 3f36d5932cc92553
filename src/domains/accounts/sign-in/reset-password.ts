// Sets a new password by the link of a reset mail.
import { z } from 'zod';
import type { Browser } from '#values/browser.ts';
import { parseInput } from '#values/parse-input.ts';
import type { OpenedSession } from './open-session.ts';
import { newPasswordShape } from './password-shape.ts';
import { type LinkNeeds, setPasswordByLink } from './set-password-by-link.ts';

const ResetPassword = z.object({ token: z.string(), password: newPasswordShape('password') });

export type ResetPasswordInput = z.input<typeof ResetPassword>;

/**
 * Sets the password, ends every session that the person had, and opens a new one.
 * @throws Refused INVALID_INPUT, RATE_LIMITED, LINK_INVALID
 */
export async function resetPassword(
  platform: LinkNeeds,
  browser: Browser,
  input: ResetPasswordInput,
): Promise<OpenedSession> {
  const want = parseInput(ResetPassword, input);
  return setPasswordByLink(platform, browser, 'PASSWORD_RESET', want);
}
