package io.tamas.company;

import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// One person's number.
///
/// @param mayCall the groups whose extensions it may call; none: everybody
/// @param outgoing the outgoing profile; without one it calls nobody outside but emergency numbers
/// @param callerId what is shown outside (E.164), where the trunk lets extensions show their own
/// @param record which of its calls are recorded, both sides
/// @param doNotDisturb answers busy
/// @param mailbox where callers leave a message when nobody answers and no forward says otherwise
public record Extension(
    ExtensionNumber number,
    String name,
    Set<String> groups,
    Set<String> mayCall,
    Optional<String> outgoing,
    Optional<String> callerId,
    Set<Recorded> record,
    boolean doNotDisturb,
    Optional<Forwards> forwards,
    Optional<Mailbox> mailbox,
    Optional<String> language,
    Optional<String> email,
    Optional<String> mobile)
    implements Company.Part {

  /// An extension of which nothing but number and name is said.
  public static Extension of(ExtensionNumber number, String name) {
    return new Extension(
        number,
        name,
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Extension withDoNotDisturb(boolean on) {
    return new Extension(
        number, name, groups, mayCall, outgoing, callerId, record, on, forwards, mailbox, language,
        email, mobile);
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
        doNotDisturb,
        Optional.of(changed),
        mailbox,
        language,
        email,
        mobile);
  }

  @Override
  public PartKind kind() {
    return PartKind.EXTENSION;
  }

  @Override
  public String key() {
    return number.digits();
  }

  /// Which calls of an extension are recorded.
  public enum Recorded {
    INBOUND,
    OUTBOUND,
    INTERNAL
  }

  /// Where the calls of an extension go instead. A number outside is called under the extension's
  /// own outgoing profile.
  ///
  /// @param noAnswerAfter how long the phone rings before `noAnswer`; else as long as the caller's
  ///   route says
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

  /// @param greeting a prompt; else Asterisk's own voice asks for a message
  /// @param longest of a message; 3 minutes when it is not said
  /// @param byEmail whether the extension's e-mail address is told, with the message attached
  /// @param bySms whether its mobile phone is told
  public record Mailbox(
      Optional<String> greeting, Optional<Duration> longest, boolean byEmail, boolean bySms) {}
}
