/** Puts a popover beside what opened it, within the window, at the start of its line. */
export function place(popover: HTMLElement, anchor: Element): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const gap = 4;
  const isRtl = getComputedStyle(anchor).direction === 'rtl';
  const start = isRtl ? at.right - width : at.left;
  const x = Math.max(gap, Math.min(start, window.innerWidth - width - gap));
  const below = at.bottom + gap;
  const y = below + height > window.innerHeight && at.top > height + gap ? at.top - height - gap : below;
  popover.style.setProperty('inset', `${y}px auto auto ${x}px`);
}
