// From anything to a checked shape, or a refusal in the carrier's words.
import type { z } from 'zod';
import { refusals } from './refusal.ts';

/** Checks a body against its shape; the refusal names the first field that does not fit. */
export function parseBody<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  const pointer = `/${issue.path.join('/')}`;
  const missing = issue.path.length > 0 && valueAt(body, issue.path) === undefined;
  if (missing) {
    throw refusals.invalid(
      pointer,
      `The required parameter ${pointer} is missing.`,
      '10004',
      'Missing required parameter',
    );
  }
  throw refusals.invalid(pointer, `${pointer}: ${issue.message}`);
}

function valueAt(body: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    body,
  );
}
