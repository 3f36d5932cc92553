// Reading a verb's input through its zod shape: every bad field becomes a refusal that names it.
import type { z } from 'zod';
import { Refused } from './refusals.ts';

/**
 * Parses what a caller sent.
 * @param shape the verb's zod schema; its messages are shown to the caller, so they say what is allowed
 * @param input the raw input
 * @returns the parsed input. Throws Refused INVALID_INPUT for the first bad field, the others in `also`.
 */
export function parseInput<T>(shape: z.ZodType<T>, input: unknown): T {
  const parsed = shape.safeParse(input);
  if (parsed.success) return parsed.data;
  const [first, ...also] = parsed.error.issues.map(
    (issue) => new Refused('INVALID_INPUT', issue.message, { field: issue.path.map(String) }),
  );
  throw new Refused('INVALID_INPUT', first?.message ?? 'The input is malformed.', {
    field: first?.field ?? [],
    also,
  });
}
