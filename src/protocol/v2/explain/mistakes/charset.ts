/** Text that became the wrong bytes. */
import { charsets, misread } from '../../../explain/charsets.ts';
import { variants, type Mistake } from '../mistake.ts';

export const charsetMistakes: readonly Mistake[] = [
  {
    code: 'charset',
    title: 'The string to sign was in another charset',
    fix: 'Turn it into bytes as UTF-8 before hashing, whatever the platform’s default charset is.',
    part: 'encode',
    recipes: (right) => variants(charsets, (encode) => ({ ...right, encode })),
  },
  {
    code: 'mojibake',
    title: 'UTF-8 was read as another charset before signing',
    fix: 'Read the request body as UTF-8; check the default charset of the server and of the JSON or XML reader.',
    part: 'encode',
    recipes: (right) => variants(misread, (encode) => ({ ...right, encode })),
  },
];
