package io.tamas.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The version of a thing as an entity tag (RFC 9110 section 8.8.3), so that a client does not
/// overwrite what it has not seen.
public final class ETag {
  private static final Pattern FORM = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"");

  private ETag() {}

  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /// The version that `If-Match` asks for (section 13.1.1); empty is any, also for `*`.
  ///
  /// @throws Problem 412 when it is no tag of ours, which then cannot match
  public static Optional<Long> expected(Request request) {
    return request.header("if-match").filter(text -> !text.equals("*")).map(ETag::version);
  }

  private static Long version(String text) {
    Matcher tag = FORM.matcher(text);
    if (!tag.matches()) {
      throw Problem.preconditionFailed("If-Match is not an ETag that was given");
    }
    return Long.valueOf(tag.group(1));
  }
}
