/** Answers that something in front of the operation gives, with no regard to what Accept asks for. */

import type { Answer, Headers } from './behaviour.js';
import { problem } from './problems.js';

export const html = (status: number, sentence: string, headers: Headers = {}): Answer => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
  body: Buffer.from(`<!doctype html><title>${status}</title><p>${sentence}</p>`),
});

export const text = (status: number, sentence: string, headers: Headers = {}): Answer => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers },
  body: Buffer.from(sentence),
});

export const empty = (status: number, headers: Headers = {}): Answer => ({
  status,
  headers,
  body: Buffer.alloc(0),
});

export const json = (status: number, value: unknown, headers: Headers = {}): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
  body: Buffer.from(JSON.stringify(value)),
});

export const problemAnswer = (status: number, detail: string, headers: Headers = {}): Answer =>
  json(status, problem(status, detail), headers);
