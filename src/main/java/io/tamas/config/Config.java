package io.tamas.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The whole configuration. `src/main/resources/tamas-reference.yaml` documents each option, its
/// default and its unit.
public record Config(
    String cell,
    Database database,
    Agi agi,
    Ari ari,
    Ami ami,
    Security security,
    Http http,
    Management management,
    Lookup lookup,
    Journal journal,
    Recordings recordings,
    Prompts prompts,
    Speech speech,
    Audio audio,
    Company company,
    Mail mail,
    Sms sms,
    Crm crm,
    Events events) {

  /// PostgreSQL: `postgresql://host:port/name`; user and password apart, so that the address can be
  /// logged.
  public record Database(
      String url, String user, Secret password, int poolSize, Duration timeout) {}

  /// The FastAGI server that the dialplan asks.
  public record Agi(
      String host,
      int port,
      List<String> allowedPeers,
      int maxSessions,
      int maxSessionsPerPeer,
      Duration environmentTimeout,
      Duration replyTimeout,
      Duration sessionTimeout) {}

  /// The WebSocket server that Asterisk connects to.
  public record Ari(
      String host,
      int port,
      String user,
      Secret password,
      Duration requestTimeout,
      Duration pingInterval) {}

  /// Asterisk's manager interface.
  ///
  /// @param timeout for connecting and for each answer
  public record Ami(String host, int port, String user, Secret password, Duration timeout) {}

  /// Against who guesses the passwords of phones.
  ///
  /// @param failures wrong passwords from one address within a minute, after which it is shut out;
  ///   0: never
  /// @param shutOut for how long
  public record Security(int failures, Duration shutOut) {}

  /// The public HTTP server: REST, WebSocket, console.
  ///
  /// @param maxRequests handled at once; more are told to come again
  /// @param apiKey a key that is accepted from the first start on
  public record Http(
      String host,
      int port,
      int maxBodyBytes,
      int maxWebSockets,
      int maxRequests,
      Duration requestTimeout,
      Optional<Secret> apiKey) {}

  /// Metrics and health, for the operator of the server only.
  public record Management(String host, int port) {}

  /// The caller lookup in the call path.
  public record Lookup(Duration budget, int cacheSize, Duration cacheTtl) {}

  /// The folder into which Asterisk's `cel_custom` writes.
  public record Journal(
      Path folder, Duration pollInterval, long rotateBytes, Duration keepRotated) {}

  /// The folder into which Asterisk's `MixMonitor` writes.
  ///
  /// @param keepDays after which recordings are deleted; 0: never
  public record Recordings(Path folder, int keepDays) {}

  /// The folder of what is said to callers: uploaded audio, made fit for Asterisk, and spoken
  /// texts.
  public record Prompts(Path folder) {}

  /// How espeak-ng is started, which speaks texts; arguments follow.
  public record Speech(List<String> command) {}

  /// How sox is started, which reads sound files; arguments follow.
  public record Audio(List<String> command) {}

  /// The copy on disk of the company, with which calls are routed while PostgreSQL is away.
  public record Company(Path snapshot) {}

  /// The server by which messages are told by e-mail.
  ///
  /// @param host empty: no e-mail is sent
  /// @param security `starttls`, `tls` or `none`
  /// @param user empty: it asks for none
  /// @param timeout for one e-mail
  /// @param attachmentBytes the largest message that is attached; 0: none is
  /// @param zone in which times are told
  public record Mail(
      String host,
      int port,
      String security,
      String user,
      Optional<Secret> password,
      String from,
      Duration timeout,
      int attachmentBytes,
      String zone) {
    public boolean isOn() {
      return !host.isEmpty();
    }
  }

  /// The SMS panel by which messages are told to mobile phones.
  ///
  /// @param url empty: no SMS is sent. It and `body` may hold `{to}`, `{digits}`, `{from}`,
  ///   `{text}`, `{key}` and `{id}`
  /// @param key with which the panel lets Tamas in
  /// @param from the own line
  /// @param body empty: all is in the address
  /// @param format of the body, `form` or `json`
  /// @param accepted what the answer holds when the message was taken; empty: its status says it
  /// @param timeout for one message
  /// @param zone in which times are told
  public record Sms(
      String url,
      Optional<Secret> key,
      String from,
      String body,
      String format,
      String accepted,
      Duration timeout,
      String zone) {
    public boolean isOn() {
      return !url.isEmpty();
    }
  }

  /// How long a subscriber may be away and still miss nothing.
  public record Events(Duration keep) {}

  /// What happens to unknown callers.
  public record Crm(boolean createUnknownCallers, String unknownCategory) {}
}
