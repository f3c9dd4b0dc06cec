import './frame/shell.ts';
import { startKeys } from './frame/keys.ts';
import { startRouter } from './frame/router.ts';

startRouter();
startKeys();
