/** An exception of the HTTP client → why no answer came. */
import type { Cause } from './request.ts';

/** Reads the error's code; its text is only ever shown. */
export function causeOf(error: unknown, aborted: boolean): { cause: Cause; detail: string } {
  if (aborted) return { cause: 'aborted', detail: 'interrupted' };
  const root = rootOf(error);
  const code = codeOf(root);
  const message = messageOf(root);
  return {
    cause: byCode(code),
    detail: code === '' || message.includes(code) ? message : `${message} (${code})`,
  };
}

/** OpenSSL's messages are whole traces, with the reason in a property of its own. */
function messageOf(error: unknown): string {
  const reason = (error as { reason?: unknown } | null | undefined)?.reason;
  if (typeof reason === 'string' && reason !== '') return reason;
  return error instanceof Error ? error.message : String(error);
}

const CAUSES: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EMFILE: 'unreachable',
  ENFILE: 'unreachable',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  HOSTNAME_MISMATCH: 'tls',
};

/** Whether it is this machine that has no more connections to give. */
export function isLocal(error: unknown): boolean {
  return ['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS'].includes(codeOf(rootOf(error)));
}

function byCode(code: string): Cause {
  const known = CAUSES[code];
  if (known) return known;
  return /^(ERR_TLS|ERR_SSL|CERT_|ERR_OSSL|CRL_)/.test(code) ? 'tls' : 'protocol';
}

/** The innermost error that has a code: clients wrap the system's. */
function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (!(error instanceof Error) || error.cause === undefined) return error;
  const root = rootOf(error.cause);
  return codeOf(root) === '' ? error : root;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
