/** Every known mistake, the likelier first: of several that explain a signature alike, the first is told. */
import type { Mistake } from '../mistake.ts';
import { algorithmMistakes } from './algorithm.ts';
import { changeMistakes } from './changed.ts';
import { charsetMistakes } from './charset.ts';
import { digestMistakes } from './digest.ts';
import { fieldMistakes } from './fields.ts';
import { joinMistakes } from './join.ts';
import { keyMistakes, typingMistakes } from './key.ts';
import { orderMistakes } from './order.ts';
import { valueMistakes } from './values.ts';

export { amountMistakes } from './changed.ts';

/** Quick to try, and likely to come together with another one. */
export const commonMistakes: readonly Mistake[] = [
  ...algorithmMistakes,
  ...keyMistakes,
  ...joinMistakes,
  ...orderMistakes,
  ...valueMistakes,
  ...fieldMistakes.filter(({ code }) => code !== 'fields-left-out'),
  ...charsetMistakes,
  ...digestMistakes,
];

/** Tried one at a time. */
export const rareMistakes: readonly Mistake[] = [
  ...changeMistakes,
  ...typingMistakes,
  ...fieldMistakes.filter(({ code }) => code === 'fields-left-out'),
];
