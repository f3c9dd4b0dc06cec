package io.tamas.web;

import io.tamas.web.ByteRange.Part;
import io.tamas.web.ByteRange.Unsatisfiable;
import io.tamas.web.ByteRange.Whole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A file with its conditions and ranges (RFC 9110 sections 13 and 14). Handlers pass only paths
/// that they have built themselves; even so, symbolic links are not followed.
final class FileAnswer {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private FileAnswer() {}

  static Answer of(Response.File file, Request request) {
    BasicFileAttributes attributes = attributes(file);
    long size = attributes.size();
    Instant changed = attributes.lastModifiedTime().toInstant();
    String etag =
        '"' + Long.toHexString(size) + "-" + Long.toHexString(changed.toEpochMilli()) + '"';
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("etag", etag);
    headers.put("last-modified", HTTP_DATE.format(changed));
    headers.put("accept-ranges", "bytes");
    if (request.header("if-none-match").filter(tags -> matches(tags, etag)).isPresent()) {
      return Answers.empty(304, headers);
    }
    headers.put("content-type", file.contentType());
    headers.put("content-disposition", "inline; filename=\"" + safe(file.downloadName()) + '"');
    return switch (range(request, etag, HTTP_DATE.format(changed), size)) {
      case Whole() -> Answers.slice(200, headers, new Answer.Slice(file.path(), 0, size));
      case Part part -> {
        headers.put("content-range", part.contentRange(size));
        yield Answers.slice(
            206, headers, new Answer.Slice(file.path(), part.first(), part.length()));
      }
      case Unsatisfiable() -> throw new RangeNotSatisfiable(size);
    };
  }

  /// A refusal with an additional header.
  static final class RangeNotSatisfiable extends RuntimeException {
    private final long size;

    RangeNotSatisfiable(long size) {
      super("range not satisfiable", null, false, false);
      this.size = size;
    }

    Answer answer(String requestId) {
      Problem problem =
          new Problem(
              416, "Range not satisfiable", "the file has " + size + " bytes", java.util.List.of());
      Answer answer = Answers.of(problem, requestId);
      Map<String, String> headers = new LinkedHashMap<>(answer.headers());
      headers.put("content-range", "bytes */" + size);
      return new Answer(416, headers, answer.content());
    }
  }

  private static BasicFileAttributes attributes(Response.File file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isRegularFile()) {
        return attributes;
      }
    } catch (IOException e) {
      // reported like a file that does not exist
    }
    throw Problem.notFound("the file");
  }

  /// A range of a file that has changed since would not fit the part that the client has.
  private static ByteRange range(Request request, String etag, String changed, long size) {
    Optional<String> condition = request.header("if-range");
    boolean same = condition.map(seen -> seen.equals(etag) || seen.equals(changed)).orElse(true);
    return same ? ByteRange.parse(request.header("range"), size) : new Whole();
  }

  private static boolean matches(String tags, String etag) {
    return tags.strip().equals("*")
        || java.util.Arrays.stream(tags.split(","))
            .map(String::strip)
            .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
            .anyMatch(etag::equals);
  }

  private static String safe(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
