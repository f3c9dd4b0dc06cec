package io.tamas.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version as an entity tag (RFC 9110 section 8.8.3), so that a client does not overwrite a
/// change that it has not seen.
public final class ETag {
  private static final Pattern FORM = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"");

  private ETag() {}

  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /// The version that `If-Match` requires (section 13.1.1); empty: any, also for `*`.
  ///
  /// @throws Problem 412 if it is not an ETag of this server, and so cannot match
  public static Optional<Long> expected(Request request) {
    return request.header("if-match").filter(text -> !text.equals("*")).map(ETag::version);
  }

  private static Long version(String text) {
    Matcher tag = FORM.matcher(text);
    if (!tag.matches()) {
      throw Problem.preconditionFailed("If-Match is not an ETag of this server");
    }
    return Long.valueOf(tag.group(1));
  }
}
