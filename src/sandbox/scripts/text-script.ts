// What a scripted person sends, and how a person's phone takes what is sent to it.
import { z } from 'zod';

const E164 = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be a number in E.164 form, such as +12125550123');

const Media = z.union([
  z.strictObject({
    /** what the carrier says of it, which need not be true */
    contentType: z.string().max(200).nullable().default(null),
    /** the file */
    base64: z.base64().max(14_000_000),
    /** what the carrier says of its size; left out = the truth */
    sizeBytes: z.number().int().nonnegative().nullable().optional(),
  }),
  z.strictObject({
    /** an address that is not the sandbox's */
    url: z.url(),
    contentType: z.string().max(200).nullable().default(null),
    sizeBytes: z.number().int().nonnegative().nullable().default(null),
  }),
]);

/** A text of a person to one of the account's numbers. */
export const TextScript = z.strictObject({
  from: E164,
  to: E164,
  text: z.string().max(5_000).default(''),
  media: z.array(Media).max(20).default([]),
  /** names the text: sent twice under one name it is one */
  messageId: z.uuid().optional(),
});
export type TextScript = z.input<typeof TextScript>;

/** How a person's phone takes texts. */
export const RecipientScript = z.strictObject({
  /** silent: no receipt ever comes; unconfirmed: the carrier says that none will come */
  outcome: z.enum(['delivered', 'failed', 'unconfirmed', 'silent']).default('delivered'),
  /** of a failure */
  code: z
    .string()
    .regex(/^\d{5}$/)
    .default('40001'),
  detail: z.string().max(500).default('The recipient cannot receive this message.'),
  /** sandbox seconds from the sending to the receipt */
  afterSeconds: z.number().min(0).max(86_400).default(1),
});
export type RecipientScript = z.infer<typeof RecipientScript>;

/** A phone that nobody scripted. */
export const UNSCRIPTED_RECIPIENT: RecipientScript = RecipientScript.parse({});
