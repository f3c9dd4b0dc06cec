import { foldedDigits } from './digits.ts';

/** A text as people search it: without case, marks and the differences between letters that look alike. */
export function folded(text: string): string {
  return foldedDigits(text)
    .replace(/[Iİı]/g, 'i')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}|[\u200c\u200d\u0640]/gu, '')
    .replace(/[يى]/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/ة/g, 'ه')
    .replace(/ё/g, 'е');
}
