package io.tamas.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of a file that a `Range` header requests (RFC 9110 section 14). Several ranges at once
/// and other units are answered with the whole file, as the RFC allows.
sealed interface ByteRange {
  Pattern FORM = Pattern.compile("(?i)bytes=[ \\t]*([0-9]{0,18})-([0-9]{0,18})[ \\t]*");

  record Whole() implements ByteRange {}

  /// `length` bytes from `first` on; at least one.
  record Part(long first, long length) implements ByteRange {
    String contentRange(long size) {
      return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
  }

  /// No byte of the file is requested: 416.
  record Unsatisfiable() implements ByteRange {}

  static ByteRange parse(Optional<String> header, long size) {
    Matcher matcher = FORM.matcher(header.orElse(""));
    if (!matcher.matches()) {
      return new Whole();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : suffix(Long.parseLong(last), size);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
    if (!last.isEmpty() && Long.parseLong(last) < from) {
      return new Whole(); // invalid by the RFC, so ignored
    }
    return from >= size ? new Unsatisfiable() : new Part(from, to - from + 1);
  }

  private static ByteRange suffix(long length, long size) {
    if (length == 0 || size == 0) {
      return new Unsatisfiable();
    }
    return new Part(Math.max(0, size - length), Math.min(length, size));
  }
}
