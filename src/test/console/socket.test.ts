import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSocket, type Message } from '../../main/console/api/socket.ts';

class FakeSocket {
  readyState = 0;
  readonly sent: string[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly after: string | undefined;

  constructor(after: string | undefined) {
    this.after = after;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed = true;
  }

  opens(): this {
    this.readyState = 1;
    this.onopen?.();
    return this;
  }

  says(message: object): this {
    this.onmessage?.({ data: JSON.stringify(message) });
    return this;
  }
}

(globalThis as Record<string, unknown>)['WebSocket'] ??= { OPEN: 1 };

function world() {
  const sockets: FakeSocket[] = [];
  const heard: Message[] = [];
  const lives: boolean[] = [];
  let refusals = 0;
  let now = 0;
  let task: { at: number; run: () => void } | undefined;
  const socket = new EventSocket(
    {
      open: after => {
        const made = new FakeSocket(after);
        sockets.push(made);
        return made as unknown as WebSocket;
      },
      now: () => now,
      later: (millis, run) => {
        const mine = { at: now + millis, run };
        task = mine;
        return () => {
          task = task === mine ? undefined : task;
        };
      },
      random: () => 1,
    },
    {
      message: message => heard.push(message),
      live: live => lives.push(live),
      refused: () => (refusals += 1),
    },
  );
  const passes = (millis: number): void => {
    const until = now + millis;
    while (task !== undefined && task.at <= until) {
      now = task.at;
      const { run } = task;
      task = undefined;
      run();
    }
    now = until;
  };
  return { socket, sockets, heard, lives, passes, last: () => sockets.at(-1)!, refusals: () => refusals };
}

const EVENT = { id: 1, type: 'call.ended', subject: 'call:1', at: '', data: {}, cursor: 'c1' };

test('it continues after the last message', () => {
  const { last, passes, sockets } = world();
  last().opens().says(EVENT);
  last().onclose?.({ code: 1006 });
  passes(2000);
  assert.equal(sockets.length, 2);
  assert.equal(last().after, 'c1');
});

test('a connection that is dead is noticed within 35 seconds', () => {
  const { last, passes, sockets, lives } = world();
  last().opens().says(EVENT);
  passes(20_000);
  assert.deepEqual(sockets[0]!.sent, ['position']);
  passes(15_000);
  assert.equal(sockets.length, 2);
  assert.deepEqual(lives, [true, false]);
  assert.ok(sockets[0]!.closed);
});

test('one that only has nothing to say stays', () => {
  const { last, passes, sockets } = world();
  last().opens().says(EVENT);
  for (let i = 0; i < 10; i++) {
    passes(16_000);
    last().says({ type: 'position', cursor: `p${i}` });
  }
  assert.equal(sockets.length, 1);
});

test('after a gap it begins with a snapshot', () => {
  const { last, passes, heard } = world();
  last().opens().says(EVENT).says({ type: 'gap', from: 2, to: 9, cursor: 'c9' });
  passes(100);
  assert.equal(last().after, undefined);
  assert.deepEqual(heard.map(one => one.type), ['call.ended', 'gap']);
});

test('the pauses grow, and a return to the page ends them', () => {
  const { socket, last, passes, sockets, refusals } = world();
  for (let i = 0; i < 6; i++) {
    last().onclose?.({ code: 1006 });
    passes(10_000);
  }
  assert.equal(sockets.length, 7);
  assert.equal(refusals(), 2);
  last().onclose?.({ code: 1006 });
  passes(1000);
  assert.equal(sockets.length, 7);
  socket.doubt();
  passes(10);
  assert.equal(sockets.length, 8);
});
