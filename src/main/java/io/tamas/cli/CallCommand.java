package io.tamas.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.cli.phone.DemoPhone;
import io.tamas.cli.phone.OutsideCaller;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sip.SipException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Places a real call from outside to the demo company, and shows what became of it. Exit status 0
/// when its record came.
@Command(
    name = "call",
    description = "Place a real call as an outside caller to a demo phone, and show its record")
public final class CallCommand implements Callable<Integer> {
  /// The outside world of the demo trunk.
  private static final String CARRIER = "127.0.0.2";

  private static final Duration STEP = Duration.ofSeconds(10);

  @Mixin private final InstanceOptions options = new InstanceOptions();

  @Option(names = "--from", paramLabel = "NUMBER", description = "Who calls (${DEFAULT-VALUE})")
  private String from = "+989121234567";

  @Option(names = "--to", paramLabel = "NUMBER", description = "What is dialled (${DEFAULT-VALUE})")
  private String to = "02191001000";

  @Option(
      names = "--answer",
      split = ",",
      paramLabel = "EXTENSION",
      description = "Which demo phones answer. Default: those without a phone of their own")
  private List<String> answer = new ArrayList<>();

  @Option(
      names = "--talk",
      paramLabel = "SECONDS",
      description = "How long they talk (${DEFAULT-VALUE})")
  private int talk = 3;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      description = "How long all of it may take (${DEFAULT-VALUE})")
  private int deadline = 60;

  private final Timeline timeline = new Timeline(System.out);
  private final List<DemoPhone> phones = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    try {
      Instance instance = options.instance();
      Secrets secrets = Launch.secrets(instance);
      try (RestClient rest = new RestClient(instance, secrets.apiKey());
          EventStream events = EventStream.open(rest, STEP)) {
        return call(instance, secrets, rest, events);
      }
    } catch (IOException | SipException | ExecutionException e) {
      System.err.println("tamas: " + e.getMessage() + "; does it run? see ./tamas status");
      return 1;
    } finally {
      phones.forEach(DemoPhone::close);
    }
  }

  private int call(Instance instance, Secrets secrets, RestClient rest, EventStream events)
      throws IOException, InterruptedException, SipException, ExecutionException {
    InetSocketAddress asterisk = new InetSocketAddress("127.0.0.1", instance.port(Port.SIP));
    startPhones(asterisk, answering(secrets, rest));
    Conversation conversation = new Conversation(timeline, Duration.ofSeconds(talk));
    try (OutsideCaller caller =
        new OutsideCaller(from, CARRIER, asterisk, said -> timeline.tell("caller: " + said))) {
      timeline.tell(from + " calls " + to);
      caller.call(to);
      conversation.hold(caller);
      CallText text = new CallText(ZoneId.systemDefault());
      CallWatch watch = new CallWatch(to, rest, timeline, text);
      Optional<JsonNode> call = watch.follow(events, Duration.ofSeconds(deadline));
      caller.hangUp();
      told(call, caller, text);
      return call.isPresent() ? 0 : 1;
    }
  }

  private void told(Optional<JsonNode> call, OutsideCaller caller, CallText text) {
    long heard = phones.stream().mapToLong(phone -> phone.heard().toMillis()).sum();
    timeline.tell(
        "the caller heard %.1f s, the phone %.1f s"
            .formatted(caller.heard().toMillis() / 1e3, heard / 1e3));
    if (call.isEmpty()) {
      System.err.println("tamas: no record of the call came within " + deadline + " s");
      return;
    }
    System.out.println();
    text.call(call.get()).forEach(System.out::println);
  }

  /// The first answers after a second, the others a little later each, so that one of several that
  /// ring at the same time is quicker.
  private void startPhones(InetSocketAddress asterisk, Map<String, Secret> answering)
      throws SipException, IOException, InterruptedException, ExecutionException {
    for (Map.Entry<String, Secret> extension : answering.entrySet()) {
      Duration ring = Duration.ofSeconds(1 + 2L * phones.size());
      String name = "phone " + extension.getKey() + ": ";
      DemoPhone phone =
          new DemoPhone(
              extension.getKey(),
              extension.getValue(),
              asterisk,
              ring,
              said -> timeline.tell(name + said));
      phones.add(phone);
      registered(phone, extension.getKey());
      timeline.tell(name + "registered");
    }
  }

  private static void registered(DemoPhone phone, String extension)
      throws IOException, InterruptedException, SipException, ExecutionException {
    try {
      phone.register().get(STEP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "phone %s is not registered within %d s".formatted(extension, STEP.toSeconds()), e);
    }
  }

  private Map<String, Secret> answering(Secrets secrets, RestClient rest)
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
