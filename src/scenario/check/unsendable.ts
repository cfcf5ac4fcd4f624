/** Headers that no request can have, or that are the client’s own. */
import type { Place, Problem } from '../problem.ts';

/** What a header’s name is made of (RFC 9110, token). */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
/** What HTTP clients send as it is: visible ASCII, Latin-1, blanks and tabs. */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;
/** They say how the message goes over the wire, which the client decides. */
const OWN = ['content-length', 'transfer-encoding', 'keep-alive', 'upgrade', 'expect', 'te', 'trailer'];

/** What is wrong with the headers of a call. */
export function headerProblems(
  headers: Readonly<Record<string, string>>,
  place: (name: string) => Place,
): readonly Problem[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const wrong = wrongHeader(name, value);
    return wrong ? [{ code: 'bad-value', at: place(name), ...wrong } as const] : [];
  });
}

function wrongHeader(name: string, value: string): Pick<Problem, 'message' | 'fix'> | undefined {
  const character = UNSENDABLE.exec(value)?.[0];
  if (!TOKEN.test(name)) {
    return {
      message: `${JSON.stringify(name)} is no name of a header`,
      fix: 'It is made of letters, digits and `-`.',
    };
  }
  if (character !== undefined) {
    return {
      message: `the header ${name} has the character ${JSON.stringify(character)}, which no header can carry`,
      fix: 'Take it out, or write it percent-encoded (%E4%B8%AD).',
    };
  }
  const lower = name.toLowerCase();
  const own = OWN.includes(lower) || (lower === 'connection' && !/^(close|keep-alive)$/i.test(value));
  return own
    ? { message: `the header ${name} is set by the client itself`, fix: 'Leave it out.' }
    : undefined;
}
