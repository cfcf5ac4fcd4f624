/**
 * Random inputs on which wxnotify and another implementation must agree: `node test/interop/agreement.mjs`, after the
 * receiver node-wechatpay-axios-plugin is installed. Its SDK is the one that the known vectors come from.
 */
import { deepStrictEqual as equal } from 'node:assert';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { folderOf, packageFolder } from './driver/places.mjs';

/** The receiver whose SDK is asked. */
export const PARTNER = 'node-wechatpay-axios-plugin';
/** Random inputs for each property. */
export const RUNS = 5000;

const algorithm = fc.constantFrom('MD5', 'HMAC-SHA256');
const key = fc.string({ unit: fc.constantFrom(...'ABCXYZabcxyz0189'), minLength: 32, maxLength: 32 });
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/).filter((text) => !/^sign(_type)?$/.test(text));
/** What XML can carry. The SDK trims values, writes `]]>` as it is, and reads a carriage return as XML demands. */
const value = fc
  .string({ unit: 'binary', maxLength: 40 })
  .map((text) => text.replace(/[\0-\x08\x0B-\x1F\uFFFE\uFFFF]|\]\]>/g, '').trim());
const amount = fc.integer({ min: 1, max: 10 ** 9 }).map(String);
const merchant = fc.record({
  appid: fc.constant('wx2421b1c4370ec43b'),
  mch_id: fc.constant('10000100'),
  api_key: key,
  sign_type: algorithm,
});
/** Never all empty, on which they differ: no message is. */
const fields = fc
  .dictionary(name, value, { noNullPrototype: true })
  .map((some) => ({ ...some, nonce_str: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS' }));
const refundFields = fc.record({
  refund_recv_accout: value.filter((text) => text !== ''),
  out_trade_no: value.filter((text) => text !== ''),
  total_fee: amount,
  refund_fee: amount,
});
const seed = fc.string();

/**
 * What they agree on.
 *
 * @param ours the library face of wxnotify
 * @param sdk `wechatpay-axios-plugin`
 */
export const properties = [
  {
    doc: 'the MD5 and the HMAC-SHA256 signature of any fields are the same',
    of: ({ signV2 }, { Hash }) =>
      fc.property(fields, key, algorithm, (signed, secret, type) =>
        equal(signV2(signed, secret, type), Hash.sign(type, signed, secret)),
      ),
  },
  {
    doc: 'a payment that wxnotify builds has the signature that the SDK calculates from the XML',
    of: ({ buildNotification }, { Hash, Transformer }) =>
      fc.property(merchant, value, seed, (owner, attach, from) => {
        const { body } = buildNotification('v2/payment', { merchant: owner, fields: { attach }, seed: from });
        const parsed = Transformer.toObject(body);
        equal(parsed.sign, Hash.sign(owner.sign_type, parsed, owner.api_key));
      }),
  },
  {
    doc: 'what the SDK signs and writes as XML, wxnotify verifies, and reads with the same values',
    of: ({ verifyV2 }, { Hash, Transformer }) =>
      fc.property(merchant, fields, (owner, more) => {
        const { appid, mch_id, api_key, sign_type } = owner;
        const plain = { ...more, return_code: 'SUCCESS', appid, mch_id };
        const signed = { ...plain, sign: Hash.sign(sign_type, plain, api_key) };
        const { checks, fields: read } = verifyV2(Transformer.toXml(signed), owner);
        equal(failures(checks), []);
        equal(read, signed);
      }),
  },
  {
    doc: 'a refund that wxnotify encrypts, the SDK opens, with the same values, and encrypts to the same bytes',
    of: ({ buildNotification }, { Aes, Hash, Transformer }) =>
      fc.property(merchant, refundFields, seed, (owner, given, from) => {
        const built = buildNotification('v2/refund', { merchant: owner, fields: given, seed: from });
        const { req_info, ...outer } = Transformer.toObject(built.body);
        const plaintext = Aes.AesEcb.decrypt(req_info, Hash.md5(owner.api_key));
        equal({ ...outer, ...Transformer.toObject(plaintext) }, built.fields);
        // The SDK leaves whole blocks unpadded (lib/aes.js:31), which nobody else could open.
        if (Buffer.byteLength(plaintext) % 16 !== 0)
          equal(Aes.AesEcb.encrypt(plaintext, Hash.md5(owner.api_key)), req_info);
      }),
  },
  {
    doc: 'a refund that the SDK encrypts, wxnotify opens, with the same values',
    of: ({ verifyV2 }, { Aes, Hash, Transformer }) =>
      fc.property(merchant, refundFields, (owner, given) => {
        const { appid, mch_id, api_key } = owner;
        const outer = { return_code: 'SUCCESS', appid, mch_id };
        const plaintext = padded(Transformer.toXml(given).replaceAll(/^<xml>|<\/xml>$/g, rootTag));
        const req_info = Aes.AesEcb.encrypt(plaintext, Hash.md5(api_key));
        const { ok, fields: read } = verifyV2(Transformer.toXml({ ...outer, req_info }), owner);
        equal({ ok, read }, { ok: true, read: { ...outer, ...given } });
      }),
  },
];

/** Tries every property. Returns those that do not hold, with the input that shows it. */
export async function disagreements() {
  const ours = await import(pathToFileURL(path.join(packageFolder, 'dist/index.js')).href);
  const entry = path.join(folderOf({ name: PARTNER }), 'node_modules/wechatpay-axios-plugin/index.js');
  const { default: sdk } = await import(pathToFileURL(entry).href);
  return properties.flatMap(({ doc, of }) => {
    const details = fc.check(of(ours, sdk), { numRuns: RUNS });
    return details.failed
      ? [`it is not so that ${doc}:\n${fc.defaultReportMessage(details)}\n${details.errorInstance}`]
      : [];
  });
}

function failures(checks) {
  return checks.filter(({ ok }) => !ok).map(({ saw }) => saw);
}

/** The SDK writes `<xml>`; what is encrypted is a `<root>`. */
function rootTag(tag) {
  return tag.replace('xml', 'root');
}

/** The SDK pads all but whole blocks. */
function padded(text) {
  return Buffer.byteLength(text) % 16 === 0 ? `${text}\n` : text;
}

if (process.argv[1] === import.meta.filename) {
  const wrong = await disagreements();
  console.log(
    wrong.length === 0 ? `${properties.length} properties, ${RUNS} inputs each: agreed` : wrong.join('\n\n'),
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
