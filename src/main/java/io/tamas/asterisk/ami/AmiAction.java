package io.tamas.asterisk.ami;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// An action of the manager interface.
///
/// No argument can end a line of the protocol, and none that Asterisk puts into the argument list
/// of an application can start another argument there.
///
/// @param fields in the order in which they are written
public record AmiAction(String name, Map<String, String> fields) {
  /// `inbuf` of `struct mansession_session` in `manager.c` has 1,025 bytes; a longer line ends the
  /// session.
  private static final int MAX_LINE = 1_000;

  private static final Pattern LINE = Pattern.compile("[^\\r\\n\\x00]*");
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9_./@:;+*#-]{1,120}");
  private static final Pattern CONTEXT = Pattern.compile("[a-z][a-z0-9-]{0,60}");
  private static final Pattern NUMBER = Pattern.compile("[+*#0-9]{1,40}");
  private static final Pattern FILE = Pattern.compile("/[A-Za-z0-9_./-]{1,250}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_+*#-]{1,60}");

  public AmiAction {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    fields.forEach((key, value) -> {
      if (!LINE.matcher(value).matches() || key.length() + value.length() > MAX_LINE) {
        throw new IllegalArgumentException(name + ": " + key + " does not fit into a line");
      }
    });
  }

  /// Attended transfer, as if the channel's user had dialled the transfer code and the number: the
  /// other side hears music, the user talks to the transfer target. Asterisk plays the digits of
  /// `features.conf` into the channel.
  public static AmiAction attendedTransfer(String channel, String context, String to) {
    return of("Atxfer", "Channel", channel(channel))
        .with("Context", matching(CONTEXT, "context", context))
        .with("Exten", matching(NUMBER, "number", to));
  }

  /// Cancels an attended transfer: back to the first conversation, as long as the transfer is not
  /// complete.
  public static AmiAction cancelAttendedTransfer(String channel) {
    return of("CancelAtxfer", "Channel", channel(channel));
  }

  /// Blind transfer: sends the other side of the channel's bridge to a place in the dialplan; the
  /// channel leaves.
  public static AmiAction blindTransfer(String channel, String context, String to) {
    return of("BlindTransfer", "Channel", channel(channel))
        .with("Context", matching(CONTEXT, "context", context))
        .with("Exten", matching(NUMBER, "number", to));
  }

  /// Redirects a channel to a place in the dialplan.
  ///
  /// @param exten may also be no number, such as `s`
  public static AmiAction redirect(String channel, String context, String exten) {
    return of("Redirect", "Channel", channel(channel))
        .with("Context", matching(CONTEXT, "context", context))
        .with("Exten", matching(KEY, "exten", exten))
        .with("Priority", "1");
  }

  /// Redirects two channels at once, so that neither is hung up when the other leaves.
  public static AmiAction redirectBoth(
      String channel, String exten, String other, String otherExten, String context) {
    return redirect(channel, context, exten)
        .with("ExtraChannel", channel(other))
        .with("ExtraContext", context)
        .with("ExtraExten", matching(KEY, "exten", otherExten))
        .with("ExtraPriority", "1");
  }

  /// Parks a channel in the default lot, out of its bridge with the other, to which the number of
  /// the slot is announced; the parked one is returned to its phone if nobody retrieves it.
  public static AmiAction park(String channel, String other) {
    return of("Park", "Channel", channel(channel))
        .with("TimeoutChannel", channel(other))
        .with("AnnounceChannel", channel(other));
  }

  /// Hangs up as the channel's own user would.
  public static AmiAction hangUp(String channel) {
    return of("Hangup", "Channel", channel(channel)).with("Cause", "16");
  }

  /// Hangs up all channels of a SIP endpoint.
  public static AmiAction hangUpAll(String endpoint) {
    return of("Hangup", "Channel", "/^PJSIP/" + matching(KEY, "endpoint", endpoint) + "-/")
        .with("Cause", "16");
  }

  /// Lists all channels, one a line, as text for programs.
  public static AmiAction channels() {
    return of("Command", "Command", "core show channels concise");
  }

  /// Lists what a SIP endpoint has subscribed to, as text for people.
  public static AmiAction subscriptions(String endpoint) {
    String like = "Endpoint:." + matching(KEY, "endpoint", endpoint) + "/";
    return of("Command", "Command", "pjsip show subscriptions inbound like " + like);
  }

  /// Shows the outbound registration of a trunk, as text for people.
  public static AmiAction registration(String endpoint) {
    return of(
        "Command", "Command", "pjsip show registration " + matching(KEY, "endpoint", endpoint));
  }

  /// Opens Asterisk's log files anew.
  public static AmiAction reopenLogs() {
    return of("Command", "Command", "logger reload");
  }

  /// Removes the hint of an extension, which ends all subscriptions to it; refused if there is
  /// none.
  public static AmiAction removeHint(String context, String exten) {
    return of("DialplanExtensionRemove", "Context", matching(CONTEXT, "context", context))
        .with("Extension", matching(KEY, "exten", exten))
        .with("Priority", "hint");
  }

  /// Reads the files of the dialplan again. Calls and subscriptions continue.
  public static AmiAction reloadDialplan() {
    return of("Reload", "Module", "pbx_config");
  }

  /// Bridges two channels, out of whatever they do.
  public static AmiAction bridge(String channel, String other) {
    return of("Bridge", "Channel1", channel(channel))
        .with("Channel2", channel(other))
        .with("Tone", "no");
  }

  /// Records both directions of the channel while it is bridged.
  ///
  /// @param file the path as seen by Asterisk
  public static AmiAction record(String channel, String file) {
    return of("MixMonitor", "Channel", channel(channel))
        .with("File", matching(FILE, "file", file))
        .with("Options", "b");
  }

  /// Stops one recording of the channel; refused if it is not recorded.
  public static AmiAction stopRecording(String channel) {
    return of("StopMixMonitor", "Channel", channel(channel));
  }

  /// Recordings of the channel contain silence in place of its audio, or the audio again.
  public static AmiAction muteRecording(String channel, boolean silent) {
    return of("MixMonitorMute", "Channel", channel(channel))
        .with("Direction", "both")
        .with("State", silent ? "1" : "0");
  }

  /// Stores a value in Asterisk's own database.
  public static AmiAction databasePut(String family, String key, String value) {
    return of("DBPut", "Family", matching(KEY, "family", family))
        .with("Key", matching(KEY, "key", key))
        .with("Val", value);
  }

  /// Removes a value; refused if there is none.
  public static AmiAction databaseDelete(String family, String key) {
    return of("DBDel", "Family", matching(KEY, "family", family))
        .with("Key", matching(KEY, "key", key));
  }

  /// Removes all values of a family; refused if there are none.
  public static AmiAction databaseDeleteAll(String family) {
    return of("DBDelTree", "Family", matching(KEY, "family", family));
  }

  /// Counts the messages in a mailbox, whatever its context, and tells its phones if their number
  /// has changed.
  public static AmiAction countMessages(String mailbox) {
    return of("VoicemailRefresh", "Mailbox", matching(KEY, "mailbox", mailbox));
  }

  /// The same for all mailboxes.
  public static AmiAction countAllMessages() {
    return new AmiAction("VoicemailRefresh", Map.of());
  }

  /// Sets a variable of a channel.
  public static AmiAction setVariable(String channel, String variable, String value) {
    return of("Setvar", "Channel", channel(channel))
        .with("Variable", matching(KEY, "variable", variable))
        .with("Value", value);
  }

  /// Asks all devices of an endpoint whether they are there (OPTIONS).
  public static AmiAction qualify(String endpoint) {
    return of("PJSIPQualify", "Endpoint", matching(KEY, "endpoint", endpoint));
  }

  static AmiAction ping() {
    return new AmiAction("Ping", Map.of());
  }

  private static AmiAction of(String name, String key, String value) {
    return new AmiAction(name, Map.of(key, value));
  }

  private AmiAction with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(key, value);
    return new AmiAction(name, more);
  }

  private static String channel(String name) {
    return matching(CHANNEL, "channel", name);
  }

  private static String matching(Pattern pattern, String what, String value) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException("not a " + what + " of Asterisk");
    }
    return value;
  }
}
