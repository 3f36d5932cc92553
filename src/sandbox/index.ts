// Door of the sandbox: a carrier in a box that speaks the Telnyx v2 API, sends signed webhooks, plays scripted people
// and records real WAV files. `forkSandbox` is for servers, `startSandbox` for tests that turn its clock by hand.
// The product reaches it over HTTP only; what it does beyond the carrier's documents stands in `assumptions.ts`.
export { type ForkedSandbox, forkSandbox } from './fork.ts';
export type { Exchange } from './http/server.ts';
export type { SandboxOptions } from './options.ts';
export { type Sandbox, startSandbox } from './start.ts';
