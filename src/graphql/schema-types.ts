// What the builder knows about our schema: the context, the scalars, and that fields are non-null unless they say so.
import type { Context } from './context.ts';

export interface SchemaTypes {
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Date: { Input: string; Output: string };
    PhoneNumber: { Input: string; Output: string };
    URL: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
    Cursor: { Input: string; Output: string };
  };
}

/** The same, with Pothos' own defaults filled in: what the types of its field builders take. */
export type FullTypes = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;
