// This part's jobs: their payloads hold ids only, so nothing secret or personal lies in a queue.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

const MAIL_KINDS = ['WELCOME', 'PASSWORD_RESET', 'PASSWORD_CHANGED'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** Writes and sends one mail; the link in it is made then. Tried for about two hours. */
export const sendMailJob = defineJob({
  name: 'accounts.send-mail',
  payload: z.object({
    kind: z.enum(MAIL_KINDS),
    /** may be nobody's */
    userId: z.uuid(),
    /** the account that welcomes; null for what concerns the person alone */
    accountId: z.uuid().nullable(),
  }),
  retryLimit: 10,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Tells a failed sign-in to the accounts of the person whose address was given. */
export const noteFailedSignInJob = defineJob({
  name: 'accounts.note-failed-sign-in',
  payload: z.object({
    /** may be nobody's */
    userId: z.uuid(),
  }),
  retryLimit: 5,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Deletes sessions and links that have ended; to be scheduled once an hour. */
export const purgeSignInsJob = defineJob({
  name: 'accounts.purge-sign-ins',
  payload: z.object({}),
  retryLimit: 3,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 300,
});
