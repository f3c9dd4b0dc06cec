package io.tamas.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;

/// Reads the configuration: one YAML file, overridden by environment variables whose names are
/// derived from the options' (`TAMAS_AGI_PORT` is `agi.port`). All defaults and bounds are defined
/// here.
///
/// Unknown keys, wrong types, values out of range and missing ones are all reported at once.
public final class ConfigLoader {
  private static final int LEAST_KEY = 32;

  private ConfigLoader() {}

  /// @param file empty if everything comes from the environment
  /// @param environment as of [System#getenv()]
  public static Config load(Optional<Path> file, Map<String, String> environment)
      throws ConfigException {
    Path folder = file.map(Path::toAbsolutePath).map(Path::getParent).orElse(Path.of(""));
    Reading reading = new Reading(environment, folder.toAbsolutePath());
    Config config = read(file, reading);
    reading.orThrow();
    return config;
  }

  static Config read(Optional<Path> file, Reading reading) {
    Yaml yaml = new Yaml(file.map(path -> path.getFileName().toString()).orElse("configuration"));
    Optional<MappingNode> top = file.flatMap(path -> compose(path, yaml, reading));
    Section root = new Section("", yaml, top, reading);
    Config.Http http = http(root.section("http"));
    Config.Sealing sealing = sealing(root.section("sealing"));
    Config config =
        new Config(
            root.text("cell", "tamas", TextRule.CELL),
            database(root.section("database")),
            new Config.Report(root.section("report").secret("password")),
            agi(root.section("agi")),
            ari(root.section("ari")),
            ami(root.section("ami")),
            security(root.section("security")),
            http,
            HttpPlaces.https(root.section("https"), http.plain()),
            management(root.section("management")),
            media(root.section("media")),
            trunks(root.section("trunks")),
            lookup(root.section("lookup")),
            journal(root.section("journal")),
            storage(root.section("storage")),
            recordings(root.section("recordings")),
            new Config.Prompts(root.section("prompts").path("folder", "prompts")),
            new Config.Mailboxes(root.section("mailboxes").path("folder", "mailboxes")),
            new Config.Speech(command(root.section("speech"), "espeak-ng")),
            new Config.Audio(command(root.section("audio"), "sox")),
            new Config.Company(root.section("company").path("snapshot", "company.json")),
            mail(root.section("mail")),
            sms(root.section("sms")),
            outbound(root.section("outbound")),
            crm(root.section("crm")),
            outsideCrm(root.section("outsideCrm")),
            imports(root.section("imports")),
            new Config.Events(root.section("events").duration("keep", "30d", "1h", "3650d")),
            sessions(root.section("sessions")),
            sealing,
            new Config.Audit(root.section("audit").duration("keep", "1095d", "30d", "3650d")),
            openid(root.section("openid"), http, sealing));
    root.refuseUnknownKeys();
    reading.refuseUnknownVariables();
    return config;
  }

  private static Config.Trunks trunks(Section trunks) {
    return new Config.Trunks(
        trunks.duration("silence", "4s", "2s", "10s"),
        trunks.text("nameServer", "", TextRule.NAME_SERVER_OR_EMPTY));
  }

  private static Optional<MappingNode> compose(Path file, Yaml yaml, Reading reading) {
    try {
      return yaml.compose(Files.readString(file), reading);
    } catch (IOException e) {
      reading.fault(yaml.place("file"), "cannot be read: " + e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private static Config.Database database(Section section) {
    Optional<DatabaseUrl> url =
        DatabaseUrl.parse(section.requiredText("url", TextRule.DATABASE_URL));
    String user = section.text("user", "tamas", TextRule.USER);
    return new Config.Database(
        url.map(DatabaseUrl::address).orElse(""),
        url.flatMap(DatabaseUrl::user).orElse(user),
        section.requiredSecret("password", url.flatMap(DatabaseUrl::password)),
        section.number("poolSize", 16, 1, 200),
        section.duration("timeout", "5s", "100ms", "1m"),
        section.duration("reportTimeout", "30s", "100ms", "50s"));
  }

  private static Config.Agi agi(Section section) {
    return new Config.Agi(
        section.text("host", "127.0.0.1", TextRule.HOST),
        port(section, 4573),
        section.texts("allowedPeers", List.of("127.0.0.1", "::1"), TextRule.ADDRESS),
        section.number("maxSessions", 20_000, 1, 100_000),
        section.number("maxSessionsPerPeer", 20_000, 1, 100_000),
        section.duration("environmentTimeout", "1s", "10ms", "10s"),
        section.duration("replyTimeout", "1s", "10ms", "10s"),
        section.duration("sessionTimeout", "1500ms", "100ms", "10s"));
  }

  private static Config.Ari ari(Section section) {
    return new Config.Ari(
        section.text("host", "127.0.0.1", TextRule.HOST),
        port(section, 8081),
        section.text("user", "tamas", TextRule.USER),
        section.requiredSecret("password"),
        section.duration("requestTimeout", "5s", "100ms", "1m"),
        section.duration("pingInterval", "5s", "100ms", "1m"));
  }

  private static Config.Ami ami(Section section) {
    return new Config.Ami(
        section.text("host", "127.0.0.1", TextRule.HOST),
        section.number("port", 5038, 1, 65_535),
        section.text("user", "tamas", TextRule.USER),
        section.requiredSecret("password"),
        section.duration("timeout", "2s", "100ms", "10s"));
  }

  private static Config.Security security(Section section) {
    return new Config.Security(
        section.number("failures", 10, 0, 1000), section.duration("shutOut", "10m", "1s", "7d"));
  }

  private static Config.Http http(Section section) {
    boolean plain = section.flag("plain", false);
    return new Config.Http(
        HttpPlaces.host(section, plain),
        port(section, 8080),
        plain,
        section.number("maxBodyBytes", 1 << 20, 1 << 10, 100 << 20),
        section.number("maxWebSockets", 5000, 1, 100_000),
        section.number("maxRequests", 256, 1, 10_000),
        section.duration("requestTimeout", "10s", "100ms", "5m"),
        section.duration("headTimeout", "10s", "1s", "2m"),
        section.number("maxStrangers", 1024, 1, 100_000),
        section.number("maxStrangersPerAddress", 128, 1, 100_000),
        section.texts("publicUrl", List.of(), TextRule.ORIGIN),
        section.texts("allowedOrigins", List.of(), TextRule.FOREIGN_ORIGIN),
        section.texts("trustedProxies", List.of(), TextRule.ADDRESS),
        section.secret("apiKey"));
  }

  private static Config.Sessions sessions(Section section) {
    return new Config.Sessions(
        section.duration("idle", "12h", "5m", "30d"), section.duration("end", "7d", "1h", "90d"));
  }

  /// The addresses of this server must be known, and what browsers keep meanwhile is sealed.
  private static Config.Openid openid(Section section, Config.Http http, Config.Sealing sealing) {
    Config.Openid openid =
        new Config.Openid(
            section.text("issuer", "", TextRule.URL_OR_EMPTY),
            section.text("clientId", "", TextRule.WORDS_OR_EMPTY),
            section.secret("clientSecret"));
    if (openid.isOn() && openid.clientId().isEmpty()) {
      section.fault("clientId", "is required with openid.issuer");
    }
    if (openid.isOn() && http.publicUrl().isEmpty()) {
      section.fault("issuer", "needs http.publicUrl, to which it sends browsers back");
    }
    if (openid.isOn() && sealing.key().isEmpty()) {
      section.fault("issuer", "needs sealing.key");
    }
    return openid;
  }

  private static Config.Sealing sealing(Section section) {
    Optional<Secret> key = section.secret("key");
    if (key.filter(text -> text.reveal().length() < LEAST_KEY).isPresent()) {
      section.fault("key", "must have at least " + LEAST_KEY + " characters");
    }
    return new Config.Sealing(key);
  }

  private static Config.Management management(Section section) {
    return new Config.Management(
        section.text("host", "127.0.0.1", TextRule.HOST), port(section, 8082));
  }

  private static Config.Media media(Section section) {
    return new Config.Media(
        section.text("address", "", TextRule.IP_OR_EMPTY),
        section.texts("codecs", List.of("opus", "g722", "alaw", "ulaw"), TextRule.CODEC).stream()
            .flatMap(label -> Codec.parse(label).stream())
            .distinct()
            .toList(),
        Srtp.parse(section.text("srtp", "optional", TextRule.SRTP)).orElseThrow(),
        section.duration("deadAfter", "60s", "3s", "1h"));
  }

  private static Config.Lookup lookup(Section section) {
    return new Config.Lookup(
        section.duration("budget", "50ms", "1ms", "1s"),
        section.number("cacheSize", 100_000, 1, 10_000_000),
        section.duration("cacheTtl", "5m", "1s", "1d"));
  }

  private static Config.Journal journal(Section section) {
    return new Config.Journal(
        section.path("folder", "asterisk/log/cel-custom"),
        section.duration("pollInterval", "20ms", "1ms", "10s"),
        section.number("rotateBytes", 64L << 20, 1L << 10, 10L << 30),
        section.duration("keepRotated", "7d", "1m", "3650d"));
  }

  private static Config.Recordings recordings(Section section) {
    return new Config.Recordings(
        section.path("folder", "recordings"), section.number("keepDays", 0, 0, 36_500));
  }

  private static Config.Imports imports(Section section) {
    return new Config.Imports(
        section.path("folder", "imports"),
        section.number("maxBytes", Integer.MAX_VALUE, 1 << 10, Integer.MAX_VALUE));
  }

  private static Config.Storage storage(Section section) {
    return new Config.Storage(
        section.number("lowBytes", 1L << 30, 0, 1L << 50),
        section.number("fullBytes", 100L << 20, 0, 1L << 50),
        section.optionalPath("database"),
        section.optionalPath("hidden"));
  }

  private static Config.Mail mail(Section section) {
    return new Config.Mail(
        section.text("host", "", TextRule.HOST_OR_EMPTY),
        section.number("port", 587, 1, 65_535),
        section.text("security", "starttls", TextRule.MAIL_SECURITY),
        section.text("user", "", TextRule.WORDS_OR_EMPTY),
        section.secret("password"),
        section.text("from", "tamas@localhost", TextRule.MAIL_ADDRESS),
        section.duration("timeout", "30s", "1s", "5m"),
        section.number("attachmentBytes", 10 << 20, 0, 100 << 20),
        section.text("zone", "UTC", TextRule.ZONE));
  }

  private static Config.Sms sms(Section section) {
    return new Config.Sms(
        section.text("url", "", TextRule.URL_OR_EMPTY),
        section.secret("key"),
        section.text("from", "", TextRule.WORDS_OR_EMPTY),
        section.text("body", "", TextRule.FORM_OR_EMPTY),
        section.text("format", "form", TextRule.FORMAT),
        section.text("accepted", "", TextRule.WORDS_OR_EMPTY),
        section.duration("timeout", "10s", "1s", "1m"),
        section.text("zone", "UTC", TextRule.ZONE));
  }

  private static Config.Outbound outbound(Section section) {
    return new Config.Outbound(
        section.texts("allow", List.of(), TextRule.HOST_OR_NETWORK),
        section.texts("ports", List.of("443", "80"), TextRule.PORT).stream()
            .map(Integer::valueOf)
            .distinct()
            .toList(),
        section.optionalPath("authorities"));
  }

  private static Config.Crm crm(Section section) {
    return new Config.Crm(
        section.flag("createUnknownCallers", false),
        section.text("unknownCategory", "unknown", TextRule.WORDS));
  }

  private static Config.OutsideCrm outsideCrm(Section section) {
    Config.OutsideCrm crm =
        new Config.OutsideCrm(
            section.text("template", "", TextRule.CRM_OR_EMPTY),
            section.text("url", "", TextRule.URL_OR_EMPTY),
            section.secret("key"),
            section.text("database", "", TextRule.WORDS_OR_EMPTY),
            section.text("body", "", TextRule.FORM_OR_EMPTY),
            section.text("contact", "", TextRule.POINTER_OR_EMPTY),
            section.text("id", "/id", TextRule.POINTER),
            section.text("name", "/name", TextRule.POINTER),
            section.text("responsible", "/responsible", TextRule.POINTER),
            section.text("link", "/link", TextRule.POINTER),
            section.texts("operators", List.of(), TextRule.OPERATOR),
            section.duration("timeout", "5s", "100ms", "30s"),
            section.duration("cacheTtl", "5m", "1s", "1d"),
            section.number("cacheSize", 100_000, 1, 1_000_000));
    if (crm.isOn() && crm.url().isEmpty()) {
      section.fault("url", "is required with outsideCrm.template");
    }
    return crm;
  }

  private static List<String> command(Section section, String program) {
    return section.texts("command", List.of(program), TextRule.WORD_OF_COMMAND);
  }

  /// 0 selects any free port.
  static int port(Section section, int fallback) {
    return section.number("port", fallback, 0, 65_535);
  }
}
