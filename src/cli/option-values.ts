/** The words that options take, for those who read them and for completion. Imports nothing: it is loaded with every command. */

/** What a merchant can be expected to answer. */
export const ACK_WORDS = {
  SUCCESS: 'acknowledged',
  FAIL: 'an explicit FAIL',
  REJECTED: 'anything that does not count as acknowledged',
  NONE: 'no complete answer',
} as const;

/** One of them. */
export type AckName = keyof typeof ACK_WORDS;

/** What `listen` can answer to everything. */
export const LISTEN_ANSWERS = ['success', 'fail'] as const;

/** What `keys` does. */
export const KEY_ACTIONS = {
  new: 'make a stand-in platform key',
  show: 'what your server must trust',
  serve: 'answer GET /v3/certificates on loopback',
} as const;

/** What `keys show` prints alone. */
export const PEM_NAMES = ['certificate', 'public-key'] as const;

/** One of them. */
export type PemName = (typeof PEM_NAMES)[number];

/** The shells that `completion` has a script for. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** One of them. */
export type Shell = (typeof SHELLS)[number];

/** The versions of the API. */
export const VERSIONS = ['v2', 'v3'] as const;

/** How bad a finding of an audit can be, from the worst. */
export const SEVERITY_WORDS: readonly string[] = ['critical', 'high', 'medium', 'low'];

/** The reports of an audit. */
export const AUDIT_REPORTS = {
  text: 'for people',
  json: 'one document',
  html: 'one self-contained page',
  sarif: 'SARIF 2.1.0, for code scanning',
  markdown: 'for the summary of a CI job, or a comment',
} as const;
