/** What is wrong with the headers that carry the signature. */
import type { Explained, Found } from '../../explain/mistake.ts';
import { PROBE } from '../damage/signature.ts';
import { SIGN_TYPE } from '../sign.ts';

type Headers = readonly (readonly [name: string, value: string])[];

const NEEDED = ['Wechatpay-Timestamp', 'Wechatpay-Nonce', 'Wechatpay-Serial', 'Wechatpay-Signature'];

/** Headers that are missing, empty, there twice, or say what the platform does not. */
export function explainHeaders(headers: Headers): readonly Explained[] {
  const all = (name: string): readonly string[] =>
    headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  const missing = NEEDED.filter((name) => all(name).every((value) => value === ''));
  const twice = NEEDED.filter((name) => all(name).length > 1);
  const type = all('Wechatpay-Signature-Type').find((value) => value !== SIGN_TYPE);
  const signature = all('Wechatpay-Signature')[0] ?? '';
  return [
    ...(missing.length === 0 ? [] : [{ ...MISSING, detail: missing.join(', ') }]),
    ...(twice.length === 0 ? [] : [{ ...TWICE, detail: twice.join(', ') }]),
    ...(type === undefined ? [] : [{ ...OTHER_TYPE, detail: type }]),
    ...(signature.startsWith(PROBE) ? [IS_PROBE] : []),
  ].map((found) => [found]);
}

const MISSING = {
  code: 'header-missing',
  title: 'Headers of the signature are not there',
  fix: 'Without them nobody vouches for it: refuse it. If only the capture lacks them, give them: --header "Wechatpay-Nonce: …", and so on.',
};

const TWICE = {
  code: 'header-repeated',
  title: 'A header is there more than once',
  fix: 'The platform never sends that: a proxy has added one, or somebody tries which of them is read. Refuse it.',
};

const OTHER_TYPE = {
  code: 'unknown-algorithm',
  title: 'The message names another algorithm',
  fix: `There is only ${SIGN_TYPE}; the sender must not choose. Merchants of the SM2 variant need other keys.`,
};

const IS_PROBE: Found = {
  code: 'probe',
  title: 'It is a probe of the platform, whose signature is wrong on purpose',
  fix: 'Refuse it: the platform sends WECHATPAY/SIGNTEST/… now and then to see who verifies. It is no fault of yours.',
  detail: '',
};
