import { html } from 'lit';
import { dial } from '../phone/dial.ts';
import { hasRole, signOut } from '../session/session.ts';
import { dialled, looksDialable } from '../text/number.ts';
import '../widgets/combobox.ts';
import type { Option } from '../widgets/combobox.ts';
import { openDialog } from '../widgets/dialog.ts';
import type { IconName } from '../widgets/icon.ts';
import { toastFault } from '../widgets/toast.ts';
import { showHelp } from './help.ts';
import { go } from './router.ts';
import { ROUTES } from './routes.ts';
import { openAccount } from './sections.ts';
import { folded } from '../text/fold.ts';
import { theme, THEMES } from './theme.ts';
import { texts } from './texts.ts';

interface Command {
  readonly label: string;
  readonly icon: IconName;
  readonly keys?: string;
  readonly run: () => void;
}

function commands(): readonly Command[] {
  const t = texts();
  return [
    ...ROUTES.filter(route => route.icon !== undefined && hasRole(route.role)).map(route => ({
      label: t.screens[route.name],
      icon: route.icon!,
      ...(route.key === undefined ? {} : { keys: `g ${route.key}` }),
      run: () => go(route.path),
    })),
    ...THEMES.map(one => ({
      label: `${t.theme}: ${t.themes[one]}`,
      icon: one === 'dark' ? ('moon' as const) : ('sun' as const),
      run: () => theme.set(one),
    })),
    { label: `${t.language}, ${t.theme}`, icon: 'person', run: () => void openAccount() },
    { label: t.help, icon: 'keyboard', keys: '?', run: () => void showHelp() },
    { label: t.signOut, icon: 'sign-out', run: () => signOut().catch(toastFault) },
  ];
}

let isOpen = false;

/** Every page and command by a few letters, and every number by its digits. */
export async function openPalette(): Promise<void> {
  if (isOpen) {
    return;
  }
  isOpen = true;
  const all = commands();
  const source = (text: string): Option[] => {
    const wanted = folded(text);
    const found: Option[] = all
      .map((one, i) => ({ id: String(i), label: one.label, icon: one.icon, detail: one.keys }))
      .filter(one => folded(one.label).includes(wanted));
    return looksDialable(text)
      ? [{ id: 'call', label: texts().call(dialled(text)), icon: 'phone' }, ...found]
      : found;
  };
  let typed = '';
  const chosen = await openDialog<Option>(
    { title: texts().palette, kind: 'bare' },
    close => html`
      <combo-box
        kind="list"
        .label=${texts().palette}
        .placeholder=${texts().paletteHint}
        .source=${source}
        @input=${(event: InputEvent) => (typed = (event.target as HTMLInputElement).value)}
        @choose=${(event: CustomEvent<Option>) => close(event.detail)}
      ></combo-box>
    `,
  );
  isOpen = false;
  if (chosen?.id === 'call') {
    void dial(dialled(typed));
  } else if (chosen !== undefined) {
    all[Number(chosen.id)]?.run();
  }
}
