package io.tamas.company;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// An extension: the number of one person.
///
/// @param mayCall the groups whose extensions it may call; empty: all extensions
/// @param outgoing the outgoing profile; without one it can call no external number but emergency
///   numbers
/// @param callerId the caller ID sent (E.164), if the trunk has `ownCallerIds`
/// @param record which of its calls are recorded, both sides
/// @param devices how many devices may be registered at once: desk phone, softphone, mobile app; by
///   default [#DEFAULT_DEVICES]
/// @param doNotDisturb calls to it are refused as busy
/// @param callWaiting whether it rings while it is in a call or rings; by default it does. Without,
///   a further call finds it busy
/// @param transferKey with which its phones transfer a call during it; by default `#`
/// @param mailbox where callers leave a message when nobody answers and no forward applies
/// @param site where it is, such as `tehran`: by which trunks its emergency calls go
/// @param sip of its phone
public record Extension(
    ExtensionNumber number,
    String name,
    Set<String> groups,
    Set<String> mayCall,
    Optional<String> outgoing,
    Optional<String> callerId,
    Set<Recorded> record,
    Optional<Integer> devices,
    boolean doNotDisturb,
    Optional<Boolean> callWaiting,
    Optional<TransferKey> transferKey,
    Optional<Forwards> forwards,
    Optional<Mailbox> mailbox,
    Optional<String> language,
    Optional<String> email,
    Optional<String> mobile,
    Optional<String> site,
    Optional<SipOptions> sip)
    implements Company.Part {
  public static final int DEFAULT_DEVICES = 5;

  /// Forwards to nowhere are none.
  public Extension {
    forwards = forwards.filter(some -> !some.equals(Forwards.NONE));
  }

  /// An extension with number and name only.
  public static Extension of(ExtensionNumber number, String name) {
    return new Extension(
        number,
        name,
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Extension withDoNotDisturb(boolean on) {
    return new Extension(
        number,
        name,
        groups,
        mayCall,
        outgoing,
        callerId,
        record,
        devices,
        on,
        callWaiting,
        transferKey,
        forwards,
        mailbox,
        language,
        email,
        mobile,
        site,
        sip);
  }

  public Extension withForwards(Forwards changed) {
    return new Extension(
        number,
        name,
        groups,
        mayCall,
        outgoing,
        callerId,
        record,
        devices,
        doNotDisturb,
        callWaiting,
        transferKey,
        Optional.of(changed),
        mailbox,
        language,
        email,
        mobile,
        site,
        sip);
  }

  /// Whether it rings while it is in a call.
  public boolean hasCallWaiting() {
    return callWaiting.orElse(true);
  }

  /// How many devices may be registered at once.
  public int maxDevices() {
    return devices.orElse(DEFAULT_DEVICES);
  }

  @Override
  public PartKind kind() {
    return PartKind.EXTENSION;
  }

  @Override
  public String key() {
    return number.digits();
  }

  /// The key that begins a transfer with consultation. What begins with another key reaches the
  /// other side at once.
  public enum TransferKey {
    /// Reaches the other side when it is pressed twice.
    @JsonProperty("#")
    HASH,
    @JsonProperty("##")
    DOUBLE_HASH,
    @JsonProperty("*2")
    STAR_TWO,
    /// No key transfers, neither with consultation nor blind: only the phone's own button does.
    @JsonProperty("none")
    NONE
  }

  /// Which calls of an extension are recorded.
  public enum Recorded {
    INBOUND,
    OUTBOUND,
    INTERNAL
  }

  /// The destinations to which the calls of an extension are forwarded. An external number is
  /// called under the extension's own outgoing profile.
  ///
  /// @param noAnswerAfter how long the phone rings before `noAnswer`; by default as long as the
  ///   caller's route defines
  public record Forwards(
      Optional<Destination> always,
      Optional<Destination> busy,
      Optional<Destination> noAnswer,
      Optional<Destination> unreachable,
      Optional<Duration> noAnswerAfter) {
    public static final Forwards NONE =
        new Forwards(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /// @param greeting a prompt; by default Asterisk's own request for a message
  /// @param longest maximum length of a message; by default 3 minutes
  /// @param byEmail whether a notification is sent to the extension's e-mail address, with the
  ///   message attached
  /// @param bySms whether a notification is sent to its mobile number
  public record Mailbox(
      Optional<String> greeting, Optional<Duration> longest, boolean byEmail, boolean bySms) {}
}
