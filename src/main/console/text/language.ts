/** The languages of the console. */
export const LANGUAGES = ['en', 'fa', 'tr', 'ru'] as const;

export type Language = (typeof LANGUAGES)[number];

/** As each calls itself. */
export const NAMES: Record<Language, string> = {
  en: 'English',
  fa: 'فارسی',
  tr: 'Türkçe',
  ru: 'Русский',
};

export function isLanguage(text: string | undefined): text is Language {
  return LANGUAGES.some(one => one === text);
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'fa' ? 'rtl' : 'ltr';
}

/** The first of the languages that somebody reads. */
export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = tag.slice(0, 2).toLowerCase();
    if (isLanguage(language)) {
      return language;
    }
  }
  return 'en';
}
