// Bundles the command-line tool and the library into dist/, with their types and third-party notices.
// Everything is bundled so that a command reads two or three files instead of hundreds: start-up is a feature.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: { WXNOTIFY_VERSION: JSON.stringify(version) },
  // CommonJS dependencies ask for node's own modules through require.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
});
writeTypes();
writeNotices();

function writeTypes() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const flags = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--stripInternal'];
  const entry = ['--outDir', 'dist/types', '--rootDir', 'src'];
  const config = {
    extends: '../tsconfig.json',
    include: [],
    files: ['../src/index.ts', '../src/version.d.ts'],
  };
  const project = path.join(dist, 'tsconfig.json');
  writeFileSync(project, JSON.stringify(config));
  execFileSync(process.execPath, [tsc, '-p', project, ...flags, ...entry], { cwd: root, stdio: 'inherit' });
  rmSync(project);
}

/** The licences of what is inside the bundle, as those licences ask. */
function writeNotices() {
  const names = new Set();
  for (const file of Object.keys(metafile.inputs)) {
    const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file);
    if (match) names.add(match[1]);
  }
  const notices = [...names].sort().map(notice);
  writeFileSync(path.join(dist, 'THIRD-PARTY-NOTICES.txt'), notices.join('\n\n'));
}

function notice(name) {
  const folder = path.join(root, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const title = `${manifest.name} ${manifest.version} (${manifest.license})`;
  for (const file of ['LICENSE', 'LICENSE.md', 'license', 'LICENSE.txt', 'License']) {
    try {
      return `${title}\n${'='.repeat(title.length)}\n${readFileSync(path.join(folder, file), 'utf8').trim()}`;
    } catch {
      continue;
    }
  }
  return `${title}\n${'='.repeat(title.length)}\nLicence: ${manifest.license}; the package carries no licence text.`;
}
