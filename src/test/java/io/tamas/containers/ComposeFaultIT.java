package io.tamas.containers;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.PhoneNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docker compose up` where something is wrong: it is told by name, and once it is right, all is
/// healthy.
@NeedsEngine
class ComposeFaultIT {
  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final String HEALTH = "{{.State.Health.Status}}";

  /// A volume of a size.
  private static final String OF_MEMORY =
      "{driver_opts: {type: tmpfs, device: tmpfs, o: \"size=%s\"}}";

  @TempDir private Path folder;
  private PhoneNetwork network;
  private Composed tamas;

  @BeforeEach
  void build() {
    network = new PhoneNetwork();
    tamas = new Composed("tamas-fault-", network.machine()).build();
  }

  @AfterEach
  void down() {
    tamas.close();
    assertEquals("", tamas.left());
    network.close();
  }

  @Test
  void aVolumeWithoutRoomForTheDatabaseIsTold() throws Exception {
    tamas.file(changed("volumes: {database: %s}".formatted(OF_MEMORY.formatted("16m")))).start();
    logged("postgres", "No space left on device");
  }

  @Test
  void aWrongPasswordAndTooLittleMemoryAndAFullVolumeAreToldAndAllIsHealthyOnceTheyAreMended()
      throws Exception {
    // such a volume is emptied when nobody uses it
    tamas.file(
        changed(
            """
            services: {network: {volumes: ["instance:/instance"]}}
            volumes: {instance: %s}
            """
                .formatted(OF_MEMORY.formatted("160m"))));
    tamas.with("TAMAS_DATABASE_PASSWORD", "wrong").start().succeeded();
    logged("tamas", "password authentication failed for user");
    assertTrue(ready().startsWith("503"), this::ready);

    tamas.with("TAMAS_DATABASE_PASSWORD", "").with("TAMAS_MEMORY", "48m").start().succeeded();
    becomes("true", "{{.State.OOMKilled}}");
    assertEquals("healthy", tamas.inspect("asterisk", HEALTH));

    tamas.with("TAMAS_MEMORY", "").up().succeeded();
    tamas.exec("tamas", "sh", "-c", "cat /dev/zero >/instance/filler");
    becomes("unhealthy", HEALTH);
    assertTrue(ready().contains("storage"), this::ready);
    tamas.exec("tamas", "rm", "/instance/filler").succeeded();
    becomes("healthy", HEALTH);
  }

  private void becomes(String expected, String template) {
    eventually(
        "Tamas is " + expected, DEADLINE, () -> tamas.inspect("tamas", template).equals(expected));
  }

  private void logged(String service, String text) {
    eventually(
        service + " logs " + text,
        DEADLINE,
        () -> tamas.run("logs", service).output().contains(text));
  }

  /// Status and body.
  private String ready() {
    String ask =
        "exec 3<>/dev/tcp/127.0.0.1/8082; printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3";
    return tamas.exec("tamas", "bash", "-c", ask).output().replaceFirst("^HTTP/1.. ", "");
  }

  private Path changed(String yaml) throws Exception {
    return Files.writeString(folder.resolve("changed.yaml"), yaml);
  }
}
