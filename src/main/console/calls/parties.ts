import { html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../api/types.ts';
import { icon, type IconName } from '../widgets/icon.ts';
import { name, number } from '../widgets/pieces.ts';
import { texts } from './texts.ts';

const ICONS: Record<string, IconName> = { INBOUND: 'inbound', OUTBOUND: 'outbound', INTERNAL: 'internal' };

/** Nobody has talked with whoever called. */
export function isMissed(call: Call): boolean {
  return call.direction === 'INBOUND' && (call.status === 'MISSED' || call.status === 'ABANDONED');
}

/** The direction: a shape, a colour if it was missed, and its word for readers and as a title. */
export function direction(call: Call): TemplateResult {
  const t = texts();
  const word = t.directions[call.direction];
  const missed = isMissed(call);
  return html`<span class="direction ${missed ? 'missed' : ''}" title=${missed ? `${word}: ${t.statuses[call.status]}` : word}>
    ${icon(ICONS[call.direction] ?? 'internal')}<span class="unseen">${word}</span>
  </span>`;
}

/** The number to be called to reach the other side of a call. */
export function otherNumber(call: Call): string {
  return call.direction === 'INBOUND' ? call.caller : call.requested;
}

/** A number that can be called, or why there is none. */
export function party(text: string): TemplateResult {
  const t = texts();
  if (text === 'anonymous') {
    return html`<span class="muted">${t.anonymous}</span>`;
  }
  return text === '' ? html`<span class="muted">${t.unknownNumber}</span>` : number(text);
}

/** The name if it is known, and the number. */
export function caller(call: Call): TemplateResult {
  const isKnown = call.callerName !== '' && call.callerName !== call.caller;
  return html`<span class="party">${isKnown ? html`${name(call.callerName)} ` : nothing}<span class=${isKnown ? 'muted' : ''}>${party(call.caller)}</span></span>`;
}

/** The other side, as seen from this company. */
export function otherParty(call: Call): TemplateResult {
  return call.direction === 'OUTBOUND' ? html`<span class="party">${party(call.requested)}</span>` : caller(call);
}

/** The phones that ring now, or whoever is connected. */
export function ringsAt(call: Call): readonly string[] {
  const open = call.legs.filter(leg => leg.endedAt === undefined);
  const talking = open.filter(leg => leg.answeredAt !== undefined);
  return [...new Set((talking.length > 0 ? talking : open).map(leg => leg.party))];
}
