import { describe, expect, it } from 'vitest';
import { Measuring } from './measuring.js';

const answered = (status: number, durationMs: number, startedAt = 0) => ({
  operation: 'cancel' as const,
  response: { status, headers: [], body: new Uint8Array(), undecoded: [] },
  startedAt,
  durationMs,
});

describe('measuring', () => {
  it('tells response times by operation and status', () => {
    const measuring = new Measuring(0);
    for (let i = 1; i <= 100; i += 1) measuring.note(answered(200, i));
    measuring.note(answered(400, 7));
    measuring.note({ operation: 'details', response: null, startedAt: 0, durationMs: 1000 });
    const { responseTimes } = measuring.told();
    expect(responseTimes.map(({ operation, status, count }) => [operation, status, count])).toEqual([
      ['cancel', 200, 100],
      ['cancel', 400, 1],
      ['details', null, 1],
    ]);
    const [first] = responseTimes;
    expect(first).toMatchObject({ minMs: 1, maxMs: 100 });
    expect(first?.medianMs).toBeCloseTo(50, -1);
    expect(first?.p95Ms).toBeCloseTo(95, -1);
    expect(first?.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(100);
  });

  it('tells of one exchange nothing but what it took', () => {
    const measuring = new Measuring(0);
    measuring.note(answered(200, 3.3333));
    expect(measuring.told().responseTimes[0]).toMatchObject({
      minMs: 3.333,
      medianMs: 3.333,
      p95Ms: 3.333,
      maxMs: 3.333,
    });
  });

  it('keeps few bins however long a run takes, and loses no exchange', () => {
    const measuring = new Measuring(1000);
    for (let i = 0; i < 5000; i += 1) measuring.note(answered(i % 10 === 0 ? 429 : 200, 1, 1000 + i * 97));
    measuring.note(answered(200, 200_000, 1000));
    const { course, responseTimes } = measuring.told();
    expect(course.bins.length).toBeLessThanOrEqual(120);
    expect(course.bins.reduce((sum, { exchanges }) => sum + exchanges, 0)).toBe(5001);
    expect(course.bins.reduce((sum, { throttled }) => sum + throttled, 0)).toBe(500);
    expect(responseTimes.find(({ status }) => status === 200)?.histogram.at(-1)).toEqual({
      upToMs: null,
      count: 1,
    });
  });
});
