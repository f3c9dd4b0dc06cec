import type { Language } from './language.ts';
import { Locale, type Choice } from './locale.ts';
import { remembered } from './remembered.ts';
import { Store } from './store.ts';

type Loaders<T> = Record<Language, () => Promise<{ readonly texts: T }>>;

/** The texts of one feature. Call it for those of the language in use, after `load`. */
export interface Texts<T> {
  (): T;
  load(): Promise<void>;
}

const bundles = new Set<{ load(language: Language): Promise<void> }>();

/** How who sits here reads; whoever shows texts watches it. */
export const locale = new Store<Locale>(new Locale({ language: remembered().language }));

/** Declares texts that are loaded by language. All languages have what the first has: the compiler sees to it. */
export function textsOf<T extends object>(loaders: Loaders<T>): Texts<T> {
  const loaded = new Map<Language, T>();
  const bundle = {
    async load(language: Language): Promise<void> {
      if (!loaded.has(language)) {
        loaded.set(language, (await loaders[language]()).texts);
      }
    },
  };
  const texts = (): T => {
    const found = loaded.get(locale.value.language);
    if (found === undefined) {
      throw new Error('texts are used before they are loaded');
    }
    return found;
  };
  return Object.assign(texts, {
    load: async (): Promise<void> => {
      bundles.add(bundle);
      await bundle.load(locale.value.language);
    },
  });
}

/** Changes how things are written, once the texts that are in use are there. */
export async function read(choice: Choice): Promise<void> {
  await Promise.all([...bundles].map(bundle => bundle.load(choice.language)));
  locale.set(new Locale(choice));
}

/** Chooses a form by the number: `one`, and `other` for all others unless they are given. */
export function plural(
  count: number,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string },
): string {
  const form = forms[locale.value.plural(count)] ?? forms.other;
  return form.replace('#', locale.value.number(count));
}
