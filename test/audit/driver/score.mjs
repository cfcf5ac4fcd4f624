/** Prints what came of each subject as it comes, and the score at the end. */

/**
 * @param {{ ci?: boolean }} [options] `ci`: what cannot be tried fails
 * @returns {{ add: (trial: import('./trial.mjs').Trial) => void, skip: (subject: object, missing: string[]) => void, finish: () => 0 | 1 }}
 */
export function createScore({ ci = false } = {}) {
  const trials = [];
  const add = (trial) => {
    trials.push(trial);
    console.log(lines(trial).join('\n'));
  };
  return {
    add,
    /** Its toolchain is not there. */
    skip(subject, missing) {
      const why = `${missing.join(', ')} is not there`;
      if (ci) add({ subject, wrong: [why], others: [] });
      else console.log(`skipped ${subject.name}: ${why}`);
    },
    finish() {
      console.log(
        ['', ...table(trials), `${passed(trials)} passed, ${trials.length - passed(trials)} failed`].join(
          '\n',
        ),
      );
      return passed(trials) === trials.length ? 0 : 1;
    },
  };
}

function table(trials) {
  const isSdk = ({ subject: { name } }) => name.startsWith('sdk/');
  const kinds = [
    ['correct merchants', (trial) => !isSdk(trial) && !trial.subject.caughtBy],
    ['mutants', (trial) => !isSdk(trial) && trial.subject.caughtBy],
    ['receivers on SDKs', isSdk],
  ];
  return kinds.flatMap(([kind, isOf]) => {
    const ofKind = trials.filter(isOf);
    return ofKind.length === 0
      ? []
      : [`${kind.padEnd(18)} ${passed(ofKind)} of ${ofKind.length} judged rightly`];
  });
}

function passed(trials) {
  return trials.filter(({ wrong }) => wrong.length === 0).length;
}

function lines({ subject: { name, about, caughtBy, finds = {} }, wrong, others }) {
  const mark = wrong.length === 0 ? 'ok    ' : 'FAILED';
  const by = caughtBy ?? Object.keys(finds);
  const also = others.length > 0 ? `; also ${others.join(', ')}` : '';
  const first = `${mark} ${name}${by.length > 0 ? ` [${by.join(', ')}]` : ''}${also}`;
  return wrong.length === 0 ? [first] : [first, ...[about, ...wrong].map((text) => `       ${text}`)];
}
