package io.tamas.asterisk.phones;

import java.util.Optional;

/// What Asterisk knows of a trunk now.
///
/// @param registration empty if it does not register
/// @param asked whether its server is asked by OPTIONS
/// @param reachable whether it answers; empty if it is not asked, or has not been asked yet
/// @param resolved whether its server has an address, or a name that can be resolved
/// @param reason why it is not registered, as far as Asterisk has logged it, such as `SIP 403`
public record TrunkReport(
    Optional<Registration> registration,
    boolean asked,
    Optional<Boolean> reachable,
    boolean resolved,
    Optional<String> reason) {
  /// The reason where a server is silent that has a name: it may be that.
  static final String SILENCE = "no answer to REGISTER";

  /// The same of a registration of which the result is not known yet.
  TrunkReport trying() {
    return new TrunkReport(
        Optional.of(Registration.TRYING), asked, reachable, resolved, Optional.empty());
  }

  public enum Registration {
    REGISTERED,
    /// Refused, or not answered.
    REJECTED,
    /// The first attempt is under way.
    TRYING;

    /// In the words of Asterisk (`sip_outbound_registration_status_str`).
    static Registration of(String text) {
      return switch (text) {
        case "Registered" -> REGISTERED;
        case "Rejected" -> REJECTED;
        default -> TRYING;
      };
    }
  }
}
