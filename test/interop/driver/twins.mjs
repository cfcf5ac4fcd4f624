/** The tampered twin of a scenario: each of its steps again, once for every way to tamper with it. */
import { stringify } from 'yaml';

const NOT_THE_KEY = '00000000000000000000000000000000';

/** What a forger would change: the first that the message has, and does not say already. */
const WORTH_FORGING = {
  result_code: 'SUCCESS',
  total_fee: '1',
  out_trade_no: 'SOMEBODYELSES',
  combine_out_trade_no: 'SOMEBODYELSES',
  plate_number: '粤B00000',
  product_id: 'CHEAPER',
  contract_id: '202601010000000000',
  event_id: 'EV-20260101000000000000000',
};

/** The ways to tamper with what is signed, encrypted or both. `of` gives the scenario's `tamper`. */
export const tamperings = [
  {
    name: 'sign: break',
    seal: 'signed',
    of: () => ({ sign: 'break' }),
    doc: 'the last digit of the signature is another one',
  },
  {
    name: 'sign: drop',
    seal: 'signed',
    of: () => ({ sign: 'drop' }),
    doc: 'there is no signature',
  },
  {
    name: 'change',
    seal: 'signed',
    of: (fields) => ({ change: forged(fields) }),
    doc: 'after signing, a failure becomes a success, an amount another one, or an order somebody else’s',
  },
  {
    name: 'key',
    seal: 'encrypted',
    of: () => ({ key: NOT_THE_KEY }),
    doc: 'it is encrypted with a key that is not the merchant’s',
  },
  {
    name: 'ciphertext: break',
    seal: 'encrypted',
    of: () => ({ ciphertext: 'break' }),
    doc: 'a bit of the last block is flipped',
  },
];

/** Each twin with the message it is of, and the scenario file that sends them all. */
export function twinsOf({ vars, steps }, messages) {
  const twins = messages.flatMap((message) =>
    tamperings.filter(({ seal }) => hasSeal(message, seal)).map(({ name, of }) => ({ name, of, message })),
  );
  const tampered = twins.map(({ name, of, message }) => ({
    ...steps[message.step - 1],
    name,
    times: 1,
    tamper: of(message.fields),
    expect: { acks: {} }, // any answer: it is judged here, and a flow stops at a step that fails
  }));
  return { twins, tampered: stringify({ ...(vars && { vars }), steps: tampered }) };
}

/** Some messages are both. */
function hasSeal({ signType, encrypted }, seal) {
  return seal === 'signed' ? signType !== undefined : encrypted;
}

function forged(fields) {
  const change = Object.entries(WORTH_FORGING).find(
    ([name, value]) => name in fields && fields[name] !== value,
  );
  if (!change) throw new Error(`nothing worth forging in ${Object.keys(fields).join(', ')}`);
  return Object.fromEntries([change]);
}
