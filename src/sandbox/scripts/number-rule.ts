// What becomes of orders and reservations of numbers, on demand: failed, late, never told.
import { z } from 'zod';

export const NumberRule = z.strictObject({
  on: z.enum(['order', 'reservation']),
  /** only lines of this number; left out = every line */
  phoneNumber: z.string().optional(),
  outcome: z.enum(['success', 'failure']).default('success'),
  /** sandbox seconds until it is decided; left out = as usual */
  delaySeconds: z
    .number()
    .min(0)
    .max(90 * 86_400)
    .optional(),
  /** no webhook tells of it */
  silent: z.boolean().default(false),
});
export type NumberRule = z.infer<typeof NumberRule>;
export const NumberRuleList = z.strictObject({ rules: z.array(NumberRule) });

/** The first rule for a line; undefined when it goes as usual. */
export function ruleFor(
  rules: readonly NumberRule[],
  on: NumberRule['on'],
  phoneNumber: string,
): NumberRule | undefined {
  return rules.find(
    (rule) =>
      rule.on === on && (rule.phoneNumber === undefined || rule.phoneNumber === phoneNumber),
  );
}
