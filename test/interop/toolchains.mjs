/** What the receivers in one language have in common. */

const npmCi = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'];
export const node = {
  language: 'Node',
  lock: 'package-lock.json',
  needs: ['node', 'npm'],
  install: { fetch: [npmCi], build: [] },
  start: ['node', '--import', '../offline.mjs', 'receiver.mjs'],
};

export const java = {
  language: 'Java',
  lock: 'lockfile.json',
  needs: ['java', 'javac', 'mvn'],
  install: {
    fetch: [
      ['mvn', '-q', '-B', 'io.github.chains-project:maven-lockfile:validate', 'dependency:copy-dependencies'],
    ],
    build: [['javac', '-nowarn', '-d', 'target', '-cp', 'target/dependency/*', 'Receiver.java']],
  },
  start: [
    'java',
    '-XX:TieredStopAtLevel=1', // it lives for seconds
    '-Dsun.net.httpserver.nodelay=true', // without, each answer waits 40 ms
    '-Djdk.net.hosts.file=/dev/null', // no name resolves
    '-cp',
    'target:target/dependency/*',
    'Receiver',
  ],
};

export const go = {
  language: 'Go',
  lock: 'go.sum',
  needs: ['go'],
  install: {
    fetch: [['go', 'mod', 'download']],
    build: [['go', 'build', '-mod=readonly', '-o', 'target/receiver', '.']],
  },
  start: ['./target/receiver'],
};
