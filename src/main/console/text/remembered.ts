import { isLanguage, preferred, type Language } from './language.ts';

export type Theme = 'auto' | 'light' | 'dark';

/** What this browser remembers, also before anybody has signed in. */
export interface Remembered {
  readonly language: Language;
  readonly theme: Theme;
}

const KEY = 'tamas';

export function remembered(): Remembered {
  let stored: Partial<Record<string, string>> = {};
  try {
    stored = JSON.parse(localStorage.getItem(KEY) ?? '{}');
  } catch {
    // storage is switched off, or holds what somebody else wrote
  }
  const language = stored['language'];
  const theme = stored['theme'];
  return {
    language: isLanguage(language) ? language : preferred(navigator.languages),
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  };
}

export function remember(change: Partial<Remembered>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...change }));
  } catch {
    // then it lasts as long as the page
  }
}
