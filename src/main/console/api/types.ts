// Made of openapi.yaml by ApiTypesTest; not to be changed by hand.

export type Problem = {
  title: string;
  status: number;
  detail: string;
  request: string;
  faults: Fault[];
};

export type Fault = {
  pointer: string;
  detail: string;
  line?: number;
};

export type TextFile = Blob;

export type Audio = Blob;

export type CompanyFile = string;

export type Key = {
  name: KeyName;
  scopes: Scopes;
  extension?: ExtensionNumber;
  createdAt: Instant;
};

export type NewKey = {
  name: KeyName;
  scopes: Scopes;
  extension?: ExtensionNumber;
};

export type CreatedKey = {
  name: KeyName;
  key: string;
};

export type Role = 'OPERATOR' | 'SUPERVISOR' | 'ADMINISTRATOR';

export type Grant = 'CALL' | 'LISTEN' | 'CONTACTS' | 'SEE_SETTINGS';

export type User = {
  name: UserName;
  displayName?: string;
  mobile?: string;
  email?: string;
  role: Role;
  extension?: ExtensionNumber;
  groups: Name[];
  grants: Grant[];
  settings: UserSettings;
  oneTime: boolean;
  createdAt: Instant;
};

export type UserDraft = {
  displayName?: string;
  mobile?: string;
  email?: string;
  role: Role;
  extension?: ExtensionNumber;
  groups?: Name[];
  grants?: Grant[];
  settings?: UserSettings;
};

export type NewUser = {
  name: UserName;
  displayName?: string;
  mobile?: string;
  email?: string;
  role: Role;
  extension?: ExtensionNumber;
  groups?: Name[];
  grants?: Grant[];
  settings?: UserSettings;
};

export type CreatedUser = {
  user: User;
  oneTimePassword: string;
};

export type OneTimePassword = {
  oneTimePassword: string;
};

export type UserPage = {
  items: User[];
  next?: Cursor;
};

export type UserSettings = {
  language?: Language;
  calendar?: 'JALALI' | 'GREGORIAN';
  digits?: 'LATIN' | 'PERSIAN' | 'ARABIC';
  zone?: string;
  listLength?: number;
  ringing?: 'OPEN_PROFILE' | 'NEW_PERSON' | 'NEW_ORGANISATION' | 'NOTHING';
};

export type SignInWays = {
  openId: boolean;
};

export type OpenIdSubject = {
  subject: string;
};

export type NewTicket = {
  path: string;
};

export type Ticket = {
  ticket: string;
  expiresAt: Instant;
};

export type SignInDraft = {
  name: string;
  password: string;
  code?: Code;
};

export type Code = string;

export type CodeCheck = {
  code: Code;
};

export type PasswordCheck = {
  password: string;
};

export type CodeProof = {
  password: string;
  code: Code;
};

export type CodeState = {
  active: boolean;
  demanded: boolean;
  since?: Instant;
  recoveryCodes: number;
};

export type BegunCodes = {
  secret: string;
  uri: string;
};

export type RecoveryCodes = {
  recoveryCodes: string[];
};

export type SignedIn = {
  name: UserName;
  role: Role;
  oneTime: boolean;
  codesDue: boolean;
};

export type SignedOut = {
  goOn: string;
};

export type NewPassword = {
  old: string;
  password: string;
};

export type UserSession = {
  id: SessionId;
  address: string;
  agent: string;
  startedAt: Instant;
  lastAt: Instant;
};

export type SessionList = {
  items: UserSession[];
};

export type OwnSession = {
  id: SessionId;
  address: string;
  agent: string;
  startedAt: Instant;
  lastAt: Instant;
  current: boolean;
};

export type OwnSessionList = {
  items: OwnSession[];
};

export type UserName = string;

export type SessionId = number;

export type WebhookDraft = {
  url: string;
  events: EventTypeName[];
  enabled?: boolean;
};

export type EventTypeName = string;

export type Webhook = {
  name: KeyName;
  url: string;
  events: string[];
  state: WebhookState;
  reason?: string;
  suspendedAt?: Instant;
  oldSecretUntil?: Instant;
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
};

export type WebhookState = 'ACTIVE' | 'DISABLED' | 'SUSPENDED';

export type CreatedWebhook = {
  webhook: Webhook;
  secret: string;
};

export type NewWebhookSecret = {
  secret: string;
  oldSecretUntil: Instant;
};

export type WebhookList = {
  items: Webhook[];
};

export type WebhookDelivery = {
  id: EventId;
  type: string;
  subject: string;
  state: WebhookDeliveryState;
  attempts: number;
  since: Instant;
  nextAttemptAt?: Instant;
  lastAttemptAt?: Instant;
  endedAt?: Instant;
  status?: number;
  reason?: string;
};

export type WebhookDeliveryState = 'WAITING' | 'DELIVERED' | 'FAILED';

export type WebhookDeliveryPage = {
  items: WebhookDelivery[];
  next?: Cursor;
};

export type AuditAction = 'created' | 'updated' | 'deleted' | 'restored' | 'replaced' | 'secret' | 'ended' | 'signed-in' | 'renamed' | 'merged' | 'listened' | 'downloaded' | 'heard' | 'unheard' | 'refused';

export type AuditEntry = {
  id: number;
  at: Instant;
  actor: string;
  address?: string;
  session?: number;
  operation: string;
  kind: string;
  subject: string;
  action: AuditAction;
  before?: { [name: string]: unknown };
  after?: { [name: string]: unknown };
};

export type AuditPage = {
  items: AuditEntry[];
  next?: Cursor;
};

export type UndoId = string;

export type Undone = {
  kind: string;
  subject: string;
  password?: string;
};

export type NewCall = {
  extension?: ExtensionNumber;
  to: Dialled;
};

export type MadeCall = {
  id: CallId;
};

export type Transfer = {
  to: Dialled;
  kind: TransferKind;
  by?: ExtensionNumber;
};

export type TransferKind = 'ATTENDED' | 'BLIND';

export type Dialled = string;

export type RecordingTitle = {
  title: string;
};

export type RecordingAccess = {
  id: number;
  at: Instant;
  who: string;
  action: 'listened' | 'downloaded' | 'renamed' | 'deleted' | 'restored';
};

export type CreatedExtension = {
  extension: Extension;
  password: Password;
};

export type Voicemail = {
  id: number;
  recording: RecordingId;
  mailbox: ExtensionNumber;
  call: CallId;
  caller: string;
  callerName: string;
  leftAt: Instant;
  state?: FileState;
  duration?: Duration;
  heardAt?: Instant;
};

export type VoicemailMark = {
  heard: boolean;
};

export type NewExtensionPassword = {
  password: string;
};

export type GeneratedPassword = {
  password: Password;
};

export type NewTrunkPassword = {
  password: string;
};

export type CompanyCheck = {
  whole: boolean;
  faults: CompanyFault[];
  warnings: CompanyFault[];
};

export type Event = {
  id: EventId;
  type: string;
  subject: string;
  at: Instant;
  data: { [name: string]: unknown };
  cursor?: EventCursor;
};

export type EventsSnapshot = {
  type: 'snapshot';
  lastId: EventId;
  cursor: EventCursor;
  calls: Call[];
  extensions: ExtensionState[];
};

export type EventsGap = {
  type: 'gap';
  from: EventId;
  to: EventId;
  cursor: EventCursor;
};

export type EventsPosition = {
  type: 'position';
  cursor: EventCursor;
};

export type EventCursor = string;

export type EventId = number;

export type CallPage = {
  items: Call[];
  next?: Cursor;
};

export type ProfilePage = {
  items: Profile[];
  next?: Cursor;
};

export type ProfileNotePage = {
  items: ProfileNote[];
  next?: Cursor;
};

export type ProfileGroupList = {
  items: ProfileGroup[];
};

export type ProfileFieldList = {
  items: ProfileField[];
};

export type ExtensionPage = {
  items: Extension[];
  next?: Cursor;
};

export type ExtensionGroupPage = {
  items: ExtensionGroup[];
  next?: Cursor;
};

export type TrunkPage = {
  items: Trunk[];
  next?: Cursor;
};

export type SchedulePage = {
  items: Schedule[];
  next?: Cursor;
};

export type PromptPage = {
  items: Prompt[];
  next?: Cursor;
};

export type PickupGroupPage = {
  items: PickupGroup[];
  next?: Cursor;
};

export type OutgoingProfilePage = {
  items: OutgoingProfile[];
  next?: Cursor;
};

export type EmergencyNumberPage = {
  items: EmergencyNumber[];
  next?: Cursor;
};

export type MenuPage = {
  items: Menu[];
  next?: Cursor;
};

export type RingGroupPage = {
  items: RingGroup[];
  next?: Cursor;
};

export type InboundRoutePage = {
  items: InboundRoute[];
  next?: Cursor;
};

export type VoicemailPage = {
  items: Voicemail[];
  next?: Cursor;
};

export type RecordingPeaks = {
  channels: number[][];
};

export type RecordingPage = {
  items: ListedRecording[];
  next?: Cursor;
};

export type DuplicatePage = {
  items: DuplicateGroup[];
  next?: Cursor;
};

export type TimelinePage = {
  items: TimelineItem[];
  next?: Cursor;
};

export type RecordingAccessPage = {
  items: RecordingAccess[];
  next?: Cursor;
};

export type KeyList = {
  items: Key[];
};

export type LiveCallList = {
  items: Call[];
};

export type DeviceList = {
  items: Device[];
};

export type ExtensionStateList = {
  items: ExtensionState[];
};

export type TrunkStateList = {
  items: TrunkState[];
};

export type CountsList = {
  items: Counts[];
};

export type CompanyWarningList = {
  items: CompanyWarning[];
};

export type Cursor = string;

export type Name = string;

export type Title = string;

export type ExtensionNumber = string;

export type KeyName = string;

export type Scopes = Scope[];

export type Scope = 'read' | 'write' | 'call' | 'admin';

export type PhoneNumber = string;

export type WrittenNumber = string;

export type Duration = string;

export type Ring = string;

export type Instant = string;

export type RequestedInstant = string;

export type Language = string;

export type SiteName = string;

export type Password = string;

export type NumberPattern = string;

export type NumberingPlan = {
  country: Country;
  areaCode: string;
};

export type Country = string;

export type Destination = string;

export type CallId = string;

export type RecordingId = string;

export type ProfileId = number;

export type Direction = 'INBOUND' | 'INTERNAL' | 'OUTBOUND';

export type CallStatus = 'RINGING' | 'ANSWERED' | 'MISSED' | 'ABANDONED' | 'BUSY' | 'REJECTED' | 'FAILED' | 'ANNOUNCEMENT' | 'VOICEMAIL';

export type CallOutcome = 'ANSWERED' | 'MISSED' | 'ABANDONED' | 'BUSY' | 'REJECTED' | 'FAILED' | 'ANNOUNCEMENT' | 'VOICEMAIL';

export type Call = {
  id: string;
  direction: Direction;
  caller: string;
  callerName: string;
  requested: string;
  destination?: string;
  status: CallStatus;
  answeredBy?: string;
  lastParty?: string;
  hungUpBy?: 'CALLER' | 'CALLEE' | 'SYSTEM';
  cause?: Cause;
  rule: string;
  incomplete?: boolean;
  startedAt: Instant;
  ringingAt?: Instant;
  answeredAt?: Instant;
  endedAt?: Instant;
  ring: Duration;
  talk: Duration;
  hold: Duration;
  recording?: string;
  recordingState?: 'RECORDING' | 'PAUSED' | 'STOPPED';
  recordingChanges: RecordingChange[];
  messages: LeftMessage[];
  profile?: ProfileId;
  trunk?: string;
  divertedBy?: string;
  progress?: CallProgress;
  legs: Leg[];
  parkings: Parking[];
  decisions: DecisionNote[];
  recordingFile?: RecordingFile;
  messageFiles?: RecordingFile[];
};

export type Cause = number;

export type RecordingChange = {
  at: Instant;
  action: 'STARTED' | 'PAUSED' | 'RESUMED' | 'STOPPED';
  by?: string;
};

export type LeftMessage = {
  recording: RecordingId;
  mailbox: ExtensionNumber;
  from: string;
  routedAt?: Instant;
  leftAt: Instant;
  duration: Duration;
};

export type CallProgress = {
  state: 'TALKING' | 'ON_HOLD' | 'PROMPT' | 'OTHERS_TALKING';
  since: Instant;
  waiting: string[];
  talking: string[];
  slot?: ParkingSlot;
  countedTo: Instant;
};

export type ParkingSlot = string;

export type ParkedCall = {
  slot?: ParkingSlot;
};

export type Parking = {
  at: Instant;
  party: string;
  slot: ParkingSlot;
};

export type Leg = {
  channel: string;
  party: string;
  tie: 'DIALLED' | 'FORWARDED' | 'PICKED_UP' | 'TRANSFERRED_BLIND' | 'TRANSFERRED_ATTENDED' | 'CONSULTATION' | 'RETURNED' | 'RETRIEVED' | 'CLICKED';
  by?: string;
  startedAt: Instant;
  answeredAt?: Instant;
  endedAt?: Instant;
  result: LegResult;
  cause?: Cause;
  talk: Duration;
  charge?: Charge;
  trunk?: string;
  sipStatus?: number;
  device?: RungDevice;
  otherDevices?: RungDevice[];
};

export type DeviceId = string;

export type Device = {
  id: DeviceId;
  address: string;
  agent?: string;
  transport: string;
  reachable?: boolean;
  roundTrip?: Duration;
  registeredAt?: Instant;
  expiresAt: Instant;
};

export type RungDevice = {
  address?: string;
  agent?: string;
  result: LegResult;
  cause?: Cause;
};

export type LegResult = 'ringing' | 'answered' | 'no-answer' | 'busy' | 'rejected' | 'unreachable' | 'answered-elsewhere' | 'cancelled';

export type Charge = {
  payer: string;
  channel: string;
  at: Instant;
  longest?: Duration;
};

export type DecisionNote = {
  direction: Direction;
  caller: string;
  requested: string;
  destination: string;
  rule: string;
  action: DecidedAction;
  recording?: string;
  profile?: ProfileId;
  charge?: Charge;
  line?: DecisionLine;
  callerName?: string;
  groups?: { [name: string]: ExtensionNumber[] };
  trace: DecisionTrace;
};

export type DecidedAction = 'ring' | 'out' | 'menu' | 'announce' | 'message' | 'listen' | 'pickup' | 'retrieve' | 'refuse' | 'end';

export type DecisionLine = {
  trunk: string;
  divertedBy?: string;
};

export type DecisionTrace = {
  steps: TraceStep[];
};

export type TraceStep = {
  rule: string;
  outcome: string;
};

export type RecordingFile = {
  id: RecordingId;
  call: string;
  state: FileState;
  title?: string;
  deletedAt?: Instant;
  deletedBy?: string;
  startedAt?: Instant;
  duration?: Duration;
  bytes?: number;
  sha256?: string;
  channels?: number;
};

export type RecordingKind = 'CONVERSATION' | 'MESSAGE';

export type ListedRecording = {
  id: RecordingId;
  call: string;
  kind: RecordingKind;
  state: FileState;
  title?: string;
  deletedAt?: Instant;
  deletedBy?: string;
  startedAt: Instant;
  duration?: Duration;
  bytes?: number;
  sha256?: string;
  channels?: number;
  callStartedAt: Instant;
  direction?: Direction;
  caller?: string;
  callerName?: string;
  requested?: string;
  answeredBy?: string;
  profile?: ProfileId;
};

export type TimelineKind = 'CALL' | 'RECORDING' | 'VOICEMAIL' | 'NOTE';

export type TimelineItem = {
  at: Instant;
  kind: TimelineKind;
  call?: Call;
  recording?: ListedRecording;
  voicemail?: Voicemail;
  note?: ProfileNote;
};

export type FileState = 'expected' | 'ready' | 'missing' | 'empty' | 'broken' | 'deleted';

export type Category = string;

export type ProfileKind = 'person' | 'organisation';

export type ProfileDraft = {
  kind: ProfileKind;
  name: string;
  organisation?: ProfileId;
  category?: Category;
  owner?: UserName;
  numbers?: NumberDraft[];
  emails?: EmailDraft[];
  address?: string;
  groups?: ProfileGroupId[];
  fields?: Fields;
  values?: FieldValueDraft[];
};

export type OutsideContact = {
  id: string;
  name: string;
  link?: string;
  responsible?: ExtensionNumber;
};

export type FieldValueDraft = {
  field: ProfileFieldId;
  value: string;
  calendar?: EntryCalendar;
};

export type EntryCalendar = 'JALALI' | 'GREGORIAN';

export type FieldValue = {
  field: ProfileFieldId;
  value: string;
  calendar?: EntryCalendar;
};

export type CallProfileDraft = {
  profile: ProfileId;
};

export type CallProfile = {
  profile: ProfileId;
  name: string;
  remembered: boolean;
};

export type ProfileNoteId = number;

export type NoteKind = 'NOTE' | 'CALL' | 'MEETING' | 'EMAIL' | 'MESSAGE';

export type ProfileNoteDraft = {
  kind?: NoteKind;
  text: string;
  call?: CallId;
};

export type ProfileNote = {
  id: ProfileNoteId;
  profile: ProfileId;
  kind: NoteKind;
  text: string;
  call?: CallId;
  author: string;
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
};

export type ImportId = number;

export type Sheet = Blob;

export type SheetKind = 'CSV' | 'XLSX' | 'XLS';

export type TextEncoding = 'UTF_8' | 'UTF_16LE' | 'UTF_16BE' | 'WINDOWS_1256' | 'WINDOWS_1254' | 'WINDOWS_1251' | 'WINDOWS_1252';

export type Delimiter = 'COMMA' | 'SEMICOLON' | 'TAB' | 'PIPE';

export type ImportFormatDraft = {
  encoding?: TextEncoding;
  delimiter?: Delimiter;
  header?: boolean;
};

export type ImportFormat = {
  kind: SheetKind;
  sheet?: string;
  encoding?: TextEncoding;
  delimiter?: Delimiter;
};

export type ImportTarget = 'ID' | 'NAME' | 'GIVEN_NAME' | 'FAMILY_NAME' | 'KIND' | 'ORGANISATION' | 'CATEGORY' | 'OWNER' | 'NUMBER' | 'NUMBER_TYPE' | 'NUMBER_LABEL' | 'NUMBER_PRIORITY' | 'MAIN_NUMBER' | 'EMAIL' | 'ADDRESS' | 'GROUPS' | 'FIELD' | 'TEXT' | 'TEXTS';

export type ImportColumn = {
  column: number;
  to: ImportTarget;
  place?: number;
  type?: NumberType;
  field?: ProfileFieldId;
  name?: string;
};

export type ImportIdentity = 'ID' | 'NUMBER' | 'EMAIL' | 'NAME_AND_NUMBER' | 'NOTHING';

export type ImportWhenKnown = 'UPDATE' | 'ADD' | 'SKIP';

export type ImportMapping = {
  columns: ImportColumn[];
  identifiedBy: ImportIdentity;
  whenKnown: ImportWhenKnown;
  country?: Country;
  areaCode?: string;
  makeGroups?: boolean;
  groups?: ProfileGroupId[];
};

export type ImportState = 'READING' | 'READY' | 'CHECKING' | 'CHECKED' | 'RUNNING' | 'DONE' | 'CANCELLED' | 'FAILED' | 'UNDOING' | 'UNDONE';

export type ImportCounts = {
  done: number;
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
  repeated: number;
  kept: number;
};

export type ImportProgress = {
  rowsPerSecond: number;
  secondsLeft: number;
};

export type ImportCells = string[];

export type ProfileImport = {
  id: ImportId;
  state: ImportState;
  file: string;
  bytes: number;
  author: string;
  format?: ImportFormat;
  header: boolean;
  rows?: number;
  headings?: ImportCells;
  preview?: ImportCells[];
  suggestion?: ImportMapping;
  mapping?: ImportMapping;
  counts: ImportCounts;
  newGroups: string[];
  keptProfiles: ProfileId[];
  progress?: ImportProgress;
  reason?: string;
  createdAt: string;
  endedAt?: string;
  undoUntil?: string;
};

export type ImportPage = {
  items: ProfileImport[];
  next?: Cursor;
};

export type ImportRefusal = {
  row: number;
  column?: number;
  reason: string;
  cells: ImportCells;
};

export type ImportRefusalPage = {
  items: ImportRefusal[];
  next?: Cursor;
};

export type ProfileGroupId = number;

export type ProfileGroupDraft = {
  name: string;
};

export type ProfileGroup = {
  id: ProfileGroupId;
  name: string;
  version: number;
};

export type ProfileFieldId = number;

export type FieldType = 'TEXT' | 'NUMBER' | 'DATE' | 'CHOICE' | 'PHONE';

export type ProfileFieldDraft = {
  name: string;
  type: FieldType;
  several?: boolean;
  choices?: FieldChoice[];
  group?: ProfileGroupId;
};

export type FieldChoice = string;

export type ProfileField = {
  id: ProfileFieldId;
  name: string;
  type: FieldType;
  several: boolean;
  choices: FieldChoice[];
  group?: ProfileGroupId;
  version: number;
};

export type EmailDraft = string;

export type NumberType = 'MOBILE' | 'WORK' | 'HOME' | 'FAX' | 'OTHER';

export type NumberDraft = {
  number: string;
  type?: NumberType;
  label?: string;
  main?: boolean;
  priority?: number;
};

export type Fields = { [name: string]: string };

export type Profile = {
  id: ProfileId;
  kind: ProfileKind;
  name: string;
  organisation?: ProfileId;
  organisationName?: string;
  category?: string;
  owner?: UserName;
  numbers: ProfileNumber[];
  emails: ProfileEmail[];
  address?: string;
  groups: ProfileGroupId[];
  fields: Fields;
  values: FieldValue[];
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
};

export type MergePart = 'NAME' | 'ORGANISATION' | 'CATEGORY' | 'OWNER' | 'ADDRESS';

export type FieldName = string;

export type MergeDraft = {
  profile: ProfileId;
  version?: number;
  take?: MergePart[];
  takeFields?: FieldName[];
  takeValues?: ProfileFieldId[];
  dryRun?: boolean;
};

export type MergedProfile = {
  profile: Profile;
  conflicts: MergeConflict[];
};

export type MergeConflict = {
  of: 'NAME' | 'ORGANISATION' | 'CATEGORY' | 'OWNER' | 'ADDRESS' | 'FIELD' | 'VALUE';
  name?: string;
  field?: ProfileFieldId;
  kept: string;
  dropped: string;
};

export type DuplicateReason = 'NUMBER' | 'EMAIL' | 'NAME' | 'SIMILAR_NAME';

export type DuplicateGroup = {
  reasons: DuplicateReason[];
  profiles: Profile[];
  more: boolean;
};

export type ProfileEmail = string;

export type ProfileNumber = {
  number: PhoneNumber;
  type: NumberType;
  label: string;
  main: boolean;
  priority: number;
};

export type CompanyFault = {
  line: number;
  field: string;
  rule: string;
};

export type CompanyWarning = {
  kind: string;
  name: string;
  field: string;
  rule: string;
};

export type CompanyDifference = {
  version: number;
  created: number;
  updated: number;
  deleted: number;
  changes: CompanyChange[];
  ended: EndedSetting[];
  warnings: CompanyFault[];
};

export type CompanyChange = {
  kind: string;
  name: string;
  change: 'created' | 'updated' | 'deleted';
  fields: FieldChange[];
};

export type EndedSetting = {
  kind: string;
  name: string;
  field: string;
  before: unknown;
};

export type FieldChange = {
  field: string;
  before?: unknown;
  after?: unknown;
};

export type Extension = {
  number: ExtensionNumber;
  name: Title;
  groups?: Name[];
  mayCall?: Name[];
  outgoing?: Name;
  callerId?: WrittenNumber;
  record?: Direction[];
  devices?: number;
  doNotDisturb?: boolean;
  callWaiting?: boolean;
  transferKey?: '#' | '##' | '*2' | 'none';
  forwards?: Forwards;
  mailbox?: Mailbox;
  language?: Language;
  email?: string;
  mobile?: WrittenNumber;
  site?: SiteName;
  sip?: SipOptions;
};

export type Trace = {
  dialled?: DialledKind;
  steps: TraceStep[];
};

export type DialledKind = 'emergency-number' | 'feature-code' | 'parking-slot' | 'extension' | 'ring-group' | 'menu' | 'service-number' | 'number' | 'nothing';

export type Simulation = {
  trunk?: Name;
  from: string;
  to: string;
  at?: Instant;
  answers?: string[];
};

export type Simulated = {
  dialled?: DialledKind;
  steps: SimulatedStep[];
};

export type SimulatedStep = {
  direction: Direction;
  decision: DecidedAction;
  rule: string;
  destination: string;
  recorded: boolean;
  rings: string[];
  trace: Trace;
  then?: string;
};

export type Availability = {
  doNotDisturb?: boolean;
  forwards?: Forwards;
};

export type Forwards = {
  always?: Destination;
  busy?: Destination;
  noAnswer?: Destination;
  unreachable?: Destination;
  noAnswerAfter?: Ring;
};

export type SipOptions = {
  dtmf?: 'AUTO' | 'RFC4733' | 'INFO' | 'INBAND';
  rtpSilence?: string;
  ignoresOptions?: boolean;
};

export type Mailbox = {
  greeting?: Name;
  longest?: Ring;
  byEmail?: boolean;
  bySms?: boolean;
};

export type CountedBy = 'TOTAL' | 'HOUR' | 'DAY' | 'EXTENSION' | 'GROUP';

export type Counts = {
  key: string;
  name?: string;
  calls: number;
  inbound: number;
  outbound: number;
  internal: number;
  answered: number;
  missed: number;
  ring: Duration;
  talk: Duration;
};

export type ExtensionState = {
  extension: ExtensionNumber;
  state: 'idle' | 'ringing' | 'in-use' | 'busy' | 'on-hold' | 'unreachable' | 'unknown' | 'do-not-disturb';
  since?: Instant;
};

export type TrunkState = {
  trunk: Name;
  state: 'up' | 'not-registered' | 'unreachable' | 'unknown';
  since: Instant;
  reason?: string;
  registered?: boolean;
  reachable?: boolean;
  calls: TrunkCalls;
};

export type TrunkCalls = {
  inbound: number;
  outbound: number;
  most?: number;
};

export type ExtensionGroup = {
  name: Name;
  title: Title;
};

export type Trunk = {
  name: Name;
  plan: NumberingPlan;
  addresses: string[];
  fallback: ExtensionNumber;
  server?: string;
  registration?: Registration;
  proxy?: string;
  transport?: 'UDP' | 'TCP' | 'TLS';
  srtp?: 'OFF' | 'OPTIONAL' | 'REQUIRED';
  callerId?: WrittenNumber;
  ownCallerIds?: boolean;
  shows?: 'CALLER_ID' | 'EXTENSION';
  format?: NumberFormat;
  callerFormat?: NumberFormat;
  calls?: number;
  numberFrom?: string;
  callerFrom?: 'FROM' | 'ASSERTED';
  site?: SiteName;
  sip?: SipOptions;
};

export type Registration = {
  server: string;
  user: string;
  authUser?: string;
};

export type NumberFormat = 'E164' | 'E164_WITHOUT_PLUS' | 'NATIONAL';

export type Schedule = {
  name: Name;
  zone: string;
  hours: OpeningHours[];
  holidays?: Holiday[];
  switchCode?: string;
  switchGroups?: Name[];
  override?: Switched;
};

export type OpeningHours = {
  days: DayOfWeek[];
  from: TimeOfDay;
  to: TimeOfDay;
};

export type DayOfWeek = 'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY' | 'SUNDAY';

export type Holiday = string;

export type Switched = {
  state: 'OPEN' | 'CLOSED';
  until?: Instant;
};

export type TimeOfDay = string;

export type Prompt = {
  name: Name;
  sound?: string;
  texts?: { [name: string]: string };
  audio?: { [name: string]: string };
};

export type Settings = {
  zone: string;
  callBackWithin?: string;
  unknownCallers?: MadeProfiles;
  codesFor?: Role[];
};

export type MadeProfiles = {
  makeProfile: boolean;
  category?: string;
};

export type PickupGroup = {
  name: Name;
  title: Title;
  members: ExtensionNumber[];
};

export type OutgoingProfile = {
  name: Name;
  title: Title;
  plan: NumberingPlan;
  outsidePrefix?: string;
  rules: OutgoingRule[];
  limits?: OutgoingLimits;
};

export type OutgoingRule = {
  name: Name;
  numbers?: NumberPattern[];
  deny?: boolean;
  trunks?: Name[];
  strip?: number;
  prefix?: string;
};

export type OutgoingLimits = {
  countries?: Country[];
  calls?: number;
  perDay?: string;
};

export type EmergencyNumber = {
  name: Name;
  number: string;
  trunks: Name[];
};

export type Menu = {
  name: Name;
  greeting: Name;
  options?: { [name: string]: Destination };
  dialExtensions?: boolean;
  patience?: Ring;
  tries?: number;
  noInput?: Name;
  wrongInput?: Name;
  otherwise: Destination;
  wrong?: Destination;
  number?: ExtensionNumber;
};

export type RingGroup = {
  name: Name;
  strategy: 'RING_ALL' | 'IN_ORDER' | 'ROUND_ROBIN' | 'RANDOM' | 'LONGEST_IDLE';
  members: ExtensionNumber[];
  delays?: { [name: string]: Ring };
  ring: Ring;
  overflow?: Destination;
  forwards?: 'SKIP' | 'FOLLOW';
  number?: ExtensionNumber;
  responsibleFirst?: ResponsibleFirst;
};

export type ResponsibleFirst = {
  by: ('OWNER' | 'LAST_TALK')[];
  within?: string;
  ring?: Ring;
};

export type InboundRoute = {
  name: Name;
  position: number;
  trunk?: Name;
  numbers?: string[];
  callers?: NumberPattern[];
  schedule?: Name;
  to: Destination;
  closed?: Destination;
  ring: Ring;
  record?: boolean;
  language?: Language;
  responsibleFirst?: ResponsibleFirst;
};

export interface Operations {
  'GET /openapi.yaml': { answer: Blob };
  'GET /keys': { answer: KeyList };
  'POST /keys': { body: NewKey; answer: CreatedKey };
  'DELETE /keys/{name}': { path: { name: KeyName } };
  'GET /session': { answer: SignedIn };
  'POST /session': { body: SignInDraft; answer: SignedIn };
  'DELETE /session': { answer: SignedOut };
  'GET /session/ways': { answer: SignInWays };
  'GET /session/open-id': { query: { to?: string | undefined } };
  'GET /session/open-id/callback': { query: { code?: string | undefined; state?: string | undefined; iss?: string | undefined; error?: string | undefined } };
  'POST /tickets': { body: NewTicket; answer: Ticket };
  'GET /me': { answer: User };
  'PUT /me/settings': { body: UserSettings; answer: User };
  'PUT /me/password': { body: NewPassword };
  'GET /me/otp': { answer: CodeState };
  'PUT /me/otp': { body: CodeCheck; answer: RecoveryCodes };
  'POST /me/otp': { body: PasswordCheck; answer: BegunCodes };
  'POST /me/otp/recovery-codes': { body: CodeProof; answer: RecoveryCodes };
  'POST /me/otp/remove': { body: CodeProof };
  'GET /me/sessions': { answer: OwnSessionList };
  'DELETE /me/sessions/{id}': { path: { id: SessionId } };
  'GET /users': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: UserPage };
  'POST /users': { body: NewUser; answer: CreatedUser };
  'GET /users/{name}/open-id': { path: { name: UserName }; answer: OpenIdSubject };
  'PUT /users/{name}/open-id': { path: { name: UserName }; body: OpenIdSubject; answer: OpenIdSubject };
  'DELETE /users/{name}/open-id': { path: { name: UserName } };
  'GET /users/{name}/otp': { path: { name: UserName }; answer: CodeState };
  'DELETE /users/{name}/otp': { path: { name: UserName } };
  'GET /users/{name}': { path: { name: UserName }; answer: User };
  'PUT /users/{name}': { path: { name: UserName }; body: UserDraft; answer: User };
  'DELETE /users/{name}': { path: { name: UserName } };
  'POST /users/{name}/password': { path: { name: UserName }; answer: OneTimePassword };
  'GET /users/{name}/sessions': { path: { name: UserName }; answer: SessionList };
  'DELETE /users/{name}/sessions/{id}': { path: { name: UserName; id: SessionId } };
  'GET /webhooks': { answer: WebhookList };
  'GET /webhooks/{name}': { path: { name: KeyName }; answer: Webhook };
  'PUT /webhooks/{name}': { path: { name: KeyName }; body: WebhookDraft; answer: Webhook };
  'DELETE /webhooks/{name}': { path: { name: KeyName } };
  'POST /webhooks/{name}/secret': { path: { name: KeyName }; answer: NewWebhookSecret };
  'GET /webhooks/{name}/deliveries': { path: { name: KeyName }; query: { state?: WebhookDeliveryState | undefined; cursor?: Cursor | undefined; limit?: number | undefined }; answer: WebhookDeliveryPage };
  'POST /webhooks/{name}/deliveries/{id}/retry': { path: { name: KeyName; id: EventId }; answer: WebhookDelivery };
  'POST /undo/{id}': { path: { id: UndoId }; answer: Undone };
  'GET /audit': { query: { actor?: string | undefined; kind?: string | undefined; subject?: string | undefined; action?: AuditAction | undefined; from?: RequestedInstant | undefined; to?: RequestedInstant | undefined; cursor?: Cursor | undefined; limit?: number | undefined }; answer: AuditPage };
  'GET /calls': { query: { direction?: Direction | undefined; status?: CallOutcome | undefined; extension?: ExtensionNumber | undefined; number?: string | undefined; profile?: ProfileId | undefined; notCalledBack?: boolean | undefined; hasRecording?: boolean | undefined; from?: RequestedInstant | undefined; to?: RequestedInstant | undefined; cursor?: Cursor | undefined; limit?: number | undefined }; answer: CallPage };
  'POST /calls': { body: NewCall; answer: MadeCall };
  'GET /calls.csv': { query: { direction?: Direction | undefined; status?: CallOutcome | undefined; extension?: ExtensionNumber | undefined; number?: string | undefined; profile?: ProfileId | undefined; notCalledBack?: boolean | undefined; hasRecording?: boolean | undefined; from: RequestedInstant; to: RequestedInstant; zone?: string | undefined }; answer: Blob };
  'GET /calls/{id}': { path: { id: CallId }; answer: Call };
  'PUT /calls/{id}/profile': { path: { id: CallId }; body: CallProfileDraft; answer: CallProfile };
  'POST /calls/{id}/profile': { path: { id: CallId }; body: ProfileDraft; answer: Profile };
  'DELETE /calls/{id}/profile': { path: { id: CallId } };
  'POST /calls/{id}/hangup': { path: { id: CallId } };
  'POST /calls/{id}/transfer': { path: { id: CallId }; body: Transfer };
  'POST /calls/{id}/transfer/complete': { path: { id: CallId }; query: { by?: ExtensionNumber | undefined } };
  'POST /calls/{id}/transfer/cancel': { path: { id: CallId }; query: { by?: ExtensionNumber | undefined } };
  'POST /calls/{id}/park': { path: { id: CallId }; query: { by?: ExtensionNumber | undefined }; answer: ParkedCall };
  'POST /calls/{id}/hold': { path: { id: CallId }; query: { by?: ExtensionNumber | undefined } };
  'POST /calls/{id}/resume': { path: { id: CallId } };
  'POST /calls/{id}/recording/start': { path: { id: CallId } };
  'POST /calls/{id}/recording/stop': { path: { id: CallId } };
  'POST /calls/{id}/recording/pause': { path: { id: CallId } };
  'POST /calls/{id}/recording/resume': { path: { id: CallId } };
  'GET /live-calls': { answer: LiveCallList };
  'GET /recordings': { query: { state?: FileState | undefined; kind?: RecordingKind | undefined; direction?: Direction | undefined; extension?: ExtensionNumber | undefined; number?: string | undefined; profile?: ProfileId | undefined; from?: RequestedInstant | undefined; to?: RequestedInstant | undefined; cursor?: Cursor | undefined; limit?: number | undefined }; answer: RecordingPage };
  'GET /recordings/{id}': { path: { id: RecordingId }; query: { ticket?: string | undefined }; answer: Blob };
  'DELETE /recordings/{id}': { path: { id: RecordingId } };
  'PATCH /recordings/{id}': { path: { id: RecordingId }; body: RecordingTitle };
  'GET /recordings/{id}/peaks': { path: { id: RecordingId }; answer: RecordingPeaks };
  'GET /recordings/{id}/access': { path: { id: RecordingId }; query: { cursor?: Cursor | undefined }; answer: RecordingAccessPage };
  'GET /profiles': { query: { search?: string | undefined; q?: string | undefined; number?: string | undefined; category?: Category | undefined; kind?: ProfileKind | undefined; group?: ProfileGroupId | undefined; organisation?: ProfileId | undefined; cursor?: Cursor | undefined; limit?: number | undefined }; answer: ProfilePage };
  'POST /profiles': { body: ProfileDraft; answer: Profile };
  'GET /profiles.csv': { query: { category?: Category | undefined; kind?: ProfileKind | undefined; group?: ProfileGroupId | undefined; organisation?: ProfileId | undefined }; answer: Blob };
  'GET /profiles.xlsx': { query: { category?: Category | undefined; kind?: ProfileKind | undefined; group?: ProfileGroupId | undefined; organisation?: ProfileId | undefined }; answer: Blob };
  'GET /imports': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: ImportPage };
  'POST /imports': { query: { name?: string | undefined }; body: Blob; answer: ProfileImport };
  'GET /imports/{id}': { path: { id: ImportId }; answer: ProfileImport };
  'PUT /imports/{id}/format': { path: { id: ImportId }; body: ImportFormatDraft; answer: ProfileImport };
  'PUT /imports/{id}/mapping': { path: { id: ImportId }; body: ImportMapping; answer: ProfileImport };
  'POST /imports/{id}/dry-run': { path: { id: ImportId }; answer: ProfileImport };
  'POST /imports/{id}/run': { path: { id: ImportId }; answer: ProfileImport };
  'POST /imports/{id}/cancel': { path: { id: ImportId }; answer: ProfileImport };
  'POST /imports/{id}/undo': { path: { id: ImportId }; answer: ProfileImport };
  'GET /imports/{id}/refusals': { path: { id: ImportId }; query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: ImportRefusalPage };
  'GET /imports/{id}/refusals.csv': { path: { id: ImportId }; answer: Blob };
  'GET /profiles/{id}': { path: { id: ProfileId }; answer: Profile };
  'PUT /profiles/{id}': { path: { id: ProfileId }; body: ProfileDraft; answer: Profile };
  'DELETE /profiles/{id}': { path: { id: ProfileId } };
  'POST /profiles/{id}/numbers': { path: { id: ProfileId }; body: NumberDraft; answer: Profile };
  'GET /profiles/{id}/notes': { path: { id: ProfileId }; query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: ProfileNotePage };
  'POST /profiles/{id}/notes': { path: { id: ProfileId }; body: ProfileNoteDraft; answer: ProfileNote };
  'GET /profiles/{id}/notes/{note}': { path: { id: ProfileId; note: ProfileNoteId }; answer: ProfileNote };
  'PUT /profiles/{id}/notes/{note}': { path: { id: ProfileId; note: ProfileNoteId }; body: ProfileNoteDraft; answer: ProfileNote };
  'DELETE /profiles/{id}/notes/{note}': { path: { id: ProfileId; note: ProfileNoteId } };
  'GET /profiles/{id}/timeline': { path: { id: ProfileId }; query: { kind?: TimelineKind | undefined; cursor?: Cursor | undefined; limit?: number | undefined }; answer: TimelinePage };
  'POST /profiles/{id}/merge': { path: { id: ProfileId }; body: MergeDraft; answer: MergedProfile };
  'GET /profiles/duplicates': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: DuplicatePage };
  'PUT /profiles/{id}/not-same-as/{other}': { path: { id: ProfileId; other: ProfileId } };
  'DELETE /profiles/{id}/not-same-as/{other}': { path: { id: ProfileId; other: ProfileId } };
  'GET /numbers/{number}/timeline': { path: { number: WrittenNumber }; query: { kind?: TimelineKind | undefined; cursor?: Cursor | undefined; limit?: number | undefined }; answer: TimelinePage };
  'GET /profile-groups': { answer: ProfileGroupList };
  'POST /profile-groups': { body: ProfileGroupDraft; answer: ProfileGroup };
  'GET /profile-groups/{id}': { path: { id: ProfileGroupId }; answer: ProfileGroup };
  'PUT /profile-groups/{id}': { path: { id: ProfileGroupId }; body: ProfileGroupDraft; answer: ProfileGroup };
  'DELETE /profile-groups/{id}': { path: { id: ProfileGroupId } };
  'GET /numbers/{number}/crm': { path: { number: string }; answer: OutsideContact };
  'GET /profile-fields': { answer: ProfileFieldList };
  'POST /profile-fields': { body: ProfileFieldDraft; answer: ProfileField };
  'GET /profile-fields/{id}': { path: { id: ProfileFieldId }; answer: ProfileField };
  'PUT /profile-fields/{id}': { path: { id: ProfileFieldId }; body: ProfileFieldDraft; answer: ProfileField };
  'DELETE /profile-fields/{id}': { path: { id: ProfileFieldId } };
  'GET /extensions': { query: { q?: string | undefined; cursor?: Cursor | undefined; limit?: number | undefined }; answer: ExtensionPage };
  'POST /extensions': { query: { newGroups?: boolean | undefined }; body: Extension; answer: CreatedExtension };
  'GET /extensions/{number}': { path: { number: ExtensionNumber }; answer: Extension };
  'PUT /extensions/{number}': { path: { number: ExtensionNumber }; body: Extension; answer: Extension };
  'DELETE /extensions/{number}': { path: { number: ExtensionNumber } };
  'PUT /extensions/{number}/availability': { path: { number: ExtensionNumber }; body: Availability; answer: Extension };
  'GET /extensions/{number}/voicemail': { path: { number: ExtensionNumber }; query: { cursor?: Cursor | undefined }; answer: VoicemailPage };
  'DELETE /extensions/{number}/voicemail/{recording}': { path: { number: ExtensionNumber; recording: RecordingId } };
  'PATCH /extensions/{number}/voicemail/{recording}': { path: { number: ExtensionNumber; recording: RecordingId }; body: VoicemailMark };
  'GET /extensions/{number}/devices': { path: { number: ExtensionNumber }; answer: DeviceList };
  'DELETE /extensions/{number}/devices/{id}': { path: { number: ExtensionNumber; id: DeviceId } };
  'PUT /extensions/{number}/password': { path: { number: ExtensionNumber }; body: NewExtensionPassword };
  'POST /extensions/{number}/password': { path: { number: ExtensionNumber }; answer: GeneratedPassword };
  'POST /simulate': { body: Simulation; answer: Simulated };
  'GET /extension-states': { answer: ExtensionStateList };
  'GET /trunk-states': { answer: TrunkStateList };
  'GET /trunk-states/{name}': { path: { name: Name }; answer: TrunkState };
  'GET /statistics': { query: { by?: CountedBy | undefined; from: RequestedInstant; to: RequestedInstant; direction?: Direction | undefined; zone?: string | undefined }; answer: CountsList };
  'GET /statistics.csv': { query: { by?: CountedBy | undefined; from: RequestedInstant; to: RequestedInstant; direction?: Direction | undefined; zone?: string | undefined }; answer: Blob };
  'GET /company': { answer: Blob };
  'PUT /company': { body: Blob; answer: CompanyDifference };
  'GET /company/warnings': { answer: CompanyWarningList };
  'POST /company/validate': { body: Blob; answer: CompanyCheck };
  'POST /company/diff': { body: Blob; answer: CompanyDifference };
  'GET /extension-groups': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: ExtensionGroupPage };
  'GET /extension-groups/{name}': { path: { name: Name }; answer: ExtensionGroup };
  'PUT /extension-groups/{name}': { path: { name: Name }; body: ExtensionGroup; answer: ExtensionGroup };
  'DELETE /extension-groups/{name}': { path: { name: Name } };
  'GET /trunks': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: TrunkPage };
  'GET /trunks/{name}': { path: { name: Name }; answer: Trunk };
  'PUT /trunks/{name}': { path: { name: Name }; body: Trunk; answer: Trunk };
  'DELETE /trunks/{name}': { path: { name: Name } };
  'PUT /trunks/{name}/password': { path: { name: Name }; body: NewTrunkPassword };
  'GET /schedules': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: SchedulePage };
  'GET /schedules/{name}': { path: { name: Name }; answer: Schedule };
  'PUT /schedules/{name}': { path: { name: Name }; body: Schedule; answer: Schedule };
  'DELETE /schedules/{name}': { path: { name: Name } };
  'PUT /schedules/{name}/override': { path: { name: Name }; body: Switched; answer: Schedule };
  'DELETE /schedules/{name}/override': { path: { name: Name }; answer: Schedule };
  'GET /prompts': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: PromptPage };
  'GET /prompts/{name}': { path: { name: Name }; answer: Prompt };
  'PUT /prompts/{name}': { path: { name: Name }; body: Prompt; answer: Prompt };
  'DELETE /prompts/{name}': { path: { name: Name } };
  'GET /prompts/{name}/audio/{language}': { path: { name: Name; language: Language }; answer: Blob };
  'PUT /prompts/{name}/audio/{language}': { path: { name: Name; language: Language }; body: Blob; answer: Prompt };
  'DELETE /prompts/{name}/audio/{language}': { path: { name: Name; language: Language }; answer: Prompt };
  'GET /settings': { answer: Settings };
  'PUT /settings': { body: Settings; answer: Settings };
  'GET /pickup-groups': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: PickupGroupPage };
  'GET /pickup-groups/{name}': { path: { name: Name }; answer: PickupGroup };
  'PUT /pickup-groups/{name}': { path: { name: Name }; body: PickupGroup; answer: PickupGroup };
  'DELETE /pickup-groups/{name}': { path: { name: Name } };
  'GET /outgoing-profiles': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: OutgoingProfilePage };
  'GET /outgoing-profiles/{name}': { path: { name: Name }; answer: OutgoingProfile };
  'PUT /outgoing-profiles/{name}': { path: { name: Name }; body: OutgoingProfile; answer: OutgoingProfile };
  'DELETE /outgoing-profiles/{name}': { path: { name: Name } };
  'GET /emergency-numbers': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: EmergencyNumberPage };
  'GET /emergency-numbers/{name}': { path: { name: Name }; answer: EmergencyNumber };
  'PUT /emergency-numbers/{name}': { path: { name: Name }; body: EmergencyNumber; answer: EmergencyNumber };
  'DELETE /emergency-numbers/{name}': { path: { name: Name } };
  'GET /menus': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: MenuPage };
  'GET /menus/{name}': { path: { name: Name }; answer: Menu };
  'PUT /menus/{name}': { path: { name: Name }; body: Menu; answer: Menu };
  'DELETE /menus/{name}': { path: { name: Name } };
  'GET /ring-groups': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: RingGroupPage };
  'GET /ring-groups/{name}': { path: { name: Name }; answer: RingGroup };
  'PUT /ring-groups/{name}': { path: { name: Name }; body: RingGroup; answer: RingGroup };
  'DELETE /ring-groups/{name}': { path: { name: Name } };
  'GET /inbound-routes': { query: { cursor?: Cursor | undefined; limit?: number | undefined }; answer: InboundRoutePage };
  'GET /inbound-routes/{name}': { path: { name: Name }; answer: InboundRoute };
  'PUT /inbound-routes/{name}': { path: { name: Name }; body: InboundRoute; answer: InboundRoute };
  'DELETE /inbound-routes/{name}': { path: { name: Name } };
}
