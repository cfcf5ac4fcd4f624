/** The text at a path of elements: `/xml/return_code`, `return_code`, `/a/b[2]/c`. */
import { XMLParser } from 'fast-xml-parser';
import { unescape } from './xml.ts';

const CDATA = '#cdata';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: CDATA,
  ignoreDeclaration: true,
  ignorePiTags: true,
  onDangerousProperty: (name) => name, // found by comparing, never by looking it up
});

/** One node: an element under its name, or text. */
type Node = Readonly<Record<string, unknown>>;

/** The text, or `undefined` when there is no such element, or it is no XML. A name without `/` is one below the root. */
export function xmlPath(text: string, path: string): string | undefined {
  let at: readonly Node[] | undefined;
  try {
    at = parser.parse(text) as readonly Node[];
  } catch {
    return undefined;
  }
  const steps = path.startsWith('/') ? path.split('/').filter(Boolean) : ['*', path];
  for (const step of steps) at = at && below(at, step);
  return at && textOf(at);
}

function below(nodes: readonly Node[], step: string): readonly Node[] | undefined {
  const [, name = '', index = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
  const all = nodes.flatMap((node) =>
    Object.entries(node).filter(([key, value]) => isElement(key, value) && (name === '*' || key === name)),
  );
  return all[Number(index) - 1]?.[1] as readonly Node[] | undefined;
}

function isElement(key: string, value: unknown): boolean {
  return Array.isArray(value) && key !== CDATA;
}

/** `undefined` of an element with elements in it, or with an entity that XML itself does not define. */
function textOf(nodes: readonly Node[]): string | undefined {
  let text = '';
  for (const node of nodes) {
    const piece = pieceOf(node);
    if (piece === undefined) return undefined;
    text += piece;
  }
  return text.trim();
}

function pieceOf(node: Node): string | undefined {
  const { [CDATA]: verbatim, '#text': plain } = node;
  if (Array.isArray(verbatim))
    return verbatim.map(({ '#text': part }: Node) => (typeof part === 'string' ? part : '')).join('');
  return typeof plain === 'string' ? unescape(plain) : undefined;
}
