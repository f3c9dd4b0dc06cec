import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/**
 * Sets custom properties of an element by the object model: the content security policy refuses `style` attributes, which
 * Lit's own `styleMap` writes at first.
 */
class Styled extends Directive {
  override render(_properties: Record<string, string | number>): unknown {
    return noChange;
  }

  override update(part: ElementPart, [properties]: [Record<string, string | number>]): unknown {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) {
      style.setProperty(name, String(value));
    }
    return noChange;
  }
}

/** `<div ${styled({ '--part': 0.4 })}>` */
export const styled = directive(Styled);
