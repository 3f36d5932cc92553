// What becomes of brands, campaigns and the numbers that are put on them, on demand.
import { z } from 'zod';

export const RegistrationRule = z.strictObject({
  on: z.enum(['brand', 'campaign', 'assignment']),
  /** pending: nobody ever decides */
  outcome: z.enum(['approved', 'rejected', 'pending']).default('approved'),
  /** sandbox seconds until it is decided; left out = as usual */
  afterSeconds: z
    .number()
    .min(0)
    .max(90 * 86_400)
    .optional(),
  /** of a rejection */
  reason: z.string().max(500).default('Refused on purpose by a rule that was set on the sandbox.'),
  /** no webhook tells of it */
  silent: z.boolean().default(false),
});
export type RegistrationRule = z.infer<typeof RegistrationRule>;
export const RegistrationRuleList = z.strictObject({ rules: z.array(RegistrationRule) });

/** The registry's later word on a brand or a campaign. */
export const RegistrationDecision = z.strictObject({
  /** the brand's or the campaign's id */
  id: z.string(),
  state: z.enum(['approved', 'rejected', 'suspended']),
  reason: z.string().max(500).nullable().default(null),
  silent: z.boolean().default(false),
});
export type RegistrationDecision = z.input<typeof RegistrationDecision>;
