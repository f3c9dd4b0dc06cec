package io.tamas.web;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// Where the next page of a list starts: the sort key of the last item, in fields. Opaque to
/// clients; parsed strictly, so that a modified one is refused and never becomes another query.
/// Contains no NUL, which PostgreSQL's texts cannot contain either.
///
/// @param list the list it belongs to, such as `calls`: a cursor of another list is refused
public record Cursor(String list, List<String> fields) {
  /// The longest accepted text.
  public static final int MAX_LENGTH = 2000;

  private static final char SEPARATOR = '\u001f';

  public Cursor {
    fields = List.copyOf(fields);
    if (fields.stream().anyMatch(field -> field.indexOf(SEPARATOR) >= 0 || field.indexOf(0) >= 0)) {
      throw new IllegalArgumentException("a field must contain neither the separator nor NUL");
    }
  }

  public static Cursor of(String list, Object... fields) {
    return new Cursor(list, java.util.Arrays.stream(fields).map(String::valueOf).toList());
  }

  /// The form for clients: base64url.
  public String text() {
    String joined = list + SEPARATOR + String.join(String.valueOf(SEPARATOR), fields);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(joined.getBytes(StandardCharsets.UTF_8));
  }

  /// Parses a cursor of the list with this number of fields.
  ///
  /// @throws Problem 400 if it is not one
  public static Cursor parse(String list, int fields, String text) {
    List<String> parts = split(decode(text));
    if (parts.stream().anyMatch(part -> part.indexOf(0) >= 0)) {
      throw bad();
    }
    Cursor cursor = new Cursor(parts.getFirst(), parts.subList(1, parts.size()));
    if (!cursor.list.equals(list)
        || cursor.fields.size() != fields
        || !cursor.text().equals(text)) {
      throw bad();
    }
    return cursor;
  }

  /// A field parsed to its type, such as by `Long::valueOf`.
  ///
  /// @throws Problem 400 if it cannot be parsed
  public <T> T field(int index, Function<String, T> reader) {
    try {
      return reader.apply(fields.get(index));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw bad();
    }
  }

  private static String decode(String text) {
    try {
      if (text.length() > MAX_LENGTH) {
        throw bad();
      }
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw bad();
    }
  }

  private static List<String> split(String joined) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = joined.indexOf(SEPARATOR); at >= 0; at = joined.indexOf(SEPARATOR, from)) {
      parts.add(joined.substring(from, at));
      from = at + 1;
    }
    parts.add(joined.substring(from));
    return parts;
  }

  private static Problem bad() {
    return Problem.bad("Bad cursor", "query:cursor", "is not a cursor of this list");
  }
}
