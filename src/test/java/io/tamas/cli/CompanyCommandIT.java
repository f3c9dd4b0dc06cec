package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.company.CompanyNode;
import io.tamas.company.CompanyRoutes;
import io.tamas.company.PartKind;
import io.tamas.company.PromptStore;
import io.tamas.db.TestDatabase;
import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import io.tamas.ops.Port;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./tamas company`, as processes of their own.
class CompanyCommandIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Path WHOLE = Path.of("src/test/resources/company/whole.yaml");

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private CompanyNode node;
  private RouteServer server;

  @BeforeEach
  void start() throws Exception {
    node =
        new CompanyNode(TestDatabase.fresh(CompanyCommandIT.class), folder.resolve("company.json"));
    server =
        RouteServer.start(
            vertx,
            new CompanyRoutes(
                node.companies,
                node.snapshot,
                new PromptStore(prompts()),
                (_, _) -> Optional.empty()));
    Instance instance =
        InstanceFolder.choose(folder.resolve("data"), Map.of(Port.HTTP, server.port()));
    InstanceFolder.keep(instance);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    node.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void whatCannotBeReadOrWrittenIsToldByItsReason() throws Exception {
    Path none = folder.resolve("none/x.yaml");
    assertSays(
        2,
        "tamas: " + none + " cannot be written: there is no such file or folder\n",
        run("export", none));
    assertSays(
        2, "tamas: " + folder + " cannot be written: Is a directory\n", run("export", folder));
    assertSays(
        2,
        "tamas: " + none + " cannot be read: there is no such file or folder\n",
        run("diff", none));
    Path utf16 =
        Files.writeString(folder.resolve("u.yaml"), "extensions:", StandardCharsets.UTF_16);
    assertSays(2, "tamas: " + utf16 + " must be UTF-8: line 1 is not\n", run("diff", utf16));
    Path latin =
        Files.write(folder.resolve("l.yaml"), new byte[] {'#', '\n', '#', (byte) 0xe9, '\n'});
    assertSays(2, "tamas: " + latin + " must be UTF-8: line 2 is not\n", run("diff", latin));
    CommandRun nowhere =
        CommandRun.of(folder, DEADLINE, Map.of(), "company", "export", "--data", none.toString());
    assertSays(3, "tamas: there is no instance in " + none + "\n", nowhere);
    for (List<String> words :
        List.of(List.of("calls", "refold", "--check"), List.of("report-role"))) {
      String[] command =
          Stream.concat(words.stream(), Stream.of("--data", none.toString()))
              .toArray(String[]::new);
      assertSays(
          2,
          "tamas: there is no instance in " + none + "\n",
          CommandRun.of(folder, DEADLINE, Map.of(), command));
    }
    assertFalse(Files.exists(none.getParent()));
  }

  @Test
  void aCompanyIsComparedAppliedExportedAndComesBack() throws Exception {
    CommandRun first = run("diff", WHOLE);
    assertEquals(1, first.status(), first.output());
    assertTrue(first.output().contains("+ ring-group sales\n"), first.output());
    assertTrue(first.output().endsWith("20 created, 0 updated, 0 deleted\n"), first.output());

    assertSays(
        0, "20 created, 0 updated, 0 deleted; the company has version 1\n", run("apply", WHOLE));
    assertSays(0, "0 created, 0 updated, 0 deleted\n", run("diff", WHOLE));

    Path exported = folder.resolve("exported.yaml");
    assertSays(0, "", run("export", exported));
    assertEquals(Files.readString(exported), run("export").output());
    assertSays(0, "0 created, 0 updated, 0 deleted\n", run("diff", exported));
    assertSays(
        0,
        "0 created, 0 updated, 0 deleted; the company has version 1\n",
        run("apply", exported, "--if-version", "1"));

    Path changed = folder.resolve("changed.yaml");
    Files.writeString(
        changed, Files.readString(exported).replace("Room 1", "Room 2").replace("calls: 30", ""));
    assertSays(
        1,
        """
        ~ pickup-group room
            /title: "Room 1" -> "Room 2"
        ~ trunk provider
            /calls: 30 -> (default)
        0 created, 2 updated, 0 deleted
        """,
        run("diff", changed));
    CommandRun late = run("apply", changed, "--if-version", "7");
    assertSays(1, "tamas: the company has version 1 now\n", late);
    assertEquals(1, node.snapshot.company().version());
  }

  @Test
  void applyNamesWhatPhonesMayHaveSetAndItEnds() throws Exception {
    assertEquals(0, run("apply", WHOLE).status());
    String whole = Files.readString(WHOLE);
    Path lastWeek = folder.resolve("last-week.yaml");
    Files.writeString(
        lastWeek,
        whole
            .replace("doNotDisturb: true, forwards: {always: \"extension:103\"}", "devices: 3")
            .replace(", unreachable: \"number:+989121234567\", noAnswerAfter: PT15S", "")
            .replace("    override: {state: CLOSED, until: \"2036-03-21T08:00:00Z\"}\n", ""));
    CommandRun applied = run("apply", lastWeek);
    assertEquals(0, applied.status(), applied.output());
    assertEquals(
        """
        ends what a phone may have set: extension 101 /forwards/unreachable: "number:+989121234567"
        ends what a phone may have set: extension 102 /doNotDisturb: true
        ends what a phone may have set: extension 102 /forwards: {"always":"extension:103"}
        ends what a phone may have set: schedule office /override: {"state":"CLOSED","until":"2036-03-21T08:00:00Z"}
        0 created, 3 updated, 0 deleted; the company has version 2
        """,
        applied.output());
  }

  @Test
  void faultsAreReportedByLineAndNothingIsChanged() throws Exception {
    Path faulty = folder.resolve("faulty.yaml");
    Files.writeString(faulty, "extensions:\n  - {number: 1, name: x, outgoing: none}\n");
    String told =
        faulty
            + ":2: /extensions/0/outgoing must be the name of an existing outgoing-profile, not"
            + " \"none\"\n";
    for (String command : List.of("validate", "diff", "apply")) {
      assertSays(1, told, run(command, faulty));
    }
    assertEquals(List.of(), node.snapshot.company().parts(PartKind.EXTENSION));

    Path useless = folder.resolve("useless.yaml");
    Files.writeString(useless, "prompts:\n  - {name: p, sound: beep}\n");
    assertSays(
        0,
        useless
            + ":2: warning: /prompts/0 cannot be reached from any route or extension\n"
            + useless
            + " is valid: 1 parts\n",
        run("validate", useless));
  }

  @Test
  void standardInputIsAFileAndWrongUsageIsReported() throws Exception {
    CommandRun validated =
        CommandRun.of(folder, WHOLE, DEADLINE, Map.of(), "company", "validate", "-");
    assertSays(0, "- is valid: 20 parts\n", validated);
    assertEquals(2, run("validate").status());
    assertEquals(2, run("validate", folder.resolve("none.yaml")).status());
    assertEquals(2, CommandRun.of(folder, DEADLINE, Map.of(), "company").status());
    server.close();
    CommandRun unheard = run("diff", WHOLE);
    assertEquals(3, unheard.status(), unheard.output());
    server = RouteServer.start(vertx);
  }

  @Test
  void aPresetIsPrintedReadyToBePasted() throws Exception {
    CommandRun printed =
        CommandRun.of(
            folder, DEADLINE, Map.of(), "company", "preset", "ir", "--trunk", "demo", "--area",
            "51");
    assertEquals(0, printed.status());
    assertTrue(printed.output().contains("numbers: [\"+9851XXXXXXXX\"], trunks: [demo]}"));
    CommandRun unknown =
        CommandRun.of(folder, DEADLINE, Map.of(), "company", "preset", "de", "--trunk", "demo");
    assertSays(
        2,
        "tamas: there are presets for [ir, ru, tr] and [registering, by-address, without-plus,"
            + " own-account, gsm-gateway, pbx]\n",
        unknown);
    CommandRun trunk =
        CommandRun.of(folder, DEADLINE, Map.of(), "company", "preset", "pbx", "--trunk", "branch");
    assertEquals(0, trunk.status());
    assertTrue(trunk.output().contains("- name: branch\n"), trunk.output());
  }

  @Test
  void fiveThousandExtensionsAreReadByASmallCommand() throws Exception {
    Path large = folder.resolve("large.yaml");
    Files.writeString(
        large,
        IntStream.range(10_000, 15_000)
            .mapToObj(n ->
                "  - {number: \"%d\", name: نام %d, record: [INBOUND], email: p%d@example.ir, mailbox: {}}\n"
                    .formatted(n, n, n))
            .collect(Collectors.joining("", "extensions:\n", "")));
    assertSays(0, large + " is valid: 5000 parts\n", run("validate", large));
    assertEquals(1, run("diff", large).status());
    CommandRun applied = run("apply", large);
    assertEquals(0, applied.status(), applied.output());
    System.out.println("5,000 extensions: ./tamas company apply took " + applied.took());
  }

  /// With the audio that the company names.
  private Path prompts() throws Exception {
    Path prompts = Files.createDirectories(folder.resolve("prompts"));
    Files.writeString(prompts.resolve("a".repeat(64) + ".wav"), "");
    return prompts;
  }

  private CommandRun run(String command, Object... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("company", command));
    if (!command.equals("validate")) {
      line.addAll(List.of("--data", folder.resolve("data").toString()));
    }
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    return CommandRun.of(folder, DEADLINE, Map.of(), line.toArray(String[]::new));
  }

  private static void assertSays(int status, String output, CommandRun run) {
    assertEquals(output, run.output());
    assertEquals(status, run.status());
  }
}
