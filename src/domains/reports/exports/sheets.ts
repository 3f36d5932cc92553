// What stands in an export of each kind that has lines: its columns, and how a page of its rows is read. Each page goes on behind the
// last row of the one before, within one company, so that no page costs more than the first.
import type { ExportKind } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import type { Line } from './format-rows.ts';
import { readAttributionPage } from './read-attribution-page.ts';
import { readCallPage } from './read-call-page.ts';
import { readChatMessagePage } from './read-chat-message-page.ts';
import { readChatPage } from './read-chat-page.ts';
import { readConversationPage } from './read-conversation-page.ts';
import { readFormPage } from './read-form-page.ts';
import { readLeadPage } from './read-lead-page.ts';
import { readMessagePage } from './read-message-page.ts';

/** The place of a row in its company: by time, then by id. */
export interface Place {
  at: Date;
  id: string;
  /** where a thing's lines may be many: the id of the last one that was read */
  within?: string;
}

/** Which rows. */
export interface PageWish {
  companyId: string;
  /** from this moment */
  from: Date;
  /** to before this one */
  before: Date;
  after: Place | null;
  /** things, each of which may make several lines */
  limit: number;
}

export interface SheetPage {
  lines: Line[];
  /** the last thing's place; null = this page is the last one */
  reached: Place | null;
}

/** Kinds of exports that have lines; a person's is one document. */
export type SheetKind = Exclude<ExportKind, 'LEAD'>;

export type ReadPage = (db: Db, viewer: Viewer, wish: PageWish) => Promise<SheetPage>;

/** How a kind is read. What a viewer may not read stands there masked, or empty. */
export const SHEETS: Record<SheetKind, { columns: readonly string[]; read: ReadPage }> = {
  CALLS: readCallPage,
  FORMS: readFormPage,
  LEADS: readLeadPage,
  ATTRIBUTION: readAttributionPage,
  CONVERSATIONS: readConversationPage,
  MESSAGES: readMessagePage,
  CHATS: readChatPage,
  CHAT_MESSAGES: readChatMessagePage,
};
