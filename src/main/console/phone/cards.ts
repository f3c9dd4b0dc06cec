import { nothing } from 'lit';
import { element, View } from '../widgets/view.ts';

/** The cards of calls that ring. */
export class CallCards extends View {
  override render(): typeof nothing {
    return nothing;
  }
}

element('call-cards', CallCards);
