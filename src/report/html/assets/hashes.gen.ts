// Generated from style.ts and script.ts by `npm run generate`. Do not edit.
/** What the page’s Content-Security-Policy lets in. */
export const STYLE_HASH = 'sha256-GbPeFc6ZLZNyvgJJLAmpeZfKfTRdlG673LgTXyLoyqU=';
export const SCRIPT_HASH = 'sha256-ci1dnj2IvldNVmgwu6404C3yIIKRiQFgdV4gOUo6kes=';
