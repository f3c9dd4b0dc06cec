// Before the first paint: theme, language and direction as this browser had them last.
import { remembered } from './text/remembered.ts';
import { directionOf } from './text/language.ts';

const root = document.documentElement;
const { language, theme } = remembered();
root.lang = language;
root.dir = directionOf(language);
if (theme !== 'auto') {
  root.dataset['theme'] = theme;
}
