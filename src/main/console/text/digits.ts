/** Which digits are shown; typed ones are understood in any. */
export type Digits = 'LATIN' | 'PERSIAN' | 'ARABIC';

export const NUMBERING: Record<Digits, 'latn' | 'arabext' | 'arab'> = {
  LATIN: 'latn',
  PERSIAN: 'arabext',
  ARABIC: 'arab',
};

const ZERO: Record<Digits, number> = { LATIN: 0x30, PERSIAN: 0x6f0, ARABIC: 0x660 };

/** Digits of a text as they are shown. */
export function shownDigits(text: string, digits: Digits): string {
  const zero = ZERO[digits];
  return zero === ZERO.LATIN
    ? text
    : text.replace(/[0-9]/g, digit => String.fromCharCode(zero + digit.charCodeAt(0) - ZERO.LATIN));
}

/** Persian and Arabic digits as those of ASCII: what machines are told. */
export function foldedDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit =>
    String.fromCharCode(ZERO.LATIN + (digit.charCodeAt(0) & 0xf)),
  );
}
