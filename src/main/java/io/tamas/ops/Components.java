package io.tamas.ops;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The processes that make up an instance.
///
/// @param postgres empty if the database is external
/// @param isForOthers whether other machines reach the instance
public record Components(
    Optional<EmbeddedPostgresServer> postgres,
    AsteriskProcess asterisk,
    ServerProcess server,
    boolean isForOthers) {

  public static Components of(
      Instance instance, Secrets secrets, JavaCommand java, Map<String, String> environment) {
    Optional<DatabaseAddress> external = secrets.external();
    EmbeddedPostgresServer embedded =
        new EmbeddedPostgresServer(
            instance.postgres(),
            Instance.cache(environment),
            instance.port(Port.POSTGRES),
            secrets.database());
    DatabaseAddress database =
        external.orElseGet(() ->
            new DatabaseAddress(embedded.url(), EmbeddedPostgresServer.NAME, secrets.database()));
    Path home = AsteriskProcess.home(environment);
    AsteriskHome.Source programs =
        AsteriskHome.Source.once(() -> AsteriskHome.obtain(home, environment));
    return new Components(
        external.isPresent() ? Optional.empty() : Optional.of(embedded),
        new AsteriskProcess(programs, home, AsteriskSettings.of(instance, secrets)),
        new ServerProcess(instance, database, secrets, java, programs),
        instance.isForOthers());
  }

  /// In the order in which they are stopped: Tamas still reads and stores the last events that
  /// Asterisk writes.
  public List<Component> all() {
    return postgres
        .<List<Component>>map(database -> List.of(asterisk, server, database))
        .orElseGet(() -> List.of(asterisk, server));
  }

  /// Ports that are not opened.
  public Set<Port> unusedPorts() {
    Set<Port> unused = EnumSet.noneOf(Port.class);
    if (postgres.isEmpty()) {
      unused.add(Port.POSTGRES);
    }
    if (!isForOthers) {
      unused.addAll(EnumSet.of(Port.SIP_TLS, Port.HTTPS));
    }
    return unused;
  }
}
