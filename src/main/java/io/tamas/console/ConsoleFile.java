package io.tamas.console;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// One file, plain and compressed.
///
/// @param caching for how long browsers may keep it
/// @param zipped empty where compression gains nothing
record ConsoleFile(
    String type, String caching, String etag, Buffer plain, Optional<Buffer> zipped) {
  private static final Pattern HASHED = Pattern.compile(".+-[A-Z0-9]{8}\\.[a-z]+");
  private static final Pattern NO_GZIP = Pattern.compile("gzip\\s*;\\s*q=0(?:\\.0+)?\\s*(?:,.*)?");

  /// What is sent of it.
  record Form(Buffer bytes, Optional<String> encoding) {}

  static ConsoleFile of(String name, byte[] bytes) {
    byte[] zipped = zip(bytes);
    return new ConsoleFile(
        typeOf(name),
        HASHED.matcher(name).matches() ? "public, max-age=31536000, immutable" : "no-cache",
        etag(bytes),
        Buffer.buffer(bytes),
        zipped.length < bytes.length ? Optional.of(Buffer.buffer(zipped)) : Optional.empty());
  }

  private static String typeOf(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "application/octet-stream";
    };
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, 16)) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] zip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out =
        new GZIPOutputStream(zipped) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  /// @param accepted the header `Accept-Encoding`
  Form form(@Nullable String accepted) {
    return zipped
        .filter(_ -> acceptsGzip(accepted))
        .map(bytes -> new Form(bytes, Optional.of("gzip")))
        .orElseGet(() -> new Form(plain, Optional.empty()));
  }

  private static boolean acceptsGzip(@Nullable String accepted) {
    return accepted != null
        && Arrays.stream(accepted.split(","))
            .map(String::strip)
            .anyMatch(one ->
                (one.equals("gzip") || one.startsWith("gzip;")) && !NO_GZIP.matcher(one).matches());
  }

  /// @param tags the header `If-None-Match`; proxies that compress make tags weak
  boolean isKnownBy(@Nullable String tags) {
    return tags != null
        && (tags.strip().equals("*")
            || Arrays.stream(tags.split(","))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(etag::equals));
  }
}
