package io.tamas.openid;

/// Nobody has signed in. The message says why, for the log: it has no secret.
public final class OpenIdFault extends Exception {
  private final Kind kind;

  public enum Kind {
    /// The issuer does not answer, or not as the standard says: a later attempt may succeed.
    UNAVAILABLE,
    /// The issuer has refused, or what was shown is not by it or not for this sign-in.
    REFUSED
  }

  OpenIdFault(Kind kind, String reason) {
    super(reason, null, false, false);
    this.kind = kind;
  }

  static OpenIdFault unavailable(String reason) {
    return new OpenIdFault(Kind.UNAVAILABLE, reason);
  }

  static OpenIdFault refused(String reason) {
    return new OpenIdFault(Kind.REFUSED, reason);
  }

  public Kind kind() {
    return kind;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
