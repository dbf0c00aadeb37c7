/** Live progress: one line that updates on a terminal, plain lines now and then in a log. */

import ora from 'ora';
import type { Progress } from '../judge/progress.js';
import { counted, cut } from '../reports/plain-text.js';

export interface ProgressLine {
  tell(progress: Progress): void;
  /** Takes the line away; calling it again does nothing. */
  end(): void;
}

const BETWEEN_LINES_MS = 2000;
const BETWEEN_UPDATES_MS = 80;
/** The spinner and the space behind it. */
const SPINNER_WIDTH = 3;

export function progressOn(stream: NodeJS.WriteStream): ProgressLine {
  const canUpdate = stream.isTTY && process.env['TERM'] !== 'dumb' && !process.env['CI'];
  return canUpdate ? updatingLine(stream) : plainLines(stream);
}

function inWords({ stage, casesDone, cases, exchanges, sessions, broken, secondsLeft }: Progress): string {
  const parts = [
    `${casesDone} of ${counted(cases, 'case')}`,
    counted(exchanges, 'exchange'),
    counted(sessions, 'session'),
    broken.length === 0 ? 'nothing broken so far' : `${counted(broken.length, 'requirement')} broken`,
    ...(secondsLeft === null ? [] : [`about ${durationInWords(secondsLeft)} left`]),
  ];
  return `${stage}: ${parts.join(', ')}`;
}

function durationInWords(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds / 5) * 5} s` : `${Math.ceil(seconds / 60)} min`;
}

function updatingLine(stream: NodeJS.WriteStream): ProgressLine {
  const spinner = ora({ stream, discardStdin: false, text: 'starting' }).start();
  let last = 0;
  return {
    tell(progress) {
      if (performance.now() - last < BETWEEN_UPDATES_MS) return;
      last = performance.now();
      spinner.text = cut(inWords(progress), stream.columns - SPINNER_WIDTH);
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
