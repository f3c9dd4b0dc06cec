import { html } from 'lit';
import { openDialog } from '../widgets/dialog.ts';
import { left } from './session.ts';
import './sign-in.ts';
import { texts } from './texts.ts';

/** Asks the same user for the password, over whatever is on the page. */
export async function askAgain(name: string): Promise<void> {
  const t = texts();
  await openDialog({ title: t.expiredTitle, must: true }, close => {
    const now = texts();
    return html`
      <p class="muted">${now.expiredText(name)}</p>
      <sign-in-form .name=${name} @entered=${() => close()}></sign-in-form>
      <button class="button quiet" @click=${() => left()}>${now.otherUser}</button>
    `;
  });
}
