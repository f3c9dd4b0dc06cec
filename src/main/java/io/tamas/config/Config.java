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
    Report report,
    Agi agi,
    Ari ari,
    Ami ami,
    Security security,
    Http http,
    Https https,
    Management management,
    Media media,
    Trunks trunks,
    Lookup lookup,
    Journal journal,
    Storage storage,
    Recordings recordings,
    Prompts prompts,
    Mailboxes mailboxes,
    Speech speech,
    Audio audio,
    Company company,
    Mail mail,
    Sms sms,
    Outbound outbound,
    Crm crm,
    OutsideCrm outsideCrm,
    Imports imports,
    Events events,
    Sessions sessions,
    Sealing sealing,
    Audit audit,
    Openid openid) {

  /// PostgreSQL: `postgresql://host:port/name`; user and password are separate, so that the address
  /// can be logged.
  ///
  /// @param reportTimeout of a query for statistics
  public record Database(
      String url,
      String user,
      Secret password,
      int poolSize,
      Duration timeout,
      Duration reportTimeout) {}

  /// What dashboards read of the database.
  ///
  /// @param password of the role that may only read; absent: the server does not make it
  public record Report(Optional<Secret> password) {}

  /// The FastAGI server to which the dialplan sends requests.
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

  /// The protection against guessing of phones' passwords.
  ///
  /// @param failures wrong passwords from one address within a minute, after which it is blocked;
  ///   0: never
  /// @param shutOut how long an address is blocked
  public record Security(int failures, Duration shutOut) {}

  /// The public HTTP server: REST, WebSocket, console.
  ///
  /// @param plain whether other machines are served without TLS
  /// @param maxRequests handled at once; further ones are answered with 503
  /// @param headTimeout for who has shown no key, from the connection or the last answer to the end
  ///   of the next head
  /// @param maxStrangers connections on which no valid key has been shown; the oldest idle one
  ///   gives way to a further one
  /// @param maxStrangersPerAddress the same of one address
  /// @param publicUrl the origins of its pages; empty: wherever the server listens
  /// @param allowedOrigins the origins of pages of other servers that may use the API, without
  ///   cookies
  /// @param trustedProxies addresses and ranges of those whose `X-Forwarded-*` count
  /// @param apiKey a key that is accepted from the first start on
  public record Http(
      String host,
      int port,
      boolean plain,
      int maxBodyBytes,
      int maxWebSockets,
      int maxRequests,
      Duration requestTimeout,
      Duration headTimeout,
      int maxStrangers,
      int maxStrangersPerAddress,
      List<String> publicUrl,
      List<String> allowedOrigins,
      List<String> trustedProxies,
      Optional<Secret> apiKey) {}

  /// The second listener of the HTTP server, for other machines: with TLS, unless [Http#plain].
  ///
  /// @param address empty: there is none
  /// @param certificate with those of its issuers after it, in PEM; always there with TLS
  /// @param key of the certificate, in PEM; always there with TLS
  public record Https(String address, int port, Optional<Path> certificate, Optional<Path> key) {
    /// No second listener.
    public static final Https OFF = new Https("", 8443, Optional.empty(), Optional.empty());

    public boolean isOn() {
      return !address.isEmpty();
    }
  }

  /// Metrics and health, for the operator of the server only.
  public record Management(String host, int port) {}

  /// Voice between Asterisk and phones or trunks.
  ///
  /// @param address of Asterisk's machine; empty: all of them
  /// @param codecs in order of preference
  /// @param srtp of phones; trunks have their own
  /// @param deadAfter a call ends when none of its parties has sent anything for so long
  public record Media(String address, List<Codec> codecs, Srtp srtp, Duration deadAfter) {}

  /// Calls over trunks.
  ///
  /// @param silence after which a trunk that has answered nothing at all is left
  /// @param nameServer that is asked for their servers; empty: the one of this machine
  public record Trunks(Duration silence, String nameServer) {}

  /// The caller lookup in the call path.
  public record Lookup(Duration budget, int cacheSize, Duration cacheTtl) {}

  /// The folder into which Asterisk's `cel_custom` writes.
  public record Journal(
      Path folder, Duration pollInterval, long rotateBytes, Duration keepRotated) {}

  /// Free space, of which whoever operates the server is told.
  ///
  /// @param lowBytes below which it is told
  /// @param fullBytes below which the server is not ready
  /// @param database the folder of PostgreSQL, if it is on this machine
  /// @param hidden a file that names the folders on which another file system was mounted since the
  ///   start, one a line
  public record Storage(
      long lowBytes, long fullBytes, Optional<Path> database, Optional<Path> hidden) {}

  /// The folder into which Asterisk's `MixMonitor` writes.
  ///
  /// @param keepDays after which recordings are deleted; 0: never
  public record Recordings(Path folder, int keepDays) {}

  /// Files that are imported into the phone book.
  ///
  /// @param folder in which each lies from its upload to the end of its import
  public record Imports(Path folder, int maxBytes) {}

  /// The folder of prompts: uploaded audio, converted for Asterisk, and synthesised texts.
  public record Prompts(Path folder) {}

  /// The folder in which Asterisk counts the messages of mailboxes, for the lamps of phones.
  public record Mailboxes(Path folder) {}

  /// The command that starts espeak-ng, which synthesises texts; arguments follow.
  public record Speech(List<String> command) {}

  /// The command that starts sox, which converts audio files; arguments follow.
  public record Audio(List<String> command) {}

  /// The copy on disk of the company, by which calls are routed while PostgreSQL is unavailable.
  public record Company(Path snapshot) {}

  /// The mail server for notifications about voicemail messages.
  ///
  /// @param host empty: no e-mail is sent
  /// @param security `starttls`, `tls` or `none`
  /// @param user empty: the server requires none
  /// @param timeout for one e-mail
  /// @param attachmentBytes the largest message that is attached; 0: none
  /// @param zone of the times in the text
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

  /// The SMS gateway for notifications about voicemail messages.
  ///
  /// @param url empty: no SMS is sent. It and `body` may contain `{to}`, `{digits}`, `{from}`,
  ///   `{text}`, `{key}` and `{id}`
  /// @param key for authentication at the gateway
  /// @param from the company's own line
  /// @param body empty: the address contains everything
  /// @param format of the body, `form` or `json`
  /// @param accepted text in the response to an accepted message; empty: its status is sufficient
  /// @param timeout for one message
  /// @param zone of the times in the text
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

  /// Requests to addresses that an administrator has named, such as those of webhooks.
  ///
  /// @param allow hosts, addresses and networks that may be reached although they are not public,
  ///   and without TLS
  /// @param ports that may be reached
  /// @param authorities in PEM, which are trusted beside those of Java
  public record Outbound(List<String> allow, List<Integer> ports, Optional<Path> authorities) {}

  /// A CRM of another maker, which is asked who callers are.
  ///
  /// @param template `bitrix24`, `amocrm`, `odoo` or `json`; empty: there is none
  /// @param url may contain `{key}`; with `json` also `{e164}`, `{digits}` and `{last10}`
  /// @param database of Odoo
  /// @param body of a POST, with `json`; empty: it is asked by GET
  /// @param contact a JSON pointer into the answer, to a contact or a list of some, and from there
  ///   those of what a contact has: with `json`
  /// @param operators each `theirs=extension`: who is responsible there
  /// @param timeout of a question; no call waits for it
  public record OutsideCrm(
      String template,
      String url,
      Optional<Secret> key,
      String database,
      String body,
      String contact,
      String id,
      String name,
      String responsible,
      String link,
      List<String> operators,
      Duration timeout,
      Duration cacheTtl,
      int cacheSize) {
    public boolean isOn() {
      return !template.isEmpty();
    }
  }

  /// How long a subscriber may be disconnected and still miss nothing.
  public record Events(Duration keep) {}

  /// How long users stay signed in.
  ///
  /// @param idle after the last request
  /// @param end after which the password must be given again in any case
  public record Sessions(Duration idle, Duration end) {}

  /// @param keep after which the log of changes is cut off
  public record Audit(Duration keep) {}

  /// How secrets are sealed that the database keeps.
  ///
  /// @param key absent: nothing that would have to be sealed is kept
  public record Sealing(Optional<Secret> key) {}

  /// Where users may sign in beside here, by OpenID Connect.
  ///
  /// @param issuer its name, which is an address; empty: nowhere
  /// @param clientSecret absent: the issuer asks for none
  public record Openid(String issuer, String clientId, Optional<Secret> clientSecret) {
    public boolean isOn() {
      return !issuer.isEmpty();
    }
  }

  /// What happened to unknown callers before the company had a setting for it.
  public record Crm(boolean createUnknownCallers, String unknownCategory) {}
}
