/** Live progress: one line that updates on a terminal, plain lines now and then in a log. */

import ora from 'ora';
import type { Progress } from '../judge/judge.js';

export interface ProgressLine {
  tell(progress: Progress): void;
  /** Takes the line away; calling it again does nothing. */
  end(): void;
}

const BETWEEN_LINES_MS = 2000;
const BETWEEN_UPDATES_MS = 80;

export function progressOn(stream: NodeJS.WriteStream): ProgressLine {
  return stream.isTTY ? updatingLine(stream) : plainLines(stream);
}

function inWords({ stage, casesDone, cases, exchanges, sessions, broken }: Progress): string {
  const findings = broken === 0 ? 'nothing broken yet' : `${broken} requirements broken`;
  return `${stage}: ${casesDone} of ${cases} cases, ${exchanges} exchanges, ${sessions} sessions, ${findings}`;
}

function updatingLine(stream: NodeJS.WriteStream): ProgressLine {
  const spinner = ora({ stream, discardStdin: false, text: 'starting' }).start();
  let last = 0;
  return {
    tell(progress) {
      if (performance.now() - last < BETWEEN_UPDATES_MS) return;
      last = performance.now();
      spinner.text = inWords(progress);
    },
    end: () => void spinner.stop(),
  };
}

function plainLines(stream: NodeJS.WriteStream): ProgressLine {
  let last = performance.now();
  let stage = '';
  return {
    tell(progress) {
      const now = performance.now();
      if (progress.stage === stage && now - last < BETWEEN_LINES_MS) return;
      last = now;
      stage = progress.stage;
      stream.write(`${inWords(progress)}\n`);
    },
    end: () => {},
  };
}
