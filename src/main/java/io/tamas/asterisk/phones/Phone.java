package io.tamas.asterisk.phones;

import io.tamas.config.Secret;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.SipValue;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A phone that may register: the name of its endpoint in Asterisk is the extension's number.
///
/// @param name the person's, any text
/// @param language of the voice prompts, such as `en`
/// @param pickupGroups whose members may pick up its ringing calls, and it theirs
/// @param devices how many may be registered at once, 1 to 10
/// @param lamps the context in which it subscribes: see [LampRights]
/// @param messageKey what its key for messages dials; empty: it has no mailbox
/// @param sip of its devices
public record Phone(
    ExtensionNumber number,
    String name,
    Optional<String> language,
    SortedSet<String> pickupGroups,
    int devices,
    String lamps,
    Optional<String> messageKey,
    SipHabits sip,
    Secret password) {
  private static final int MAX_DEVICES = 10;

  /// A phone without a mailbox, whose lamps show everybody.
  public Phone(
      ExtensionNumber number,
      String name,
      Optional<String> language,
      SortedSet<String> pickupGroups,
      int devices,
      SipHabits sip,
      Secret password) {
    this(
        number,
        name,
        language,
        pickupGroups,
        devices,
        LampRights.ALL,
        Optional.empty(),
        sip,
        password);
  }

  public Phone {
    pickupGroups = new TreeSet<>(pickupGroups);
    language.ifPresent(SipValue.LANGUAGE::require);
    pickupGroups.forEach(SipValue.NAME::require);
    if (devices < 1 || devices > MAX_DEVICES) {
      throw new IllegalArgumentException("a phone has 1 to " + MAX_DEVICES + " devices");
    }
    SipValue.PHONE_PASSWORD.require(password.reveal());
  }

  Optional<MailboxName> mailbox() {
    return messageKey.map(_ -> MailboxName.of(number, password));
  }
}
