/** What all receivers in Node have in common. */
const npmCi = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'];
export const node = {
  language: 'Node',
  lock: 'package-lock.json',
  needs: ['node', 'npm'],
  install: { fetch: [npmCi], build: [] },
  start: ['node', '--import', '../offline.mjs', 'receiver.mjs'],
};
