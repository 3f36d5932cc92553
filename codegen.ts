// Typed operations for the demo and the tests, out of schema.graphql and the .graphql files beside them. The result is
// committed, so that nothing has to be generated before the demo runs; `npm run generate` writes it anew.
import type { CodegenConfig } from '@graphql-codegen/cli';

const output: CodegenConfig['generates'][string] = {
  preset: 'client',
  presetConfig: { fragmentMasking: false },
  config: {
    documentMode: 'string',
    useTypeImports: true,
    enumsAsTypes: true,
    skipTypename: true,
    strictScalars: true,
    scalars: {
      Cursor: 'string',
      Date: 'string',
      DateTime: 'string',
      JSON: 'unknown',
      PhoneNumber: 'string',
      URL: 'string',
    },
  },
};

const config: CodegenConfig = {
  schema: 'schema.graphql',
  importExtension: '.ts',
  ignoreNoDocuments: true,
  generates: {
    'demo/operations/generated/': { ...output, documents: 'demo/operations/*.graphql' },
    // the libraries of partners take parsed documents
    'tests/operations/generated/': {
      ...output,
      config: { ...output.config, documentMode: 'documentNode' },
      documents: 'tests/operations/*.graphql',
    },
  },
};

export default config;
