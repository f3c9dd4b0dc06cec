import type { Route } from './screen.ts';

/** Every screen, in the order of the sections. The first is the one to begin with. */
export const ROUTES: readonly Route[] = [
  { path: '/calls', name: 'calls', section: 'phone', icon: 'clock', key: 'c', foot: true, load: () => import('../calls/ended.ts') },
  { path: '/live', name: 'live', section: 'phone', icon: 'broadcast', key: 'l', foot: true, load: () => import('../calls/in-progress.ts') },
];
