package io.tamas.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.cli.phone.DemoPhone;
import io.tamas.cli.phone.ExternalCaller;
import io.tamas.config.Secret;
import io.tamas.ops.Instance;
import io.tamas.ops.Port;
import io.tamas.ops.RestClient;
import io.tamas.ops.Secrets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.sip.SipException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Places a real call from an external number to the demo company, and shows its events and record.
/// Exit status 0 if the record arrived.
@Command(
    name = "call",
    description =
        "Place a real call from an external number to the demo company, and show its record")
public final class CallCommand implements Callable<Integer> {
  private static final Duration STEP = Duration.ofSeconds(10);

  private static final Pattern NUMBER = Pattern.compile("[+]?[0-9*#]{1,40}");
  private static final int LONGEST = 3_600;

  @Mixin private final InstanceOptions options = new InstanceOptions();

  @Option(
      names = "--from",
      paramLabel = "NUMBER",
      description = "The caller's number (${DEFAULT-VALUE})")
  private String from = "+989121234567";

  @Option(
      names = "--to",
      paramLabel = "NUMBER",
      description = "The dialled number (${DEFAULT-VALUE})")
  private String to = "02191001000";

  @Option(
      names = "--answer",
      split = ",",
      paramLabel = "EXTENSION",
      description =
          "Which demo phones answer. Default: those of extensions without a registered phone")
  private List<String> answer = new ArrayList<>();

  @Option(
      names = "--talk",
      paramLabel = "SECONDS",
      description = "Length of the conversation (${DEFAULT-VALUE})")
  private int talk = 3;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      description = "Deadline for the record (${DEFAULT-VALUE})")
  private int deadline = 60;

  private final Timeline timeline = new Timeline(System.out);
  private final List<DemoPhone> phones = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Optional<String> fault = fault();
    if (fault.isPresent()) {
      System.err.println("tamas: " + fault.get());
      return 1;
    }
    if (options.areMissing()) {
      return 1;
    }
    try {
      Instance instance = options.instance();
      if (instance.sip().address().isIpv6()) {
        System.err.println("tamas: the demo trunk needs SIP on IPv4: ./tamas up --address IP");
        return 1;
      }
      Secrets secrets = Launch.secrets(instance);
      try (RestClient rest = new RestClient(instance, secrets.apiKey());
          EventStream events = EventStream.open(rest, STEP)) {
        return call(instance, secrets, rest, events);
      }
    } catch (ExecutionException e) {
      System.err.println("tamas: " + why(e) + "; demo phones are those of the demo company");
      return 1;
    } catch (IOException | SipException e) {
      System.err.println("tamas: " + e.getMessage() + "; is it running? see ./tamas status");
      return 1;
    } finally {
      phones.forEach(DemoPhone::close);
    }
  }

  private Optional<String> fault() {
    if (!NUMBER.matcher(from).matches() || !NUMBER.matcher(to).matches()) {
      return Optional.of("--from and --to must be numbers such as +989121234567");
    }
    return talk < 0 || talk > LONGEST || deadline < 1 || deadline > LONGEST
        ? Optional.of("--talk must be 0 to %1$d, --deadline 1 to %1$d seconds".formatted(LONGEST))
        : Optional.empty();
  }

  /// What of the demo company this command needs and another company does not have.
  private Optional<String> missing(Secrets secrets, RestClient rest)
      throws IOException, InterruptedException {
    if (!DemoTrunk.isIn(rest)) {
      return Optional.of(
          "the company has no trunk with the address %s, such as that of the demo company"
              .formatted(DemoTrunk.CARRIER));
    }
    return answer.stream()
        .filter(number -> !secrets.phones().containsKey(number))
        .findFirst()
        .map(number ->
            "--answer must name demo phones, of %s: %s"
                .formatted(new TreeMap<>(secrets.phones()).keySet(), number));
  }

  private static String why(ExecutionException failed) {
    return String.valueOf(Objects.requireNonNullElse(failed.getCause(), failed).getMessage());
  }

  private int call(Instance instance, Secrets secrets, RestClient rest, EventStream events)
      throws IOException, InterruptedException, SipException, ExecutionException {
    Optional<String> missing = missing(secrets, rest);
    if (missing.isPresent()) {
      System.err.println("tamas: " + missing.get());
      return 1;
    }
    InetSocketAddress asterisk =
        new InetSocketAddress(instance.sip().fromHere().inet(), instance.port(Port.SIP));
    startPhones(asterisk, answeringPhones(secrets, rest));
    Conversation conversation = new Conversation(timeline, Duration.ofSeconds(talk));
    try (ExternalCaller caller =
        new ExternalCaller(
            from, DemoTrunk.CARRIER, asterisk, said -> timeline.print("caller: " + said))) {
      timeline.print(from + " calls " + to);
      caller.call(to);
      conversation.hold(caller);
      CallText text = new CallText(ZoneId.systemDefault());
      CallWatch watch = new CallWatch(to, rest, timeline, text);
      Optional<JsonNode> call = watch.follow(events, Duration.ofSeconds(deadline));
      caller.hangUp();
      printResult(call, caller, text);
      return call.isPresent() ? 0 : 1;
    }
  }

  private void printResult(Optional<JsonNode> call, ExternalCaller caller, CallText text) {
    long heard = phones.stream().mapToLong(phone -> phone.heard().toMillis()).sum();
    timeline.print(
        "the caller heard %.1f s, the phone %.1f s"
            .formatted(caller.heard().toMillis() / 1e3, heard / 1e3));
    if (call.isEmpty()) {
      System.err.println("tamas: no record of the call arrived within " + deadline + " s");
      return;
    }
    System.out.println();
    text.call(call.get()).forEach(System.out::println);
  }

  /// The first answers after a second, each other one a little later, so that of several that ring
  /// at the same time one is first.
  private void startPhones(InetSocketAddress asterisk, Map<String, Secret> answeringPhones)
      throws SipException, IOException, InterruptedException, ExecutionException {
    for (Map.Entry<String, Secret> extension : answeringPhones.entrySet()) {
      Duration ring = Duration.ofSeconds(1 + 2L * phones.size());
      String name = "phone " + extension.getKey() + ": ";
      DemoPhone phone =
          new DemoPhone(
              extension.getKey(),
              extension.getValue(),
              asterisk,
              ring,
              said -> timeline.print(name + said));
      try {
        register(phone, extension.getKey());
        phones.add(phone);
        timeline.print(name + "registered");
      } catch (ExecutionException e) {
        phone.close();
        if (!answer.isEmpty()) {
          throw e;
        }
        timeline.print(name + "left out, it is not that of the demo company any more");
      }
    }
  }

  private static void register(DemoPhone phone, String extension)
      throws IOException, InterruptedException, SipException, ExecutionException {
    try {
      phone.register().get(STEP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "phone %s is not registered within %d s".formatted(extension, STEP.toSeconds()), e);
    }
  }

  private Map<String, Secret> answeringPhones(Secrets secrets, RestClient rest)
      throws IOException, InterruptedException {
    Map<String, Secret> chosen = new TreeMap<>(secrets.phones());
    if (!answer.isEmpty()) {
      chosen.keySet().retainAll(answer);
      return chosen;
    }
    for (JsonNode state : rest.get("/extension-states").path("items")) {
      if (!state.path("state").asText().toLowerCase(java.util.Locale.ROOT).startsWith("un")) {
        chosen.remove(state.path("extension").asText());
      }
    }
    return chosen;
  }
}
