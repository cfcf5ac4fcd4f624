/** An answer that tells the right signature is a machine for signing. */
import type { AnswerFacts } from '../result.ts';

const SIGN = /<sign>\s*(?:<!\[CDATA\[)?\s*([0-9A-Fa-f]{32,64})\b/;
const HEX = /[0-9A-Fa-f]{32,64}/g;

/** Whether an answer has a signature that is the one that was sent but for its last digit, which was wrong. */
export function isOracle({ request, body, authentic }: AnswerFacts): boolean {
  const [, sent = ''] = authentic ? [] : (SIGN.exec(request.body) ?? []);
  if (sent === '') return false;
  return (body.match(HEX) ?? []).some(
    (text) => text.toUpperCase() !== sent.toUpperCase() && stem(text) === stem(sent),
  );
}

function stem(text: string): string {
  return text.slice(0, -1).toUpperCase();
}
