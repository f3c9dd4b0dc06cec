import { textsOf } from '../text/texts.ts';
import type { WidgetTexts } from './texts/en.ts';

export const texts = textsOf<WidgetTexts>({
  en: () => import('./texts/en.ts'),
  fa: () => import('./texts/fa.ts'),
  tr: () => import('./texts/tr.ts'),
  ru: () => import('./texts/ru.ts'),
});
