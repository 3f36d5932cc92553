// The scripts for browsers, bundled out of src/browser by esbuild, small and compressed. Built when their sources have
// changed since they were last built; nobody has to think of it.
export { type Bundle, provideBundles } from './provide-bundles.ts';
