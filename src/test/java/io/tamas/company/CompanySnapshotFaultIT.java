package io.tamas.company;

import static io.tamas.company.Parts.extension;
import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.db.DatabaseFault;
import io.tamas.db.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompanySnapshotFaultIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir private Path folder;

  @Test
  void callsAreRoutedByTheCopyWhilePostgresIsAwayAndByTheDatabaseWhenItIsBack() throws Exception {
    Path copy = folder.resolve("run/company.json");
    try (TestServer server = TestServer.start(folder.resolve("postgres"))) {
      Config.Database config = server.fresh("company");
      Company known = fill(config, copy);
      server.stop();

      try (CompanyNode node = new CompanyNode(config, copy)) {
        assertEquals(known, node.snapshot.company());
        assertThrows(
            DatabaseFault.Retryable.class,
            () -> node.companies.put(extension("101", "x"), Optional.empty()));
        assertEquals(known, node.snapshot.company());

        server.start();
        eventually("a change succeeds", SOON, () -> changed(node, "Back again"));
        eventually("the copy follows", SOON, () -> contains(copy, "Back again"));

        restart(server);
        eventually("a change succeeds", SOON, () -> changed(node, "Back once more"));
        try (CompanyNode other = new CompanyNode(config, folder.resolve("other.json"))) {
          other.companies.put(extension("102", "By another node"), Optional.empty());
          eventually(
              "it listens again",
              SOON,
              () -> node.snapshot.company().equals(other.snapshot.company()));
        }
      }
    }
  }

  @Test
  void aBrokenCopyIsNotUsed() throws Exception {
    try (TestServer server = TestServer.start(folder.resolve("postgres"))) {
      Config.Database config = server.fresh("company");
      Path copy = folder.resolve("company.json");
      fill(config, copy);
      server.stop();
      String whole = Files.readString(copy);
      for (String broken :
          List.of(
              "",
              "null",
              "[]",
              whole.substring(0, whole.length() / 2),
              whole.replace("\"fallback\":\"101\"", "\"fallback\":\"999\""),
              whole.replace("\"extension\"", "\"surprise\""))) {
        Files.writeString(copy, broken);
        try (CompanyNode node = new CompanyNode(config, copy)) {
          assertEquals(Company.empty(), node.snapshot.company(), broken);
        }
      }
    }
  }

  private static Company fill(Config.Database config, Path copy) throws Exception {
    try (CompanyNode node = new CompanyNode(config, copy)) {
      assertEquals(List.of(), node.replaceAll(Company.of(0, Parts.small())));
      Company company = node.snapshot.company();
      eventually("the copy is written", SOON, () -> contains(copy, "Leila Karimi"));
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
      node.companies
          .passwords()
          .values()
          .forEach(password -> assertFalse(contains(copy, password.reveal())));
      assertTrue(company.version() > 0);
      return company;
    }
  }

  private static boolean changed(CompanyNode node, String name) {
    try {
      node.companies.put(extension("101", name), Optional.empty());
      return true;
    } catch (DatabaseFault.Retryable e) {
      return false;
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.exists(file) && Files.readString(file).contains(text);
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static void restart(TestServer server) {
    server.stop();
    server.start();
  }
}
