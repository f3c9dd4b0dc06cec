const KEY = 'tamas-last-numbers';
const MOST = 6;

/** The numbers that were dialled last here, newest first. */
export function lastNumbers(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(one => typeof one === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberNumber(number: string): void {
  try {
    const others = lastNumbers().filter(one => one !== number);
    localStorage.setItem(KEY, JSON.stringify([number, ...others].slice(0, MOST)));
  } catch {
    // storage is switched off
  }
}
