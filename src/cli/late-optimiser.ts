/**
 * For what sends: undici parses answers with WebAssembly, whose largest function V8 optimises after the very first answer,
 * which takes 35 MiB, and more time than sending did. A load gets there after some hundred answers instead, and is as fast.
 */
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--wasm-tiering-budget=2000000000');
