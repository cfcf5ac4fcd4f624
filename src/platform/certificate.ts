/** An X.509 certificate of the stand-in platform: self-signed, and otherwise of the shape that the platform’s own have. */
import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import {
  BitString,
  Constructed,
  fromBER,
  GeneralizedTime,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  PrintableString,
  Sequence,
  Set as Asn1Set,
  UTCTime,
  Utf8String,
  type AsnType,
} from 'asn1js';

/** What a certificate says. */
export interface CertificateFacts {
  /** 40 digits of upper-case hex. */
  readonly serial: string;
  readonly from: Date;
  readonly to: Date;
}

const COUNTRY = '2.5.4.6';

/** The attributes that the platform’s subject has, in its order; nobody is to take it for the platform’s. */
const SUBJECT: readonly (readonly [oid: string, value: string])[] = [
  ['2.5.4.3', 'Tenpay.com sign (wxnotify stand-in)'], // CN
  ['2.5.4.10', 'wxnotify stand-in'], // O
  ['2.5.4.11', 'not WeChat Pay'], // OU
  [COUNTRY, 'CN'], // C
  ['2.5.4.7', 'ShenZhen'], // L
];

const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';

/** Digital signature, non-repudiation, key and data encipherment: the first four bits. */
const USAGE = new BitString({ valueHex: Uint8Array.of(0xf0), unusedBits: 4 });

/**
 * A certificate for a private key, as PEM.
 *
 * @see RFC 5280 §4.1
 */
export function makeCertificate(privateKey: KeyObject, facts: CertificateFacts): string {
  const toBeSigned = certificateBody(createPublicKey(privateKey), facts);
  const signature = sign('sha256', bytesOf(toBeSigned), privateKey);
  const certificate = new Sequence({
    value: [toBeSigned, algorithm(), new BitString({ valueHex: Uint8Array.from(signature) })],
  });
  const lines =
    bytesOf(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function certificateBody(publicKey: KeyObject, { serial, from, to }: CertificateFacts): Sequence {
  const version = new Integer({ value: 2 }); // v3
  return new Sequence({
    value: [
      tagged(0, version),
      new Integer({ valueHex: Uint8Array.from(Buffer.from(serial, 'hex')) }),
      algorithm(),
      name(),
      new Sequence({ value: [time(from), time(to)] }),
      name(),
      parsed(publicKey.export({ type: 'spki', format: 'der' })),
      tagged(3, new Sequence({ value: [notAnAuthority(), extension(KEY_USAGE, USAGE)] })),
    ],
  });
}

function algorithm(): Sequence {
  return new Sequence({ value: [new ObjectIdentifier({ value: SHA256_WITH_RSA }), new Null()] });
}

function name(): Sequence {
  const attributes = SUBJECT.map(([oid, value]) => {
    const text = oid === COUNTRY ? new PrintableString({ value }) : new Utf8String({ value });
    const attribute = new Sequence({ value: [new ObjectIdentifier({ value: oid }), text] });
    return new Asn1Set({ value: [attribute] });
  });
  return new Sequence({ value: attributes });
}

/** RFC 5280 §4.1.2.5: two digits for the year until 2049. */
function time(date: Date): AsnType {
  return date.getUTCFullYear() < 2050
    ? new UTCTime({ valueDate: date })
    : new GeneralizedTime({ valueDate: date });
}

function notAnAuthority(): Sequence {
  return extension(BASIC_CONSTRAINTS, new Sequence({ value: [] }));
}

function extension(oid: string, value: AsnType): Sequence {
  const content = new OctetString({ valueHex: Uint8Array.from(bytesOf(value)) });
  return new Sequence({ value: [new ObjectIdentifier({ value: oid }), content] });
}

function tagged(tagNumber: number, inner: AsnType): Constructed {
  return new Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [inner] });
}

function parsed(der: Buffer): AsnType {
  return fromBER(Uint8Array.from(der)).result;
}

function bytesOf(value: AsnType): Buffer {
  return Buffer.from(value.toBER());
}
