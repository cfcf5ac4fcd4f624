/** What is said of a capture in the words of its version. */

/** What takes part in opening a resource of API v3. */
export interface OpeningFacts {
  readonly key_bytes: number | null;
  readonly nonce: string | null;
  readonly associated_data: string | null;
  readonly bytes: number;
}

interface Subject {
  readonly signed_by?: string | null;
  readonly own: boolean;
}

interface Words {
  /** In the place of what was received, when there is nothing. */
  readonly none: string;
  /** Behind it. */
  readonly by: string;
  readonly ifRefused: string;
  readonly ownIsRight: string;
  /** When there is nothing that code could compute. */
  readonly noOwn: string;
  readonly notOpened: string;
  readonly otherKey: string;
  /** When nothing explains it. */
  readonly another: string;
}

/** The words of the version that a capture is of. */
export function wordsOf(subject: Subject): Words {
  if (!isV3(subject)) return v2;
  const { signed_by, own } = subject;
  const by =
    signed_by === null || signed_by === undefined ? '' : `  (in the signature, made by ${signed_by})`;
  return { ...v3, by, none: own ? '(none)' : '(no key that is known here opens the signature)' };
}

/** Whether it is one of API v3. */
export function isV3({ signed_by }: Subject): boolean {
  return signed_by !== undefined;
}

/** What a resource is opened with. */
export function openingLines(opening: OpeningFacts | null | undefined): readonly string[] {
  if (!opening) return [];
  const { key_bytes, nonce, associated_data, bytes } = opening;
  const key = key_bytes === null ? 'no APIv3 key' : `the APIv3 key (${key_bytes} bytes)`;
  const data =
    associated_data === null ? 'no associated data' : `associated data ${JSON.stringify(associated_data)}`;
  return [
    `AES-256-GCM: ${key}, nonce ${JSON.stringify(nonce)}, ${data}, ${bytes} bytes, the last ${TAG} of them the tag`,
  ];
}

const TAG = 16;

/** What a table does not allow: worth a look, and no reason to refuse. */
export function tableLines(table: readonly string[] | undefined): readonly string[] {
  if (!table || table.length === 0) return [];
  return ['Not as in the table of its kind:', ...table.map((line) => `  ${line}`)];
}

const v2: Words = {
  none: '(none)',
  by: '',
  ifRefused:
    'If your code refuses it: run this again with --computed and the signature that your code computed, to see what it does differently.',
  ownIsRight: 'Your code computes the right signature.',
  noOwn: 'A refund carries no signature, so there is none that code could compute: it is encrypted.',
  notOpened: 'The signature is right, and the event does not open.',
  otherKey: 'It is encrypted with the APIv3 key, which is another one: set WXNOTIFY_API_V3_KEY, or check it.',
  another:
    'Most likely it is another key (of another merchant, or reset since), or several fields were changed. Check the key of `wxnotify config` against the merchant console.',
};

const v3: Words = {
  none: '',
  by: '',
  ifRefused:
    'If your code refuses it: write the message that your code verifies into a file, byte for byte, and run this again with --message FILE, to see what it does differently.',
  ownIsRight: 'Your code puts the right message together.',
  noOwn:
    'The headers do not say timestamp and nonce, so there is no right message to compare with: give them with --header.',
  notOpened: 'The signature is right, and the resource does not open.',
  otherKey:
    'Most likely it is another APIv3 key (of another merchant, or set anew since): check WXNOTIFY_API_V3_KEY against the merchant console.',
  another:
    'Most likely the message was changed in several places, or another key is meant: `wxnotify config` shows which one is in force.',
};

/** What to give, so that a step can be checked that was not. */
export const UNCHECKED = {
  sign: 'For the signature, give the platform’s certificate or public key: --platform-key FILE, WXNOTIFY_V3_CERTIFICATE_FILE, or `wxnotify keys new` for a stand-in.',
  decrypt:
    'To open the resource, set WXNOTIFY_API_V3_KEY (or WXNOTIFY_API_V3_KEY_FILE), or choose a profile: --profile NAME.',
};
