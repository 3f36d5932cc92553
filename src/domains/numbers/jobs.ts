// This domain's jobs: what is asked of the carrier once a change has committed, and the look after all numbers.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

const number = z.object({ accountId: z.uuid(), phoneNumberId: z.uuid() });

/** Tried after 2, 4, 8 … seconds: 12 times is a bit over two hours, in which the carrier's webhook usually comes first. */
const PATIENT = { retryLimit: 12, retryDelaySeconds: 2, retryBackoff: true, expireInSeconds: 60 };

/** Orders a number from the carrier and asks until it is ACTIVE or FAILED. */
export const orderNumberJob = defineJob({ name: 'numbers.order', payload: number, ...PATIENT });

/** Gives a number back to the carrier. */
export const releaseNumberJob = defineJob({ name: 'numbers.release', payload: number, ...PATIENT });

/** Does what is due for a number: see check-number.ts. What fails for good is found again by numbers.keep. */
export const checkNumberJob = defineJob({
  name: 'numbers.check',
  payload: number,
  retryLimit: 4,
  retryDelaySeconds: 15,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Asks the carrier about a reservation that the one who made it got no answer to. */
export const settleReservationJob = defineJob({
  name: 'numbers.settle-reservation',
  payload: z.object({ accountId: z.uuid(), reservationId: z.uuid() }),
  retryLimit: 8,
  retryDelaySeconds: 4,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Does what is due for a brand or a campaign: submits it, or asks the carrier how it stands. */
export const checkRegistrationJob = defineJob({
  name: 'numbers.check-registration',
  payload: z.object({
    accountId: z.uuid(),
    kind: z.enum(['brand', 'campaign']),
    registrationId: z.uuid(),
  }),
  ...PATIENT,
});

/** Finds the numbers and registrations that are due; to be scheduled once an hour. */
export const keepNumbersJob = defineJob({
  name: 'numbers.keep',
  payload: z.object({}),
  retryLimit: 3,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 300,
});
