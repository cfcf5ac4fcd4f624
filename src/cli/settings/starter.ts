/** The files that `init` writes: a beginning that works, with what to do next in its comments. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../scenario/problem.ts';
import { schemaComment, writeSchema } from '../authoring/schema-file.ts';
import type { Cli } from '../context.ts';
import { inFull } from './url.ts';
import { CONFIG_NAME } from './config-file.ts';

/** Empty texts mean: not given. */
export interface Answers {
  readonly target: string;
  readonly appid: string;
  readonly mch_id: string;
  readonly key_env: string;
  readonly key_file: string;
}

export const defaultAnswers: Answers = {
  target: 'http://127.0.0.1:8080/notify',
  appid: '',
  mch_id: '',
  key_env: 'WXNOTIFY_API_KEY',
  key_file: '',
};

/** Name and content of each file. */
export function starterFiles(answers: Answers): ReadonlyMap<string, string> {
  return new Map([
    [CONFIG_NAME, configText(answers)],
    ['.env.example', envText(answers)],
    [FIRST_FILE, schemaComment('.', FIRST_FILE) + FIRST],
  ]);
}

export interface Written {
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

/** Which of the files are there already, as a problem: nothing is overwritten unasked. */
export function alreadyThere(folder: string): readonly Problem[] {
  const there = [...starterFiles(defaultAnswers).keys()].filter((name) =>
    existsSync(path.join(folder, name)),
  );
  return there.length > 0 ? [taken(there)] : [];
}

/** What is wrong with what was answered; `key` is the API key in force, which must not get into a file. */
export function wrongAnswers(answers: Answers, key: string | undefined): readonly Problem[] {
  const { target, key_env } = answers;
  const secret = Object.values(answers).some((text: string) => looksSecret(text, key));
  if (secret)
    return [
      wrong(
        'that looks like the API key itself',
        'It is never written into a file here. Give the name of a variable or file that holds it.',
      ),
    ];
  if (!/^https?:\/\/./.test(target) || !URL.canParse(target)) {
    return [wrong(`the target ${JSON.stringify(target)} is no http or https URL`, inFull(target))];
  }
  if (!/^[A-Za-z_]\w*$/.test(key_env)) {
    return [
      wrong(
        `${JSON.stringify(key_env)} cannot be the name of a variable`,
        'Use letters, digits and `_`, as WXNOTIFY_API_KEY.',
      ),
    ];
  }
  return [];
}

/** What looks odd and is written all the same. */
export function oddAnswers({ appid, mch_id }: Answers): readonly Problem[] {
  const odd: Problem[] = [];
  if (!/^(wx[0-9a-z]{16})?$/.test(appid)) {
    odd.push(
      wrong(
        `${JSON.stringify(appid)} does not look like an appid`,
        'wx and 16 lower-case letters or digits.',
      ),
    );
  }
  if (!/^(\d{8,10})?$/.test(mch_id)) {
    odd.push(
      wrong(`${JSON.stringify(mch_id)} does not look like a merchant number`, 'It has 8 to 10 digits.'),
    );
  }
  return odd;
}

/** A v2 API key is 32 letters and digits; what is in force may be another. */
function looksSecret(text: string, key: string | undefined): boolean {
  return (
    /(?<![0-9A-Za-z])[0-9A-Za-z]{32}(?![0-9A-Za-z])/.test(text) ||
    (key !== undefined && key !== '' && text.includes(key))
  );
}

function wrong(message: string, fix: string): Problem {
  return { code: 'bad-value', message, fix };
}

/** Writes all of the files, and the schema that the scenario names. */
export function writeStarter(
  { cwd, home }: Pick<Cli, 'cwd' | 'home'>,
  files: ReadonlyMap<string, string>,
): Written {
  try {
    for (const [name, content] of files) {
      const file = path.join(cwd, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    return { names: [...files.keys(), ...writeSchema(home, cwd)], problems: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const fix = 'Check the permissions of this folder.';
    return { names: [], problems: [{ code: 'unreadable', message: `cannot write here: ${reason}`, fix }] };
  }
}

function taken(names: readonly string[]): Problem {
  const message = `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} already here, and nothing was written`;
  return { code: 'unreadable', message, fix: 'Move them away, or overwrite them with --force.' };
}

function configText({ target, appid, mch_id, key_env, key_file }: Answers): string {
  const value = (given: string, variable: string): string =>
    given === '' ? `\${env.${variable}}` : JSON.stringify(given);
  const key = key_file === '' ? `api_key: \${env.${key_env}}` : `api_key_file: ${JSON.stringify(key_file)}`;
  return `# Targets and merchants for wxnotify. Safe to commit: the key is only referred to.
profile: local
profiles:
  local:
    target: ${JSON.stringify(target)}
    appid: ${value(appid, 'WXNOTIFY_APPID')}
    mch_id: ${value(mch_id, 'WXNOTIFY_MCH_ID')}
    ${key}
  # staging:
  #   target: https://staging.example.com/wechat/notify   # a profile's own hosts need no --yes
  #   targets: { v2/refund: https://staging.example.com/wechat/refund-notify }
  #   appid: \${env.WXNOTIFY_APPID}
  #   mch_id: \${env.WXNOTIFY_MCH_ID}
  #   ${key}
# How \`wxnotify audit\` places an order and looks at it:
# audit:
#   create_order:
#     call: POST \${target.origin}/orders
#     json: { amount: "\${amount}" }          # in fen
#     capture: { out_trade_no: $.id }
#   order_state:
#     call: GET \${target.origin}/orders/\${out_trade_no}
#     capture: { paid_count: $.paid_count, status: $.status }
`;
}

function envText({ appid, mch_id, key_env, key_file }: Answers): string {
  const lines = [
    '# Copy to .env, fill in, and keep .env out of version control.',
    ...(appid === '' ? ['WXNOTIFY_APPID='] : []),
    ...(mch_id === '' ? ['WXNOTIFY_MCH_ID='] : []),
    ...(key_file === ''
      ? [
          `# The API key (API v2), 32 characters: merchant console > account center > API security\n${key_env}=`,
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

const FIRST_FILE = path.join('scenarios', 'first.yaml');

const FIRST = `# A first scenario. Send it with: wxnotify send first
summary: A payment of 1.00 CNY is acknowledged
tags: [smoke]
notify: v2/payment
fields:
  total_fee: 100 # fen
  # out_trade_no: "A1001"   # an order that your server knows; generated when left out
expect:
  ack: SUCCESS
  within: 5s
`;
