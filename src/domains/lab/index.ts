// The lab: the sandbox as a product. TEST accounts script callers and businesses and watch the real path at work.

export { connectSandbox } from './connect-sandbox.ts';
