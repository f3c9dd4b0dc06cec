import { remember, remembered, type Theme } from '../text/remembered.ts';
import { Store } from '../text/store.ts';

export const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

/** Light or dark: of this browser, since the eyes before it are in one place. */
export const theme = new Store<Theme>(remembered().theme);

theme.watch(() => {
  const { value } = theme;
  remember({ theme: value });
  if (value === 'auto') {
    delete document.documentElement.dataset['theme'];
  } else {
    document.documentElement.dataset['theme'] = value;
  }
});
