// Sends an invitation again, to a member who has not chosen a password yet.
import { z } from 'zod';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from '../audit.ts';
import { answerById, once } from '../once.ts';
import { authorize } from '../permissions.ts';
import { idempotencyKeyShape, idShape } from '../shapes.ts';
import { findMember, type Member } from '../store.ts';
import { sendMailJob } from './jobs.ts';
import { findPersonById } from './store.ts';
import { countTry, INVITATIONS } from './try-limits.ts';

const SendInvitation = z.object({ userId: idShape, idempotencyKey: idempotencyKeyShape });

export type SendInvitationInput = z.input<typeof SendInvitation>;

/**
 * Has the invitation mailed; links of earlier mails stay good.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, WRONG_STATE for a member who signs in already or whose role does
 *   not sign in, RATE_LIMITED, IDEMPOTENCY_KEY_CONFLICT
 */
export async function sendInvitation(
  platform: Pick<Platform, 'db' | 'clock' | 'log' | 'limits' | 'secrets' | 'jobs'>,
  viewer: Viewer,
  input: SendInvitationInput,
): Promise<Member> {
  authorize(viewer, 'users.invite');
  const { userId, idempotencyKey } = parseInput(SendInvitation, input);
  const { accountId } = viewer;
  const { clock, jobs } = platform;
  return once(
    platform,
    viewer,
    { mutation: 'sendInvitation', key: idempotencyKey, request: { userId } },
    async (tx) => {
      const member = await findMember(tx, accountId, userId);
      if (!member) throw notFound('userId', 'User');
      if (member.role === 'NOTIFICATION') {
        const message = 'A NOTIFICATION user does not sign in. Change the role first.';
        throw policyRefused('WRONG_STATE', message, { field: 'userId' });
      }
      if ((await findPersonById(tx, userId))?.password) {
        const message = 'This person signs in already, and can ask for a new password.';
        throw policyRefused('WRONG_STATE', message, { field: 'userId' });
      }
      await countTry(platform, { limit: INVITATIONS, of: userId });
      await jobs.enqueue(tx, sendMailJob, { kind: 'WELCOME', userId, accountId });
      await audit(tx, viewer, clock, { action: 'sendInvitation', subject: `user:${userId}` });
      return member;
    },
    answerById('User', (tx, id) => findMember(tx, accountId, id)),
  );
}
