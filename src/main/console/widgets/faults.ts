import { Refused, Unreachable } from '../api/client.ts';
import { locale } from '../text/texts.ts';
import { texts } from './texts.ts';

/** What a failed request means to who sits here, in one sentence. */
export function sentence(fault: unknown): string {
  const t = texts();
  if (fault instanceof Unreachable) {
    return t.unreachable;
  }
  if (!(fault instanceof Refused)) {
    console.error(fault);
    return t.failed;
  }
  switch (fault.status) {
    case 403:
      return `${t.refused} ${fault.problem.detail}`;
    case 412:
      return t.changedElsewhere;
    case 429:
      return t.tooMany(locale.value.duration(fault.wait ?? 60));
    case 502:
    case 503:
    case 504:
      return t.unreachable;
    default:
      return fault.problem.faults.map(one => one.detail).join(' ') || fault.problem.detail;
  }
}
