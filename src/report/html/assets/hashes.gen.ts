// Generated from style.ts and script.ts by `npm run generate`. Do not edit.
/** What the page’s Content-Security-Policy lets in. */
export const STYLE_HASH = 'sha256-a8A6zo9ImRtf4XtWb2RZK2F0Sopij6jl/YrfhW4RylA=';
export const SCRIPT_HASH = 'sha256-ci1dnj2IvldNVmgwu6404C3yIIKRiQFgdV4gOUo6kes=';
