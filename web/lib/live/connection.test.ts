import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backoffMs, Connection, type ConnectionStatus } from './connection.ts';

/** A socket that says what a test has it say. */
class Line {
  static readonly OPEN = 1;
  static lines: Line[] = [];
  readyState = 0;
  readonly sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;

  constructor() {
    Line.lines.push(this);
  }
  open(): void {
    this.readyState = Line.OPEN;
    this.onopen?.();
  }
  hear(data: string): void {
    this.onmessage?.({ data });
  }
  lose(code: number, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.readyState = 3;
  }
}

function latest(): Line {
  const line = Line.lines.at(-1);
  if (!line) throw new Error('no line was opened');
  return line;
}

let statuses: ConnectionStatus[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  Line.lines = [];
  statuses = [];
  vi.stubGlobal('WebSocket', Line);
  vi.stubGlobal('addEventListener', vi.fn());
  vi.stubGlobal('removeEventListener', vi.fn());
  vi.stubGlobal('document', {
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
    visibilityState: 'visible',
  });
  new Connection({
    url: 'https://workspace.example/ws',
    protocols: () => [],
    hello: () => ({ type: 'hello' }),
    onFrame: () => undefined,
    onStatus: (status) => statuses.push(status),
  }).connect();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('[DC11] a line that answers no ping is dead after 33 seconds, and is replaced', () => {
  latest().open();
  vi.advanceTimersByTime(25_000);
  expect(latest().sent.at(-1)).toBe('ping');
  vi.advanceTimersByTime(7_999);
  expect(Line.lines).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(statuses.at(-1)).toBe('waiting');
  vi.advanceTimersByTime(2_000);
  expect(Line.lines).toHaveLength(2);
});

test('[DC11] pings keep their pace while other frames come, and any frame answers one', () => {
  latest().open();
  for (let second = 0; second < 300; second += 1) {
    vi.advanceTimersByTime(1_000);
    latest().hear('{"type":"events"}');
  }
  expect(Line.lines).toHaveLength(1);
  expect(latest().sent.filter((text) => text === 'ping').length).toBeGreaterThanOrEqual(10);
});

test('[DC11] a line that never opens is given up', () => {
  vi.advanceTimersByTime(15_000 + 2_000);
  expect(Line.lines).toHaveLength(2);
});

test('[DC11] a server that accepts and drops is asked less and less often', () => {
  const pauses = [2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
  for (const [index, pause] of pauses.entries()) {
    latest().open();
    latest().lose(1006);
    vi.advanceTimersByTime(pause - 1);
    expect(Line.lines).toHaveLength(index + 1);
    vi.advanceTimersByTime(1);
    expect(Line.lines).toHaveLength(index + 2);
  }
});

test('[DC11] a code that reconnecting cannot mend ends it', () => {
  latest().open();
  latest().lose(4403);
  vi.advanceTimersByTime(120_000);
  expect(statuses.at(-1)).toBe('ended');
  expect(Line.lines).toHaveLength(1);
});

test('[DC11] those who dropped together come back spread over the whole pause', () => {
  vi.restoreAllMocks();
  const delays = Array.from({ length: 5_000 }, () => backoffMs(2));
  const perSecond = Array.from(
    { length: 8 },
    (_, second) => delays.filter((delay) => Math.floor(delay / 1_000) === second).length,
  );
  expect(Math.max(...perSecond)).toBeLessThan(800);
  expect(Math.min(...perSecond)).toBeGreaterThan(450);
});

test('[RL9] a client that is told to wait comes back no sooner, whatever happens', () => {
  latest().open();
  latest().lose(4429, 'busy 10');
  expect(statuses.at(-1)).toBe('waiting');
  const [, wake] = vi.mocked(addEventListener).mock.calls.find(([type]) => type === 'online') ?? [];
  if (typeof wake === 'function') wake(new Event('online'));
  vi.advanceTimersByTime(9_999);
  expect(Line.lines).toHaveLength(1);
  vi.advanceTimersByTime(5_001); // Up to half as long again, here all of it.
  expect(Line.lines).toHaveLength(2);
});

test('[RL9] without a number it waits ten seconds', () => {
  latest().open();
  latest().lose(4429);
  vi.advanceTimersByTime(9_999);
  expect(Line.lines).toHaveLength(1);
  vi.advanceTimersByTime(5_001);
  expect(Line.lines).toHaveLength(2);
});
