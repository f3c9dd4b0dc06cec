import { textsOf } from '../text/texts.ts';
import type { SessionTexts } from './texts/en.ts';

export const texts = textsOf<SessionTexts>({
  en: () => import('./texts/en.ts'),
  fa: () => import('./texts/fa.ts'),
  tr: () => import('./texts/tr.ts'),
  ru: () => import('./texts/ru.ts'),
});
