package io.tamas.company;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The names of the files of prompts: derived from their content, so that a name is computed
/// without reading the folder and is never chosen by a client. Pure.
public final class PromptFiles {
  /// The file name extension, which Asterisk omits.
  static final String ENDING = ".wav";

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  private PromptFiles() {}

  /// The name, without extension, of the file of a synthesised text.
  public static String nameOf(String language, String text) {
    return sha256((language + "\0" + text).getBytes(StandardCharsets.UTF_8));
  }

  /// Whether the text is a name as generated here and by uploads (the SHA-256 of the audio).
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
