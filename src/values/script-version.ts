// The version of the script for pages, as it tells it with each visit: raised when what pages send or do changes, so that
// copies which a website keeps too long are noticed.

export const SCRIPT_VERSION = 2;
