package io.tamas.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.CompanyYaml;
import io.tamas.company.CompanyYaml.Fault;
import io.tamas.company.Presets;
import io.tamas.ops.FileFault;
import io.tamas.ops.Instance;
import io.tamas.ops.RestClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The whole company as one YAML file. Exit status 0: success; 1: faults, or the file differs from
/// the company; 2: the command line or the file cannot be read; 3: the server does not answer as
/// expected.
@Command(
    name = "company",
    description = "Validate, compare, apply and export the whole company as one YAML file",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "FILE may be - for standard input. Exit status: 0 success, 1 faults or (diff) differences,",
      "2 wrong usage, 3 the server does not answer as expected"
    })
public final class CompanyCommand {
  private static final int SUCCESS = 0;
  private static final int DIFFERENT = 1;
  private static final int WRONG_USAGE = 2;
  private static final int NO_SERVER = 3;

  /// The maximum that the server accepts.
  private static final int MAX_BYTES = 8 << 20;

  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_VALID = 422;

  /// What is done with the text of a file.
  private interface Work {
    int on(String text) throws IOException, InterruptedException;
  }

  /// A request to the server.
  private interface Query {
    RestClient.Answer of(RestClient rest) throws IOException, InterruptedException;
  }

  /// What is done with the server's response.
  private interface Use {
    int of(RestClient.Answer answer) throws IOException;
  }

  @Command(
      name = "validate",
      description = "Report the faults of FILE and what in it has no effect; needs no server")
  int validate(@Parameters(paramLabel = "FILE") String file) throws InterruptedException {
    return with(
        file,
        text ->
            switch (CompanyYaml.read(text)) {
              case CompanyYaml.Read.Faulty(List<Fault> faults) -> {
                faults.forEach(fault -> System.err.println(CompanyText.fault(file, fault)));
                yield DIFFERENT;
              }
              case CompanyYaml.Read.Valid(var company, List<Fault> warnings) -> {
                warnings.forEach(one -> System.err.println(CompanyText.warning(file, one)));
                System.out.printf("%s is valid: %d parts%n", file, company.parts().count());
                yield SUCCESS;
              }
            });
  }

  @Command(
      name = "diff",
      description = "Show what applying FILE would create, update and delete, field by field")
  int diff(@Mixin InstanceOptions options, @Parameters(paramLabel = "FILE") String file)
      throws InterruptedException {
    return with(
        file,
        text ->
            send(
                options,
                rest -> rest.yaml("POST", "/company/diff", text),
                answer -> {
                  JsonNode result = answer.json();
                  if (!answer.ok()) {
                    return refused(file, answer.status(), result);
                  }
                  CompanyText.warnings(file, result).forEach(System.err::println);
                  CompanyText.difference(result).forEach(System.out::println);
                  System.out.println(CompanyText.summary(result));
                  return CompanyText.total(result) == 0 ? SUCCESS : DIFFERENT;
                }));
  }

  @Command(
      name = "apply",
      description = "Make the company match FILE, all or nothing; what is not in FILE is deleted")
  int apply(
      @Mixin InstanceOptions options,
      @Option(
              names = "--if-version",
              paramLabel = "N",
              description = "Only if the company still has that version, as shown by export")
          @Nullable Long version,
      @Parameters(paramLabel = "FILE") String file)
      throws InterruptedException {
    String[] headers =
        version == null ? new String[0] : new String[] {"If-Match", "\"" + version + "\""};
    return with(
        file,
        text ->
            send(
                options,
                rest -> rest.yaml("PUT", "/company", text, headers),
                answer -> {
                  JsonNode result = answer.json();
                  if (!answer.ok()) {
                    return refused(file, answer.status(), result);
                  }
                  CompanyText.warnings(file, result).forEach(System.err::println);
                  CompanyText.ended(result).forEach(System.out::println);
                  System.out.printf(
                      "%s; the company has version %d%n",
                      CompanyText.summary(result), result.path("version").asLong());
                  return SUCCESS;
                }));
  }

  @Command(name = "export", description = "Write the company to FILE, or to standard output")
  int export(
      @Mixin InstanceOptions options,
      @Parameters(paramLabel = "FILE", defaultValue = "-") String file)
      throws InterruptedException {
    return send(
        options,
        rest -> rest.yaml("GET", "/company", ""),
        answer -> {
          if (!answer.ok()) {
            return refused(file, answer.status(), answer.json());
          }
          if (file.equals("-")) {
            System.out.write(answer.body().getBytes(StandardCharsets.UTF_8));
            System.out.flush();
            return SUCCESS;
          }
          return written(file, answer.body());
        });
  }

  private static int written(String file, String text) {
    try {
      Files.writeString(Path.of(file), text);
      return SUCCESS;
    } catch (IOException e) {
      System.err.println("tamas: " + file + " cannot be written: " + FileFault.why(e));
      return WRONG_USAGE;
    }
  }

  @Command(
      name = "preset",
      description =
          "Print outgoing profiles and emergency numbers of a country, or a trunk, to be pasted")
  int preset(
      @Parameters(
              paramLabel = "PRESET",
              arity = "1..*",
              description =
                  "Countries: ir, ru, tr. Or a trunk: registering, by-address, without-plus,"
                      + " own-account, gsm-gateway, pbx")
          List<String> presets,
      @Option(
              names = "--trunk",
              required = true,
              split = ",",
              paramLabel = "NAME",
              description =
                  "The name of the trunk, for outbound calls or of its own; with several countries"
                      + " one for all, or one for each")
          List<String> trunks,
      @Option(
              names = "--area",
              paramLabel = "CODE",
              description =
                  "The area code of local calls, with one country. Default: that of the largest"
                      + " city")
          @Nullable String area) {
    try {
      System.out.print(text(presets, trunks, area));
      return SUCCESS;
    } catch (IllegalArgumentException e) {
      System.err.println("tamas: " + e.getMessage());
      return WRONG_USAGE;
    }
  }

  private static String text(List<String> presets, List<String> trunks, @Nullable String area) {
    if (presets.size() > 1 && area == null) {
      return Presets.text(presets, trunks);
    }
    if (presets.size() > 1 || trunks.size() > 1) {
      throw new IllegalArgumentException(
          presets.size() > 1 ? "--area is for one country" : "one preset has one trunk");
    }
    String preset = presets.getFirst();
    String trunk = trunks.getFirst();
    if (Presets.TRUNKS.contains(preset)) {
      return Presets.trunk(preset, trunk);
    }
    return area == null ? Presets.text(preset, trunk) : Presets.text(preset, trunk, area);
  }

  private static final class NotUtf8 extends IOException {
    final long line;

    NotUtf8(long line) {
      this.line = line;
    }
  }

  private static String utf8(byte[] bytes) throws NotUtf8 {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(from, text, true).isError()) {
      String before = new String(bytes, 0, from.position(), StandardCharsets.UTF_8);
      throw new NotUtf8(1 + before.chars().filter(c -> c == '\n').count());
    }
    return text.flip().toString();
  }

  private static int with(String file, Work work) throws InterruptedException {
    String text;
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("is larger than " + MAX_BYTES + " bytes");
      }
      text = utf8(bytes);
    } catch (NotUtf8 e) {
      System.err.println("tamas: " + file + " must be UTF-8: line " + e.line + " is not");
      return WRONG_USAGE;
    } catch (IOException e) {
      System.err.println("tamas: " + file + " cannot be read: " + FileFault.why(e));
      return WRONG_USAGE;
    }
    try {
      return work.on(text);
    } catch (IOException e) {
      return noServer(e);
    }
  }

  private static int send(InstanceOptions options, Query query, Use use)
      throws InterruptedException {
    if (options.areMissing()) {
      return NO_SERVER;
    }
    try {
      Instance instance = options.instance();
      try (RestClient rest = new RestClient(instance, Launch.secrets(instance).apiKey())) {
        return use.of(query.of(rest));
      }
    } catch (IOException e) {
      return noServer(e);
    }
  }

  private static int refused(String file, int status, JsonNode problem) {
    CompanyText.problem(file, problem).forEach(System.err::println);
    return status == NOT_VALID || status == PRECONDITION_FAILED ? DIFFERENT : NO_SERVER;
  }

  private static int noServer(IOException e) {
    System.err.println("tamas: " + e.getMessage() + "; is it running? see ./tamas status");
    return NO_SERVER;
  }
}
