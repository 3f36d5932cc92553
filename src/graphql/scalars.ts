// The six scalars of the contract.
import { GraphQLError, type ValueNode, valueFromASTUntyped } from 'graphql';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { fieldOfLiteral } from './field-of-literal.ts';
import type { FullTypes } from './schema-types.ts';

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;
const MAX_CURSOR_CHARACTERS = 500;

/** Adds DateTime, Date, PhoneNumber, URL, JSON and Cursor to the builder. */
export function addScalars(builder: PothosSchemaTypes.SchemaBuilder<FullTypes>): void {
  builder.scalarType('DateTime', {
    description: 'A moment: RFC 3339 in UTC with milliseconds, 2026-11-23T09:30:00.000Z.',
    serialize: (value) => value.toISOString(),
    ...reading((value) => {
      const date = typeof value === 'string' && RFC3339.test(value) ? new Date(value) : null;
      if (!date || Number.isNaN(date.getTime())) {
        throw refuse('DateTime', 'an RFC 3339 time with a zone, such as 2026-11-23T09:30:00.000Z');
      }
      return date;
    }),
  });

  builder.scalarType('Date', {
    description: 'A calendar day: 2026-11-23.',
    serialize: (value) => value,
    ...reading((value) => {
      if (typeof value !== 'string' || !isCalendarDay(value)) {
        throw refuse('Date', 'a calendar day such as 2026-11-23');
      }
      return value;
    }),
  });

  builder.scalarType('PhoneNumber', {
    description:
      'A telephone number as E.164: +14155550134. Input in any usual spelling is understood, without a country as US or Canada. Masked (`+1••••••••34`) for viewers without the scope PERSONAL_READ.',
    serialize: (value) => value,
    ...reading((value) => {
      const e164 = typeof value === 'string' ? parsePhoneNumber(value) : null;
      if (!e164) throw refuse('PhoneNumber', 'a telephone number such as +14155550134');
      return e164;
    }),
  });

  builder.scalarType('URL', {
    description: 'An absolute http or https address.',
    serialize: (value) => value,
    ...reading((value) => {
      if (typeof value !== 'string' || !/^https?:\/\//.test(value) || !URL.canParse(value)) {
        throw refuse('URL', 'an absolute http or https address');
      }
      return value;
    }),
  });

  builder.scalarType('JSON', {
    description: 'A JSON value whose shape is the customer’s own.',
    serialize: (value) => value,
  });

  builder.scalarType('Cursor', {
    description: 'An opaque place in a list or in the event log. Pass it back exactly as it came.',
    serialize: (value) => value,
    ...reading((value) => {
      if (typeof value !== 'string' || value.length > MAX_CURSOR_CHARACTERS) {
        throw refuse('Cursor', 'a cursor as this API returned it');
      }
      return value;
    }),
  });
}

/** A scalar's two ways in: as a variable, and written into the operation, where a refusal tells the place and the field. */
function reading<T>(parse: (value: unknown) => T) {
  return {
    parseValue: parse,
    parseLiteral(node: ValueNode, variables?: Record<string, unknown> | null): T {
      try {
        return parse(valueFromASTUntyped(node, variables));
      } catch (error) {
        const { message, extensions } = error as GraphQLError;
        const field = fieldOfLiteral(node);
        const where = field.length > 0 ? { field } : {};
        throw new GraphQLError(message, { nodes: node, extensions: { ...extensions, ...where } });
      }
    },
  };
}

function isCalendarDay(text: string): boolean {
  if (!CALENDAR_DAY.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function refuse(scalar: string, wanted: string): GraphQLError {
  return new GraphQLError(`${scalar} takes ${wanted}.`, { extensions: { code: 'BAD_INPUT' } });
}
