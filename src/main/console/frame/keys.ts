import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Store } from '../text/store.ts';
import { keyOf } from './key-of.ts';

export interface Key {
  /** `j`, `?`, `Enter`, `F8`, `Ctrl k`, or one after the other: `g c`. */
  readonly keys: string;
  readonly text: string;
  readonly run: (event: KeyboardEvent) => void;
  /** Also while somebody types. Never for a bare letter. */
  readonly whileTyping?: boolean;
  /** Not told in the help, such as a second key for the same. */
  readonly silent?: boolean;
}

export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly Key[];
}

/** Whether what is typed goes into a text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button])'))
  );
}

const groups = new Store<readonly (() => KeyGroup)[]>([]);
const PAUSE = 1200;
let begun = '';
let timer: number | undefined;

/** All keys that work now, those of the screen first. */
export function currentKeys(): readonly KeyGroup[] {
  return groups.value.map(group => group()).reverse();
}

/** Adds keys; returns what takes them away. */
export function addKeys(group: () => KeyGroup): () => void {
  groups.set([...groups.value, group]);
  return () => groups.set(groups.value.filter(one => one !== group));
}

/** Keys of an element while it is in the page. */
export class Keys implements ReactiveController {
  readonly #group: () => KeyGroup;
  #end = (): void => {};

  constructor(host: ReactiveControllerHost, group: () => KeyGroup) {
    this.#group = group;
    host.addController(this);
  }

  hostConnected(): void {
    this.#end = addKeys(this.#group);
  }

  hostDisconnected(): void {
    this.#end();
  }
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) {
    return;
  }
  const name = keyOf(event);
  const typing = isTyping(event.target);
  const inDialog = document.querySelector('dialog[open]') !== null;
  const all = groups.value.toReversed().flatMap(group => group().keys);
  const sequence = begun === '' ? name : `${begun} ${name}`;
  begun = '';
  window.clearTimeout(timer);
  const found = all.find(one => one.keys === sequence) ?? all.find(one => one.keys === name);
  if (found !== undefined && (found.whileTyping === true || (!typing && !inDialog))) {
    event.preventDefault();
    found.run(event);
  } else if (!typing && !inDialog && all.some(one => one.keys.startsWith(`${name} `))) {
    begun = name;
    timer = window.setTimeout(() => (begun = ''), PAUSE);
  }
}

export function startKeys(): void {
  document.addEventListener('keydown', pressed);
}
