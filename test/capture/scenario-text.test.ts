/** Property: whatever was captured, the scenario that is written of it builds to the same fields. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scenarioText } from '../../src/capture/scenario-text.ts';
import { scalar } from '../../src/capture/yaml-scalar.ts';
import { kinds } from '../../src/protocol/kinds.gen.ts';
import { allRows, type Overrides } from '../../src/protocol/notification.ts';
import { unwritable } from '../../src/protocol/v2/write-xml.ts';
import { credentialsFor } from '../support/credentials.ts';
import { prepare } from '../../src/run/prepare/prepare.ts';
import { seededSource } from '../../src/run/source.ts';
import { readScenario } from '../../src/scenario/check/validate.ts';
import { parseYaml } from '../../src/scenario/yaml/yaml.ts';
import { build, md5, type KindName } from '../protocol/setup.ts';

const value = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.constantFrom('${out_trade_no}', '$${x}', '~', 'null', 'yes', '0012', '1e3', '1.0', '- a', 'a: b', 'a #b', "it's", '"', '\n', '\t', ' ', '\u2028', '\uFEFF', '\u0085', '*x', '&x', '!x', '%x', '@x', '`x'), // prettier-ignore
  )
  .filter((text) => unwritable(text) === undefined);

function overridesOf(kind: KindName): fc.Arbitrary<Overrides> {
  const { envelope, names_algorithm } = kinds[kind];
  const names = allRows(kinds[kind])
    .map(({ name }) => name.replace('$n', '0'))
    .filter((name) => ![names_algorithm, envelope?.into, 'event_nonce'].includes(name));
  return fc.dictionary(fc.constantFrom(...names, 'unheard_of'), fc.option(value), {
    maxKeys: 8,
    noNullPrototype: true,
  });
}

describe('a captured notification, imported and built again', () => {
  test.each(Object.keys(kinds) as KindName[])('%s', (id) => {
    fc.assert(
      fc.property(
        overridesOf(id),
        fc.string(),
        fc.constantFrom('MD5' as const, 'HMAC-SHA256' as const),
        (overrides, seed, type) => {
          const kind = kinds[id];
          const sign_type = kind.seal === 'encrypted' ? undefined : (kind.sign_type ?? type);
          const { fields } = build(id, overrides, { seed, ...(sign_type && { sign_type }) });
          const builder = { merchant: md5, source: seededSource('import') };
          const yaml = scenarioText({ kind, fields, sign_type, remarks: ['a # remark'] }, builder);
          const scenario = readScenario(yaml, 'a.yaml', 'a');
          if (!scenario.ok) throw new Error(JSON.stringify(scenario.problems));
          const again = prepare({
            scenario: scenario.value,
            credentials: credentialsFor(md5),
            secrets: new Set(),
            seed: 'another',
            env: {},
            targetFor: () => undefined,
            overriding: { set: {} },
          });
          if (!again.ok) throw new Error(JSON.stringify(again.problems));
          const [step] = again.value.steps.filter(({ does }) => does === 'notify');
          if (step?.does !== 'notify') throw new Error('no notification');
          expect(step.notification.fields).toEqual(fields);
          if (sign_type) expect(step.request.signing?.type).toBe(sign_type);
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('every text is read as itself', () => {
  fc.assert(
    fc.property(value, (text) => {
      const yaml = parseYaml(`a: ${scalar(text)} # comment\n`, 'a.yaml');
      expect(yaml.ok && yaml.value.value).toEqual({ a: text });
    }),
    { numRuns: 1000 },
  );
});
