package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What is requested of the [TlsSettings] of an instance, as text; what is empty stays as it was.
///
/// @param certificate `--tls-certificate`, a file; `none`: the instance issues one itself
/// @param key `--tls-key`, a file; `none` like that of the certificate
/// @param trusted `--tls-ca`, a file; `none` removes it
/// @param plainHttp `--http-plain`, `true` or `false`
public record TlsRequest(
    Optional<String> certificate,
    Optional<String> key,
    Optional<String> trusted,
    Optional<String> plainHttp) {
  private static final String NONE = "none";

  /// `TAMAS_TLS_CERTIFICATE`, `TAMAS_TLS_KEY`, `TAMAS_TLS_CA`, `TAMAS_HTTP_PLAIN`.
  public static TlsRequest fromEnvironment(Map<String, String> environment) {
    return new TlsRequest(
        SipRequest.variable(environment, "TAMAS_TLS_CERTIFICATE"),
        SipRequest.variable(environment, "TAMAS_TLS_KEY"),
        SipRequest.variable(environment, "TAMAS_TLS_CA"),
        SipRequest.variable(environment, "TAMAS_HTTP_PLAIN"));
  }

  /// This, and what is empty in it from the other. Certificate and key belong together.
  public TlsRequest or(TlsRequest other) {
    TlsRequest pair = certificate.isPresent() || key.isPresent() ? this : other;
    return new TlsRequest(
        pair.certificate, pair.key, trusted.or(other::trusted), plainHttp.or(other::plainHttp));
  }

  /// @throws IllegalArgumentException with a message for users, if a file that it names is not
  ///   there, or holds no authorities
  public void requireFiles() {
    certificate
        .filter(text -> !text.equals(NONE))
        .ifPresent(text -> requireFile("--tls-certificate", text));
    key.filter(text -> !text.equals(NONE)).ifPresent(text -> requireFile("--tls-key", text));
    trusted.filter(text -> !text.equals(NONE)).ifPresent(TlsRequest::requireAuthorities);
  }

  private static void requireAuthorities(String text) {
    requireFile("--tls-ca", text);
    try {
      Pem.certificates("--tls-ca", path("--tls-ca", text));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void requireFile(String option, String text) {
    Path path = path(option, text);
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(option + " must be a readable file: " + path);
    }
  }

  /// What was requested, and the rest as it was.
  ///
  /// @throws IllegalArgumentException with a message for users that names the option and its rule
  public TlsSettings applyTo(TlsSettings before) {
    return new TlsSettings(
        given(before.given()),
        trusted.isPresent()
            ? trusted.filter(text -> !text.equals(NONE)).map(text -> path("--tls-ca", text))
            : before.trusted(),
        plainHttp.map(TlsRequest::flag).orElse(before.plainHttp()));
  }

  private Optional<CertificateFiles> given(Optional<CertificateFiles> before) {
    if (certificate.isEmpty() && key.isEmpty()) {
      return before;
    }
    if (certificate.equals(Optional.of(NONE)) || key.equals(Optional.of(NONE))) {
      return Optional.empty();
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException("--tls-certificate and --tls-key belong together");
    }
    return Optional.of(
        new CertificateFiles(
            path("--tls-certificate", certificate.get()), path("--tls-key", key.get())));
  }

  private static Path path(String option, String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(option + " must be the path of a file: " + text, e);
    }
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("--http-plain must be true or false: " + text);
    };
  }
}
