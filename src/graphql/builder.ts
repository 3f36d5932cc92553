// The schema builder that every domain writes its types with. Every object is an objectRef whose rows come from its
// domain's store, so that each read passes the tenant wall.
import SchemaBuilder from '@pothos/core';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import RelayPlugin from '@pothos/plugin-relay';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { badInput } from './problems.ts';
import { addScalars } from './scalars.ts';
import type { SchemaTypes } from './schema-types.ts';

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [RelayPlugin, DataloaderPlugin],
  defaultFieldNullability: false,
  relay: {
    encodeGlobalID: (typename, id) => encodeGlobalId(typename, String(id)),
    decodeGlobalID: (globalId) => {
      const decoded = decodeGlobalId(globalId);
      if (!decoded) throw badInput('This id was not issued by this API.', { argument: 'id' });
      return decoded;
    },
    idFieldOptions: { description: 'The opaque global id; give it to `node` to read this again.' },
    nodeTypeOptions: {
      description: 'Anything that has an id and can be read again through `node`.',
    },
    pageInfoTypeOptions: { description: 'Where a page of a list begins and ends.' },
    hasNextPageFieldOptions: { description: 'True when more rows follow `endCursor`.' },
    hasPreviousPageFieldOptions: {
      description: 'True when the page was asked for behind a cursor.',
    },
    startCursorFieldOptions: { description: 'The cursor of the first row; null on an empty page.' },
    endCursorFieldOptions: {
      description:
        'The cursor of the last row: pass it as `after` to read on; null on an empty page.',
    },
    // `node` and `nodes` are our own (node.ts): the plugin's cannot answer null for an unknown type
    nodeQueryOptions: false,
    nodesQueryOptions: false,
  },
});

builder.queryType({ description: 'Everything that can be read.' });
addScalars(builder);
