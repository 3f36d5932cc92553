// What the parts of the chat hand to each other.

/** Where the chat runs, and for whom. */
export interface Place {
  /** publishable: sb_site_… */
  key: string;
  /** the origin of the script */
  server: string;
  /** that numbers without one are of, as the tag says it */
  country: string | undefined;
  /** who the visitor is to the company; null without consent: then nothing is kept, and nobody named */
  who(): { visitor: string; session: string } | null;
}

/** Where the panel goes. */
export interface Mount extends Place {
  root: ShadowRoot;
  button: HTMLElement;
  /** messages of agents that were not seen yet */
  onUnread(count: number): void;
}

/** What the server says of the company's chat. */
export interface Face {
  state: 'OPEN' | 'CLOSED' | 'OFF';
  company: string;
  greeting: string;
  offlineText: string;
  /** whether visitors may have the chat sent by mail */
  transcripts: boolean;
}

/** A file that went with a message. */
export interface SentFile {
  id: string;
  name: string;
  /** under the server; not there before it has numbered the message */
  path?: string;
  sizeBytes?: number;
}

/** A message that the server has numbered. */
export interface Message {
  /** in the chat, from 1 without a gap */
  seq: number;
  /** ours: as we called it */
  id: string;
  author: 'VISITOR' | 'AGENT' | 'SYSTEM';
  name: string | null;
  text: string;
  files: SentFile[];
  at: string;
}

/** A message that the server has not numbered yet, as far as we know. */
export interface Waiting {
  id: string;
  text: string;
  files?: SentFile[];
  isRefused?: boolean;
}

export interface Person {
  name?: string;
  email?: string;
  phone?: string;
  country: string | undefined;
}

export interface Panel {
  toggle(): void;
}
