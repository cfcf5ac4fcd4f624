// Generated from style.ts and script.ts by `npm run generate`. Do not edit.
/** What the page’s Content-Security-Policy lets in. */
export const STYLE_HASH = 'sha256-YDtVPOwsLmBeDUmzYTcweeJ9C82rbqRrOF256Ki4Oo4=';
export const SCRIPT_HASH = 'sha256-ci1dnj2IvldNVmgwu6404C3yIIKRiQFgdV4gOUo6kes=';
