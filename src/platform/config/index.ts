// The settings of a process: the only reader of process.env. Every setting stands in the README's table
// (tests/house/config.test.ts compares the two).
import { resolve } from 'node:path';
import { z } from 'zod';

const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const networks = z
  .string()
  .transform((text) => text.split(',').map((entry) => entry.trim()))
  .refine(
    (entries) => entries.every((entry) => network.safeParse(entry).success),
    'takes addresses and networks, parted by commas: 127.0.0.1,10.0.0.0/8',
  );

const switchWords = z.enum(['on', 'off']).transform((word) => word === 'on');

/** One entry per environment variable: what is accepted, what holds when it is absent. */
export const SETTINGS = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((dir) => resolve(dir)),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SECRET_KEY: z.base64().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  LOG_PERSONAL_DATA: switchWords.default(false),
  WORKERS: z.enum(['inside', 'apart']).default('inside'),
  SANDBOX: switchWords.default(true),
  SANDBOX_SPEED: z.coerce.number().min(0.1).max(100).default(1),
  SPEECH_MODEL: z.enum(['base', 'tiny']).default('base'),
  EVENT_MONTHS: z.coerce.number().int().min(1).max(84).default(25),
  WEBHOOK_ALLOW_HOSTS: networks.optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(10),
});

export type Config = z.infer<typeof SETTINGS>;

/** A setting that cannot be used; the message names each variable and what it accepts. */
export class BadConfig extends Error {
  constructor(problems: string[]) {
    super(`The configuration cannot be used:\n${problems.map((p) => `  ${p}`).join('\n')}`);
    this.name = 'BadConfig';
  }
}

/**
 * Reads the settings.
 * @param env the environment; an empty value counts as absent
 * @throws BadConfig naming every variable that cannot be used
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(SETTINGS.shape)
      .filter((name) => env[name] !== undefined && env[name] !== '')
      .map((name) => [name, env[name]]),
  );
  const parsed = SETTINGS.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new BadConfig(
    parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  );
}
