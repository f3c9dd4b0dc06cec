package io.tamas.asterisk.ami;

/// That somebody tried to sign in at Asterisk by SIP.
///
/// @param account that was named; what comes from outside and is no account is named as it is
/// @param address from which it came
public record SignIn(Outcome outcome, String account, String address) {

  public enum Outcome {
    /// The password was right.
    RIGHT,
    /// The answer to Asterisk's challenge was wrong: who sent it also heard the challenge, so the
    /// address is his.
    WRONG,
    /// There is no such account. The address may be anybody's.
    NOBODY
  }
}
