import { foldedDigits } from '../text/digits.ts';

/** What the key is called, on whatever layout: an ASCII letter by itself, else by its place. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey'>): string {
  const { key, code } = event;
  const modified = event.ctrlKey || event.metaKey ? 'Ctrl ' : '';
  if (key.length > 1) {
    return modified + (event.shiftKey ? 'Shift ' : '') + key;
  }
  const ascii = /^[!-~]$/.test(foldedDigits(key)) ? foldedDigits(key).toLowerCase() : byPlace(code, event.shiftKey);
  return modified + (ascii ?? key);
}

const PLACES: Readonly<Record<string, readonly [string, string]>> = {
  Slash: ['/', '?'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
};

function byPlace(code: string, shift: boolean): string | undefined {
  const letter = /^(?:Key|Digit)(.)$/.exec(code);
  return letter === null ? PLACES[code]?.[shift ? 1 : 0] : letter[1]!.toLowerCase();
}
