#!/usr/bin/env node
import module from 'node:module';

module.enableCompileCache?.();
const { main } = await import('../dist/cli.js');
const interrupted = () => (process.exitCode = 130); // all ended before main did: Ctrl-D at a question
process.once('beforeExit', interrupted);
process.exitCode = await main(process.argv.slice(2), process, process.env);
process.off('beforeExit', interrupted);
