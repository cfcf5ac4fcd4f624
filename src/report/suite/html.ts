/** One page that has everything: to attach to a build, and to open without network. */
import { createCollector } from '../html/collect.ts';
import { page } from '../html/page.ts';
import type { Reporter } from './reporter.ts';

/** A page for people. */
export const htmlReporter: Reporter = {
  name: 'html',
  summary: 'a page for people, in one file: pictures, and each failure with its request and answer',
  document: true,
  create: (options) => {
    const collect = createCollector();
    return (event) => {
      const suite = collect(event);
      return suite === null ? '' : page(suite, options);
    };
  },
};
