import { api } from '../api/client.ts';
import { locale } from '../text/texts.ts';
import type { Option } from '../widgets/combobox.ts';
import { number } from '../widgets/pieces.ts';

/** A number that can be dialled, with whose it is. */
export interface Dialable extends Option {
  readonly number: string;
}

const FEW = 5;

/** Colleagues and profiles by a few letters or digits. What cannot be read is left out. */
export async function suggestions(text: string, signal: AbortSignal): Promise<readonly Dialable[]> {
  const q = text.trim();
  if (q === '') {
    return [];
  }
  const [colleagues, profiles] = await Promise.all([
    api('GET /extensions', { query: { q, limit: FEW }, signal }).then(
      ({ body }) => body.items,
      () => [],
    ),
    api('GET /profiles', { query: { q, limit: FEW }, signal }).then(
      ({ body }) => body.items,
      () => [],
    ),
  ]);
  return [
    ...colleagues.map(one => ({
      id: `extension-${one.number}`,
      number: one.number,
      label: one.name,
      detail: locale.value.text(one.number),
      icon: 'phone' as const,
    })),
    ...profiles.flatMap(one =>
      one.numbers.slice(0, 2).map(each => ({
        id: `profile-${one.id}-${each.number}`,
        number: each.number,
        label: one.name,
        detail: number(each.number),
        icon: one.kind === 'person' ? ('person' as const) : ('building' as const),
      })),
    ),
  ];
}
