package io.tamas.asterisk.agi;

import java.util.regex.Pattern;

/// A channel's variable or a function such as `CALLERID(name)`, and its new value.
///
/// The value is any text without newlines and NUL; Asterisk's `SET VARIABLE` expands nothing in it.
public record Variable(String name, String value) {
  private static final String OPENING = "SET VARIABLE ";
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,79}(\\([A-Za-z0-9_-]{1,40}\\))?");

  public Variable {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a variable: " + name);
    }
    Command.check(value);
    if (OPENING.length() + name.length() + " ".length() + Command.quotedBytes(value)
        > Command.ROOM) {
      throw new IllegalArgumentException("too long to be set: " + name);
    }
  }

  Command command() {
    return new Command(OPENING + name + ' ' + Command.quoted(value));
  }
}
