// SQL's NULL in a column of JSON, which Prisma tells apart from JSON's own null.
import { Prisma } from '#generated/prisma/client.ts';

/** What to write where a JSON column is to be empty. */
export const SQL_NULL = Prisma.DbNull;
