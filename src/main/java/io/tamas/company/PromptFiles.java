package io.tamas.company;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// How the files of prompts are called: by what is in them, so that a name is computed without
/// looking and never comes from outside. Pure.
public final class PromptFiles {
  /// The ending, which Asterisk does without.
  static final String ENDING = ".wav";

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  private PromptFiles() {}

  /// The name, without ending, of the file of a spoken text.
  public static String nameOf(String language, String text) {
    return sha256((language + "\0" + text).getBytes(StandardCharsets.UTF_8));
  }

  /// Whether the text is a name as they are made here and by uploads (the SHA-256 of the audio).
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
