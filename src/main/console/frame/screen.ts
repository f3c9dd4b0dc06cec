import type { TemplateResult } from 'lit';
import type { Role } from '../api/types.ts';
import type { IconName } from '../widgets/icon.ts';
import type { FrameTexts } from './texts/en.ts';

/** What the module of a screen exports. */
export interface ScreenModule {
  readonly screen: (parts: Readonly<Record<string, string>>) => TemplateResult;
  /** Loads its texts. */
  readonly prepare: () => Promise<unknown>;
}

export interface Route {
  /** Such as `/calls/:id`. */
  readonly path: string;
  readonly name: keyof FrameTexts['screens'];
  readonly load: () => Promise<ScreenModule>;
  /** In the column of sections and in the palette, if it has an icon. */
  readonly icon?: IconName;
  /** After `g`. */
  readonly key?: string;
  readonly section?: keyof FrameTexts['sections'];
  /** Among the few at the foot of a small screen. */
  readonly foot?: boolean;
  /** The least role. */
  readonly role?: Role;
}
