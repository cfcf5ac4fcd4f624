/** What is found only by trying everything: any order of the keys, any one byte. */
import type { Mistake, Variant } from '../mistake.ts';
import type { Recipe } from '../recipe.ts';
import { parsed, textIn } from './body.ts';

export const guessedMistakes: readonly Mistake[] = [
  {
    code: 'body-rewritten',
    title: 'The body was parsed and written again after it was signed',
    fix: 'What is here is not what came. Capture and verify the bytes of the request, before anything parses them.',
    part: 'body',
    recipes: reordered,
  },
  {
    code: 'byte-changed',
    title: 'One character of the body was changed after it was signed',
    fix: 'Refuse it: somebody or something has changed it on the way.',
    part: 'body',
    recipes: changed,
  },
];

/** More keys than an envelope has are not tried: their orders are too many. */
const MOST_KEYS = 6;

function* reordered(right: Recipe): Generator<Variant> {
  const data = (parsed(textIn(right)) ?? {}) as Readonly<Record<string, unknown>>;
  const inner = (data['resource'] ?? {}) as Readonly<Record<string, unknown>>;
  if (Object.keys(data).length > MOST_KEYS || Object.keys(inner).length > MOST_KEYS - 1) return;
  for (const resource of orders(Object.entries(inner))) {
    const all = Object.entries({ ...data, resource: Object.fromEntries(resource) });
    for (const entries of orders(all)) {
      yield {
        detail: 'here with its keys in another order',
        recipe: { ...right, body: Buffer.from(JSON.stringify(Object.fromEntries(entries))) },
      };
    }
  }
}

function* orders<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length < 2) yield items;
  else {
    for (const [index, first] of items.entries()) {
      for (const rest of orders(items.filter((_, other) => other !== index))) yield [first, ...rest];
    }
  }
}

const PRINTABLE = Array.from({ length: 95 }, (_, index) => 0x20 + index);

function* changed(right: Recipe): Generator<Variant> {
  const { body } = right;
  const variant = (detail: string, changedBody: Uint8Array): Variant => ({
    detail,
    recipe: { ...right, body: changedBody },
  });
  for (let at = 0; at < body.length; at++) {
    const [before, after] = [body.subarray(0, at), body.subarray(at + 1)];
    const here = String.fromCharCode(body[at] ?? 0);
    yield variant(`byte ${at + 1}, which was not there`, Buffer.concat([before, after]));
    for (const code of PRINTABLE) {
      const other = Buffer.from([code]);
      const signed = String.fromCharCode(code);
      yield variant(
        `byte ${at + 1} is ${here} here, and was ${signed}`,
        Buffer.concat([before, other, after]),
      );
      yield variant(
        `a ${signed} before byte ${at + 1} is missing here`,
        Buffer.concat([before, other, body.subarray(at)]),
      );
    }
  }
}
