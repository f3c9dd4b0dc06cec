import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf } from '../../main/console/frame/key-of.ts';

const key = (key: string, code: string, more: object = {}): string =>
  keyOf({ key, code, ctrlKey: false, metaKey: false, shiftKey: false, ...more });

test('a key is the same on every layout', () => {
  assert.equal(key('j', 'KeyJ'), 'j');
  assert.equal(key('ت', 'KeyJ'), 'j');
  assert.equal(key('о', 'KeyJ'), 'j');
  assert.equal(key('K', 'KeyK', { ctrlKey: true, shiftKey: true }), 'Ctrl k');
  assert.equal(key('ن', 'KeyK', { ctrlKey: true }), 'Ctrl k');
  // Turkish F: the letter that is written counts, not its place
  assert.equal(key('k', 'KeyJ'), 'k');
});

test('signs are found by their place where the layout has none', () => {
  assert.equal(key('؟', 'Slash', { shiftKey: true }), '?');
  assert.equal(key('?', 'Minus', { shiftKey: true }), '?');
  assert.equal(key('۵', 'Digit5'), '5');
  assert.equal(key('F4', 'F4'), 'F4');
});
