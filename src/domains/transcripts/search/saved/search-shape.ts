// What a saved search looks like: as it is asked for, and as its filter is stored.
import { z } from 'zod';
import { type SearchFilter, SPEAKERS } from '#platform/search/index.ts';

const MOST = 100;
const MOST_CHARACTERS = 60;

const nameError = 'name takes 1 to 100 characters.';
export const searchNameShape = z.string(nameError).trim().min(1, nameError).max(100, nameError);

const list = <Item extends z.ZodType>(name: string, item: Item) =>
  z
    .array(item)
    .readonly()
    .nullish()
    .refine((items) => (items?.length ?? 0) <= MOST, `${name} takes at most ${MOST}.`);
/** as a date, or as JSON has it */
const moment = z.coerce.date().nullish();

/** Absent and null fields leave all; of a list any one fits, and all fields must. */
export const searchFilterShape = z
  .object({
    companyIds: list('companyIds', z.uuid()),
    trackerIds: list('trackerIds', z.uuid()),
    tags: list('tags', z.string().max(MOST_CHARACTERS, 'tags takes names of tags.')),
    speaker: z.enum(SPEAKERS).nullish(),
    occurredFrom: moment,
    occurredBefore: moment,
  })
  .transform(
    (filter): Required<SearchFilter> => ({
      companyIds: filter.companyIds ?? null,
      trackerIds: filter.trackerIds ?? null,
      tags: filter.tags ?? null,
      speaker: filter.speaker ?? null,
      occurredFrom: filter.occurredFrom ?? null,
      occurredBefore: filter.occurredBefore ?? null,
    }),
  );
