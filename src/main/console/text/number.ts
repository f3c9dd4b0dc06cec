import { foldedDigits } from './digits.ts';

/** Lengths of the groups after the country code, of those whose habits are known; the rest is cut by three. */
function groups(country: string, national: string): readonly number[] {
  switch (country) {
    case '98':
      return national.startsWith('9') ? [3, 3, 4] : [2, 4, 4];
    case '1':
      return [3, 3, 4];
    default:
      return [3, 3, 2, 2];
  }
}

/** A number of E.164 with spaces, as people read it; whatever else it is stays as it is. */
export function spaced(number: string): string {
  const code = /^\+(98|90|7|1)(\d{7,11})$/.exec(number);
  if (code === null) {
    return number.replace(/^(\+\d{2,3})(\d{3})(\d{3})(\d+)$/, '$1 $2 $3 $4');
  }
  const parts = [`+${code[1]}`];
  let rest = code[2]!;
  for (const length of groups(code[1]!, code[2]!)) {
    parts.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return `${parts.filter(part => part !== '').join(' ')}${rest}`;
}

/** What somebody typed or pasted into a dial field, of any format, as the server takes it. */
export function dialled(text: string): string {
  return foldedDigits(text)
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}

/** Whether a text can be meant as a number to dial. */
export function looksDialable(text: string): boolean {
  return /^[+*#]?[0-9][0-9 ()/.*#-]*$/.test(dialled(text));
}
