/** Where requests may go. The only maker of a {@link SafeTarget}: an unchecked URL does not compile. */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

declare const brand: unique symbol;

/** A URL that may be posted to. */
export interface SafeTarget {
  readonly url: URL;
  /** Connect to loopback and private addresses only: the host was let through because it seemed to have one. */
  readonly privateOnly: boolean;
  readonly [brand]: 'SafeTarget';
}

export type TargetProblem =
  | { readonly code: 'not-a-url'; readonly detail: string }
  | { readonly code: 'not-http'; readonly detail: string }
  | { readonly code: 'has-password' }
  | { readonly code: 'platform'; readonly detail: string }
  | { readonly code: 'unlisted'; readonly detail: string };

export type Guarded =
  | { readonly ok: true; readonly target: SafeTarget }
  | { readonly ok: false; readonly problem: TargetProblem };

/** What the user allows beyond loopback and private addresses. */
export interface Permission {
  /** Hosts that the active profile names. */
  readonly hosts: readonly string[];
  /** `--yes`, or yes to the question. */
  readonly yes: boolean;
}

/** Checks a URL: http or https, no password, never the platform itself, and only where it is allowed to. */
export async function guardTarget(text: string, permission: Permission): Promise<Guarded> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const wrong = malformed(text, url);
  if (wrong || !url) return { ok: false, problem: wrong ?? { code: 'not-a-url', detail: text } };
  const host = hostOf(url);
  if (isPlatform(host)) return { ok: false, problem: { code: 'platform', detail: host } };
  if (permission.yes || permission.hosts.some((allowed) => listedHost(allowed) === host)) {
    return { ok: true, target: mint(url, false) };
  }
  if (await isNear(host)) return { ok: true, target: mint(url, true) };
  return { ok: false, problem: { code: 'unlisted', detail: host } };
}

/** Whether an address is loopback or of a private range (RFC 1918, RFC 4193). */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const family = isIP(mapped);
  return family !== 0 && near.check(mapped, family === 6 ? 'ipv6' : 'ipv4');
}

/** WeChat Pay's own hosts, which are never sent to. */
export function isPlatform(host: string): boolean {
  return PLATFORM.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** A host as it is compared: lower case, no trailing dot, no brackets. */
export function hostOf(url: URL): string {
  return url.hostname
    .toLowerCase()
    .replace(/\.+$/, '')
    .replace(/^\[|\]$/g, '');
}

/** A host as a profile may write it: with a port, a trailing dot, brackets, or as a whole URL. */
function listedHost(text: string): string | undefined {
  const bare = text.trim();
  const url = bare.includes('://')
    ? bare
    : `http://${bare.split(':').length > 2 && !bare.startsWith('[') ? `[${bare}]` : bare}`;
  return URL.canParse(url) ? hostOf(new URL(url)) : undefined;
}

const PLATFORM = [
  'weixin.qq.com',
  'wechatpay.cn',
  'wechatpay.com',
  'tenpay.com',
  'wechatpay.com.cn',
  'wxpay.com',
];

/** Names that no public host can have (RFC 2606, RFC 6761, RFC 6762, ICANN's `internal`). */
const RESERVED = /(^|\.)(localhost|invalid|test|example|local|internal|lan|home\.arpa)$/;

const near = new BlockList();
near.addSubnet('127.0.0.0', 8, 'ipv4');
near.addSubnet('10.0.0.0', 8, 'ipv4');
near.addSubnet('172.16.0.0', 12, 'ipv4');
near.addSubnet('192.168.0.0', 16, 'ipv4');
near.addAddress('0.0.0.0', 'ipv4');
near.addAddress('::1', 'ipv6');
near.addAddress('::', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');

function mint(url: URL, privateOnly: boolean): SafeTarget {
  return { url, privateOnly } as SafeTarget;
}

function malformed(text: string, url: URL | undefined): TargetProblem | undefined {
  if (!url || url.hostname === '') return { code: 'not-a-url', detail: text };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { code: 'not-http', detail: text };
  if (url.username !== '' || url.password !== '') return { code: 'has-password' };
  return undefined;
}

/** Loopback, private, or a name that leads there. A name that leads nowhere is near only when it cannot be public. */
async function isNear(host: string): Promise<boolean> {
  if (isIP(host) !== 0) return isPrivateAddress(host);
  try {
    const addresses = await lookup(host, { all: true });
    return addresses.length > 0 && addresses.every(({ address }) => isPrivateAddress(address));
  } catch {
    return RESERVED.test(host) || !host.includes('.');
  }
}
