// The direction of every `XOrder` input.
import { builder } from './builder.ts';

export const SortDirection = builder.enumType('SortDirection', {
  description: 'The direction of a list.',
  values: {
    ASC: { value: 'asc', description: 'Smallest, oldest or first in the alphabet first.' },
    DESC: { value: 'desc', description: 'Largest, newest or last in the alphabet first.' },
  } as const,
});
