import { textsOf } from '../text/texts.ts';
import type { CallTexts } from './texts/en.ts';

export const texts = textsOf<CallTexts>({
  en: () => import('./texts/en.ts'),
  fa: () => import('./texts/fa.ts'),
  tr: () => import('./texts/tr.ts'),
  ru: () => import('./texts/ru.ts'),
});
