/** Bodies as people read them: XML and JSON with an element a line. Anything else stays as it came. */

/** A body with line breaks where its structure has them; nothing but white space is added. */
export function readable(body: string): string {
  const text = body.trim();
  if (/^<(\?xml|xml)/i.test(text)) return readableXml(text) ?? text;
  if (/^[[{]/.test(text)) return readableJson(text) ?? text;
  return text;
}

const XML_TOKEN = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<[^<>]+>|[^<]+/g;

/** `undefined` when its elements do not match: then how it is laid out may be what is wrong with it. */
function readableXml(xml: string): string | undefined {
  const tokens = (xml.match(XML_TOKEN) ?? []).filter((token) => token.trim() !== '');
  const lines: string[] = [];
  let depth = 0;
  let before: Tag = 'other';
  for (const token of tokens) {
    const tag = tagOf(token);
    if (tag === 'close') depth--;
    if (depth < 0) return undefined;
    if (isInline(tag, before)) lines.push(`${lines.pop() ?? ''}${token}`);
    else lines.push(margin(depth) + token);
    if (tag === 'open') depth++;
    before = tag === 'close' ? 'other' : tag;
  }
  return depth === 0 ? lines.join('\n') : undefined;
}

/** Text stands beside the element that it is in, and so does what closes that. */
function isInline(tag: Tag, before: Tag): boolean {
  return tag === 'text' || (tag === 'close' && before !== 'other');
}

type Tag = 'open' | 'close' | 'text' | 'other';

function tagOf(token: string): Tag {
  if (token.startsWith('<![CDATA[') || !token.startsWith('<')) return 'text';
  if (token.startsWith('</')) return 'close';
  return token.endsWith('/>') || /^<[!?]/.test(token) ? 'other' : 'open';
}

/** Up to this many characters, JSON stays on its line. */
const SHORT = 60;
const JSON_TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Numbers stay as they are written. `undefined` when it is no JSON. */
function readableJson(json: string): string | undefined {
  if (!isJson(json)) return undefined;
  if (json.length <= SHORT && !json.includes('\n')) return json;
  const tokens = json.match(JSON_TOKEN) ?? [];
  let depth = 0;
  const pieces = tokens.map((token, index) => {
    if (CLOSES.test(token)) depth--;
    const line = breaksBefore(token, tokens[index - 1] ?? '') ? `\n${margin(depth)}` : '';
    if (OPENS.test(token)) depth++;
    return `${line}${token}${token === ':' ? ' ' : ''}`;
  });
  return pieces.join('');
}

const OPENS = /^[[{]$/;
const CLOSES = /^[\]}]$/;

function breaksBefore(token: string, before: string): boolean {
  if (CLOSES.test(token)) return !OPENS.test(before);
  return before === ',' || OPENS.test(before);
}

/** A thousand brackets do not make a line of thousands of blanks. */
function margin(depth: number): string {
  return '  '.repeat(Math.min(depth, 20));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
