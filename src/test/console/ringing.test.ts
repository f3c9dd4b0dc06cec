import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call, Leg } from '../../main/console/api/types.ts';
import { Cards, isMineAlone, STAYS } from '../../main/console/phone/ringing.ts';

const leg = (party: string, more: object = {}): Leg => ({ channel: 'c', party, tie: 'DIALLED', startedAt: '', result: 'RINGING', talk: 'PT0S', ...more }) as Leg;
const call = (id: string, legs: Leg[], more: object = {}): Call => ({ id, caller: '+98912', direction: 'INBOUND', legs, ...more }) as unknown as Call;
const calls = (...all: Call[]): Map<string, Call> => new Map(all.map(one => [one.id, one]));
const nobody = (): boolean => false;
const shown = (cards: Cards): string[] => cards.all.map(one => `${one.call.id} ${one.at}`);

test('a call that rings at my phone has a card, one elsewhere has none', () => {
  const cards = new Cards();
  cards.update(calls(call('1', [leg('101')]), call('2', [leg('102')])), '101', 0, nobody);
  assert.deepEqual(shown(cards), ['1 ringing']);
});

test('it stays half a minute after the end, and longer while somebody writes in it', () => {
  const cards = new Cards();
  cards.update(calls(call('1', [leg('101', { answeredAt: 'x' })], { answeredAt: 'x' })), '101', 0, nobody);
  cards.update(calls(), '101', 10, nobody);
  assert.deepEqual(shown(cards), ['1 ended']);
  cards.update(calls(), '101', STAYS, nobody);
  assert.deepEqual(shown(cards), ['1 ended']);
  cards.update(calls(), '101', STAYS + 20, () => true);
  assert.deepEqual(shown(cards), ['1 ended']);
  cards.update(calls(), '101', STAYS + 20, nobody);
  assert.deepEqual(shown(cards), []);
});

test('answered by somebody else it goes at once', () => {
  const cards = new Cards();
  cards.update(calls(call('1', [leg('101'), leg('102')])), '101', 0, nobody);
  cards.update(calls(call('1', [leg('101', { endedAt: 'x' }), leg('102', { answeredAt: 'x' })], { answeredAt: 'x' })), '101', 5, nobody);
  assert.deepEqual(shown(cards), []);
});

test('given up by the caller it stays as ended', () => {
  const cards = new Cards();
  cards.update(calls(call('1', [leg('101')])), '101', 0, nobody);
  cards.update(calls(), '101', 5, nobody);
  assert.deepEqual(shown(cards), ['1 ended']);
});

test('one that was dismissed does not come back while it rings', () => {
  const cards = new Cards();
  const ringing = calls(call('1', [leg('101')]));
  cards.update(ringing, '101', 0, nobody);
  cards.dismiss('1');
  cards.update(ringing, '101', 1, nobody);
  assert.deepEqual(shown(cards), []);
});

test('my own phone that rings for a call of mine is no caller', () => {
  const cards = new Cards();
  cards.update(calls(call('1', [leg('101', { tie: 'CLICKED' })], { caller: '101', direction: 'OUTBOUND' })), '101', 0, nobody);
  cards.update(calls(call('2', [leg('101', { tie: 'CLICKED' })])), '101', 0, nobody);
  assert.deepEqual(shown(cards), []);
});

test('a call that rings at others too is not taken from them', () => {
  const cards = new Cards();
  cards.update(calls(call('1', [leg('101'), leg('102')]), call('2', [leg('101')])), '101', 0, nobody);
  assert.deepEqual(cards.all.map(isMineAlone), [false, true]);
});
