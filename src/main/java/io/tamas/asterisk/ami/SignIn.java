package io.tamas.asterisk.ami;

/// An attempt of SIP authentication at Asterisk.
///
/// @param account that was named; untrusted text if it is not an account
/// @param address its source
public record SignIn(Outcome outcome, String account, String address) {

  public enum Outcome {
    /// The password was right.
    RIGHT,
    /// The answer to Asterisk's challenge was wrong: its sender also received the challenge, so the
    /// address is genuine.
    WRONG,
    /// There is no such account. The address may be forged.
    NOBODY
  }
}
