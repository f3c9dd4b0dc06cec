import { api } from '../api/client.ts';
import { user } from '../session/session.ts';
import { dialled } from '../text/number.ts';
import { toast, toastFault } from '../widgets/toast.ts';
import { rememberNumber } from './last.ts';
import { texts } from './texts.ts';

/** Rings one's own phone, then calls the number. Says why if that is refused. */
export async function dial(number: string): Promise<boolean> {
  const t = texts();
  if (user().extension === undefined) {
    toast(`${t.noExtension}. ${t.noExtensionText}`, { kind: 'fault' });
    return false;
  }
  const to = dialled(number);
  try {
    await api('POST /calls', { body: { to } });
    rememberNumber(to);
    toast(t.ringing(`\u2066${to}\u2069`));
    return true;
  } catch (fault) {
    toastFault(fault);
    return false;
  }
}
