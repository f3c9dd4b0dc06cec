package io.tamas.asterisk.phones;

import io.tamas.config.Secret;
import io.tamas.number.ExtensionNumber;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What Asterisk calls the mailbox of a phone, such as `101-5f0c2a91d4`: another one for each
/// password, so that a phone that subscribed with one that no longer counts is told nothing more.
/// Asterisk cannot end its subscription before it expires. Pure.
record MailboxName(String text) {
  private static final int DIGITS = 10;
  private static final Pattern FORM = Pattern.compile("[0-9]{1,8}-[0-9a-f]{" + DIGITS + "}");

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  static MailboxName of(ExtensionNumber number, Secret password) {
    String all = "mailbox " + number.digits() + " " + password.reveal();
    String digest = HexFormat.of().formatHex(sha256().digest(all.getBytes(StandardCharsets.UTF_8)));
    return new MailboxName(number.digits() + "-" + digest.substring(0, DIGITS));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// For the devices that are told without having asked.
  String told() {
    return text + "@told";
  }

  /// For those that subscribe.
  String asked() {
    return text + "@asked";
  }
}
