import { html, svg, type TemplateResult } from 'lit';
import arrowClockwise from 'icons/arrow-clockwise.svg';
import arrowReturn from 'icons/arrow-return-left.svg';
import backspace from 'icons/backspace.svg';
import broadcast from 'icons/broadcast.svg';
import building from 'icons/building.svg';
import calendar from 'icons/calendar3.svg';
import check from 'icons/check-lg.svg';
import chevronDown from 'icons/chevron-down.svg';
import chevronLeft from 'icons/chevron-left.svg';
import chevronRight from 'icons/chevron-right.svg';
import clock from 'icons/clock-history.svg';
import command from 'icons/command.svg';
import dash from 'icons/dash-circle.svg';
import dots from 'icons/three-dots.svg';
import download from 'icons/download.svg';
import exclamation from 'icons/exclamation-circle.svg';
import eye from 'icons/eye.svg';
import eyeSlash from 'icons/eye-slash.svg';
import funnel from 'icons/funnel.svg';
import gear from 'icons/gear.svg';
import globe from 'icons/globe2.svg';
import dialpad from 'icons/grid-3x3-gap-fill.svg';
import grid from 'icons/grid-3x3-gap.svg';
import headset from 'icons/headset.svg';
import house from 'icons/house.svg';
import info from 'icons/info-circle.svg';
import keyboard from 'icons/keyboard.svg';
import list from 'icons/list.svg';
import mic from 'icons/record-circle.svg';
import minus from 'icons/dash.svg';
import moon from 'icons/moon.svg';
import note from 'icons/journal-text.svg';
import outbound from 'icons/arrow-up-right.svg';
import inbound from 'icons/arrow-down-left.svg';
import internal from 'icons/arrow-left-right.svg';
import pause from 'icons/pause-circle.svg';
import pencil from 'icons/pencil.svg';
import people from 'icons/people.svg';
import person from 'icons/person.svg';
import personAdd from 'icons/person-plus.svg';
import phone from 'icons/telephone.svg';
import phoneFill from 'icons/telephone-fill.svg';
import phoneMissed from 'icons/telephone-x.svg';
import phoneForward from 'icons/telephone-forward.svg';
import phoneIn from 'icons/telephone-inbound.svg';
import play from 'icons/play-circle.svg';
import plus from 'icons/plus-lg.svg';
import question from 'icons/question-circle.svg';
import search from 'icons/search.svg';
import signOut from 'icons/box-arrow-right.svg';
import sun from 'icons/sun.svg';
import trash from 'icons/trash3.svg';
import voicemail from 'icons/voicemail.svg';
import wifiOff from 'icons/wifi-off.svg';
import x from 'icons/x-lg.svg';

const ICONS = {
  'arrow-clockwise': arrowClockwise,
  'arrow-return': arrowReturn,
  backspace,
  broadcast,
  building,
  calendar,
  check,
  'chevron-down': chevronDown,
  'chevron-left': chevronLeft,
  'chevron-right': chevronRight,
  clock,
  command,
  dash,
  dialpad,
  dots,
  download,
  exclamation,
  eye,
  'eye-slash': eyeSlash,
  funnel,
  gear,
  globe,
  grid,
  headset,
  house,
  inbound,
  info,
  internal,
  keyboard,
  list,
  mic,
  minus,
  moon,
  note,
  outbound,
  pause,
  pencil,
  people,
  person,
  'person-add': personAdd,
  phone,
  'phone-fill': phoneFill,
  'phone-forward': phoneForward,
  'phone-in': phoneIn,
  'phone-missed': phoneMissed,
  play,
  plus,
  question,
  search,
  'sign-out': signOut,
  sun,
  trash,
  voicemail,
  'wifi-off': wifiOff,
  x,
};

export type IconName = keyof typeof ICONS;

/** Those that point somewhere, and so are mirrored where writing runs the other way. A phone and a clock are not. */
const DIRECTED: ReadonlySet<IconName> = new Set<IconName>([
  'arrow-return',
  'backspace',
  'chevron-left',
  'chevron-right',
  'inbound',
  'outbound',
  'sign-out',
]);

const drawn = new Map<IconName, TemplateResult>();

/** Decoration: what it says is said in words beside it, or in the label of its button. */
export function icon(name: IconName): TemplateResult {
  let drawing = drawn.get(name);
  if (drawing === undefined) {
    drawing = draw(name);
    drawn.set(name, drawing);
  }
  return drawing;
}

function draw(name: IconName): TemplateResult {
  const paths = [...ICONS[name].matchAll(/ d="([^"]+)"/g)].map(path => svg`<path d=${path[1]!}></path>`);
  const kind = DIRECTED.has(name) ? 'icon directed' : 'icon';
  return html`<svg class=${kind} viewBox="0 0 16 16" aria-hidden="true">${paths}</svg>`;
}
