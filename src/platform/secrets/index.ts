// What only this server can read or sign: secrets at rest, and links.
export { openSecrets, readOrMakeMasterKey, type Secrets } from './open-secrets.ts';
export { judgeLink, signLink } from './signed-link.ts';
