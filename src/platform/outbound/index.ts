// HTTP to strangers: addresses that customers give us, so every one is suspect. Nothing of our own network can be reached
// through it, nobody can hold it up, and what it sends is signed.
export {
  type Exchange,
  type ExchangeFailure,
  type Fetched,
  type Outbound,
  openOutbound,
} from './outbound.ts';
export { makeSigningSecret, signHeaders } from './signature.ts';
