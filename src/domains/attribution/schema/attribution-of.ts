// The attributions of a request's interactions, read together and once, whatever field asks.
import DataLoader from 'dataloader';
import type { Context } from '#graphql/context.ts';
import { type AttributionRow, attributionsOf } from '../read-attributions.ts';

const loaders = new WeakMap<Context, DataLoader<string, AttributionRow | null>>();

/** The attribution of an interaction that the viewer was shown; null while it is not judged yet. */
export function attributionOf(id: string, context: Context): Promise<AttributionRow | null> {
  const known = loaders.get(context);
  if (known) return known.load(id);
  const { platform, viewer } = context;
  const loader = new DataLoader<string, AttributionRow | null>((ids) =>
    attributionsOf(platform, viewer, ids),
  );
  loaders.set(context, loader);
  return loader.load(id);
}
