// Reading a verb's input through its zod shape: every bad field becomes a refusal that names it. And the shape of a
// patch's field that always has a value.
import { z } from 'zod';
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

/** A field of a patch that has a value always: absent = unchanged, null is refused. */
export function patched<Shape extends z.ZodType>(name: string, shape: Shape) {
  return shape.nullish().transform((value, context) => {
    if (value !== null) return value;
    context.addIssue(`${name} cannot be cleared; leave it out to keep it.`);
    return z.NEVER;
  });
}
