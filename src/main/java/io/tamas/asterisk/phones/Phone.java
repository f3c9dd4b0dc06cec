package io.tamas.asterisk.phones;

import io.tamas.config.Secret;
import io.tamas.number.ExtensionNumber;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A phone that may register: the name of its endpoint in Asterisk is the extension's number.
///
/// @param name the person's, any text
/// @param language of the voice prompts, such as `en` or `pt_BR`
/// @param pickupGroups whose members may pick up its ringing calls, and it theirs
/// @param devices how many may be registered at once, 1 to 10
/// @param password 8 to 80 printable characters of ASCII
public record Phone(
    ExtensionNumber number,
    String name,
    Optional<String> language,
    SortedSet<String> pickupGroups,
    int devices,
    Secret password) {
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})?");
  private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern PASSWORD = Pattern.compile("[\\x21-\\x7e]{8,80}");

  private static final int MAX_DEVICES = 10;

  public Phone {
    pickupGroups = new TreeSet<>(pickupGroups);
    if (language.filter(tag -> !LANGUAGE.matcher(tag).matches()).isPresent()) {
      throw new IllegalArgumentException("a language is such as en or pt_BR");
    }
    if (pickupGroups.stream().anyMatch(group -> !GROUP.matcher(group).matches())) {
      throw new IllegalArgumentException("a group's name is 1 to 40 of a-z, 0-9 and -");
    }
    if (devices < 1 || devices > MAX_DEVICES) {
      throw new IllegalArgumentException("a phone has 1 to " + MAX_DEVICES + " devices");
    }
    if (!PASSWORD.matcher(password.reveal()).matches()) {
      throw new IllegalArgumentException("a password is 8 to 80 printable characters of ASCII");
    }
  }
}
