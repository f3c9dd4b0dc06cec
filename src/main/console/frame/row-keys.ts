import type { DataTable } from '../widgets/table.ts';
import type { Key } from './keys.ts';
import { texts } from './texts.ts';

/** The keys that move in the list of a screen. Arrows and Enter are its own. */
export function rowKeys(table: () => DataTable | null): readonly Key[] {
  const t = texts();
  return [
    { keys: 'j', text: t.nextRow, run: () => table()?.move(1) },
    { keys: 'k', text: t.previousRow, run: () => table()?.move(-1) },
  ];
}
