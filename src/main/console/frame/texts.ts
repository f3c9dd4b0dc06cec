import { textsOf } from '../text/texts.ts';
import type { FrameTexts } from './texts/en.ts';

export const texts = textsOf<FrameTexts>({
  en: () => import('./texts/en.ts'),
  fa: () => import('./texts/fa.ts'),
  tr: () => import('./texts/tr.ts'),
  ru: () => import('./texts/ru.ts'),
});
