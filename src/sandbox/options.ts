// What a sandbox is started with.
import { z } from 'zod';

export const SandboxOptions = z.strictObject({
  /** folder for keys, state and recordings; made when missing */
  dataDir: z.string().min(1),
  /** bearer of every request */
  apiKey: z.string().min(8, 'the sandbox needs an apiKey of at least 8 characters'),
  /** 0 = any free port */
  port: z.number().int().min(0).max(65_535).default(0),
  /** decides the numbers for sale and the disorder of a chaos profile */
  seed: z.number().int().default(1),
  /** sandbox seconds per second of life; 'manual' only in-process: the clock then moves by `advance` alone */
  speed: z.union([z.number().gt(0).max(1000), z.literal('manual')]).default(1),
  /** first moment of the clock, ms since 1970; default is the present */
  startMs: z.number().optional(),
  numberOrderDelaySeconds: z.number().min(0).max(3600).default(2),
  requestsPerSecond: z.number().int().min(1).default(500),
});
/** Options of a sandbox in a process of its own: its clock cannot be turned by hand. */
export const ProcessOptions = SandboxOptions.extend({
  speed: z.number().gt(0).max(1000).default(1),
});
export type ProcessOptions = z.input<typeof ProcessOptions>;
export type SandboxOptions = z.input<typeof SandboxOptions>;
