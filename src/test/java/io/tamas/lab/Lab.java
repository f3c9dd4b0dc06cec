package io.tamas.lab;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.Refusal;
import io.tamas.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one test works with. Numbers are its own; its phones end with it.
public final class Lab implements AutoCloseable {
  private final House house;
  private final List<AutoCloseable> inUse = new ArrayList<>();

  /// Ids of the live calls that were looked at.
  private final Set<String> shown = new HashSet<>();

  /// The last event before it.
  private final long begun;

  Lab(House house) {
    this.house = house;
    try (ReceivedEvents events = house.office().events("")) {
      begun = events.hears("snapshot").lastId();
    }
  }

  /// A lab with a house of its own in which everything runs as users have it, for programs that
  /// measure.
  public static Lab asDelivered() {
    return apart(Running.AS_DELIVERED);
  }

  /// A lab with a house of its own, for a test that counts all calls of a company.
  public static Lab apart() {
    return apart(Running.FOR_TESTS);
  }

  private static Lab apart(Running running) {
    House house = House.open(running);
    Lab lab = new Lab(house);
    lab.keep(house);
    return lab;
  }

  /// A new extension with a phone that is registered.
  public Phone phone(String name) {
    return phone(name, false);
  }

  /// The same, with all its calls recorded.
  public Phone recordedPhone(String name) {
    return phone(name, true);
  }

  private Phone phone(String name, boolean recorded) {
    String number = house.nextExtension();
    Secret password = house.office().extension(number, name, recorded);
    return keep(Phone.registered(house, name, number, password));
  }

  /// A new extension with a phone that is switched on as soon as REST has answered.
  public Phone phoneMadeJustNow(String name) {
    String number = house.nextExtension();
    Secret password = house.office().newExtension(number, name, false);
    return keep(Phone.registered(house, name, number, password));
  }

  /// One more device of a phone's extension, such as a mobile app; it is registered.
  public Phone anotherDeviceOf(Phone first) {
    return keep(AnotherDevice.of(house, first));
  }

  /// A new extension whose phone refuses every call as its user's decision (603).
  public DecliningPhone decliningPhone(String name) {
    String number = house.nextExtension();
    Secret password = house.office().extension(number, name, false);
    return keep(DecliningPhone.registered(house, number, password));
  }

  /// A new extension whose phone's messages are written by hand. It can only call.
  public RawCaller rawPhone(String name) {
    return rawPhones(name, 1).getFirst();
  }

  /// The same, for so many calls at once.
  public List<RawCaller> rawPhones(String name, int calls) {
    String number = house.nextExtension();
    Secret password = house.office().extension(number, name, false);
    return Stream.generate(() -> keep(new RawCaller(house, "127.0.0.1", number, password)))
        .limit(calls)
        .toList();
  }

  /// A new extension with a phone of the lab's own making, which is not registered yet.
  public RawPhone rawDeskPhone(String name) {
    return rawDeskPhone(name, "127.0.0.1");
  }

  /// The same, at an address of its own.
  public RawPhone rawDeskPhone(String name, String address) {
    String number = house.nextExtension();
    Secret password = house.office().extension(number, name, false);
    return keep(new RawPhone(house, address, number, password, new Tone(300)));
  }

  /// One more device of a phone's extension, which is not registered yet.
  public RawPhone anotherDeviceOf(RawPhone first) {
    return keep(new RawPhone(house, "127.0.0.1", first.number(), first.password(), new Tone(320)));
  }

  /// The extension of a phone is deleted, and its number given to somebody else, whose phone is not
  /// registered yet.
  public RawPhone nextOwner(RawPhone former, String name) {
    String number = former.number();
    office().send("DELETE", "/extensions/" + number, Map.of());
    Secret password = house.office().extension(number, name, false);
    return keep(new RawPhone(house, "127.0.0.1", number, password, new Tone(330)));
  }

  /// Waits until Asterisk's console shows something, spaces being one.
  public Lab awaitsConsole(String command, String shown) {
    Eventually.eventually(
        shown,
        Duration.ofSeconds(10),
        () -> asterisk().console(command).replaceAll(" +", " ").contains(shown));
    return this;
  }

  /// Somebody elsewhere who says to be the phone of an extension, and does not know its password.
  public RawCaller impostorOf(String number) {
    String address = address(house.nextOutside());
    return keep(new RawCaller(house, address, number, new Secret("guessed")));
  }

  /// Somebody elsewhere who has no account.
  public Stranger stranger() {
    return new Stranger(address(house.nextOutside()), asterisk().settings().sipPort());
  }

  /// A key with a lamp on somebody's desk that shows what an extension does.
  public Lamp lampOf(String watched) {
    String number = house.nextExtension();
    return keep(new Lamp(house, number, house.office().extension(number, "Lamp", false), watched));
  }

  /// The same; its extension has these settings.
  public Lamp lampOf(String watched, Map<String, Object> settings) {
    String number = house.nextExtension();
    Secret password = house.office().extension(number, "Lamp", false);
    rightsOfLampsChange(number, settings);
    return keep(new Lamp(house, number, password, watched));
  }

  /// Another group may be called from an extension, and Asterisk knows.
  public void rightsOfLampsChange(String extension, Map<String, Object> settings) {
    String before = lampContext(extension);
    office().says(extension, settings);
    Eventually.eventually(
        "the lamps of " + extension + " have other rights",
        Duration.ofSeconds(10),
        () -> !lampContext(extension).equals(before));
  }

  private String lampContext(String extension) {
    return asterisk()
        .console("pjsip show endpoint " + extension)
        .lines()
        .filter(line -> line.contains("subscribe_context"))
        .collect(Collectors.joining());
  }

  /// The extension of a phone is deleted; the phone is not switched off.
  public void deletes(Phone phone) {
    office().send("DELETE", "/extensions/" + phone.number(), Map.of());
  }

  /// An extension with the number of a phone whose extension was deleted, with a phone of its own.
  public Phone nextOwner(Phone former, String name) {
    Secret password = house.office().extension(former.number(), name, false);
    return keep(Phone.registered(house, name, former.number(), password));
  }

  /// A number inside the company that nothing has yet.
  public String freeNumber() {
    return house.nextExtension();
  }

  /// A new extension without a phone; returns its number.
  public String extensionWithoutPhone(String name) {
    String number = house.nextExtension();
    house.office().extension(number, name, false);
    return number;
  }

  /// An address of loopback that is nobody else's.
  private static String address(int n) {
    return "127.0.%d.%d".formatted(1 + n / 250, 1 + n % 250);
  }

  /// A trunk whose inbound calls ring `fallback` while Tamas does not answer.
  public Line line(Phone fallback) {
    int n = house.nextOutside();
    String address = address(n);
    String trunk = "line-" + n;
    house.office().trunk(trunk, address, fallback.number());
    return new Line(this, house, trunk, address, fallback.number());
  }

  /// The name server that Asterisk and Tamas ask in this test.
  public NameServer nameServer() {
    return nameServer(new InetSocketAddress("127.0.0.1", house.office().nameServerPort()));
  }

  /// The same that Tamas does not reach: it knows no addresses of servers.
  public NameServer nameServerOfAsterisk() {
    return nameServer(new InetSocketAddress("127.0.0.1", 0));
  }

  private NameServer nameServer(InetSocketAddress ofTamas) {
    String address = address(house.nextOutside());
    NameServer server = keep(new NameServer(new InetSocketAddress(address, 53), ofTamas));
    String before = asterisk().nameServers("nameserver " + address + "\n");
    keep(() -> asterisk().nameServers(before));
    return server;
  }

  /// An external caller who is connected to this phone.
  public Phone callerTalkingTo(Phone desk) {
    Line line = line(desk);
    Phone caller = line.caller("Ali").calls(line.numberOf(desk));
    desk.rings().answers();
    caller.talks().hears(desk);
    return caller;
  }

  /// The same, once both have heard each other.
  public Phone callerHeardBy(Phone desk) {
    Phone caller = callerTalkingTo(desk);
    desk.hears(caller);
    return caller;
  }

  /// From now on these can pick up each other's calls.
  public void pickUpForEachOther(Phone... members) {
    List<String> numbers = Stream.of(members).map(Phone::number).toList();
    String name = office().part("pickup-groups", Map.of("title", "Desk", "members", numbers));
    for (String number : numbers) {
      Eventually.eventually(
          number + " is in the pickup group",
          Duration.ofSeconds(10),
          () -> asterisk().console("pjsip show endpoint " + number).contains(name));
    }
  }

  /// Lets a phone call mobile phones of Iran over these lines, in this order.
  public void mayCallOver(Phone phone, Map<String, Object> limits, Line... lines) {
    mayCallOver(phone.number(), limits, lines);
  }

  /// The same of an extension without a phone.
  public void mayCallOver(String extension, Map<String, Object> limits, Line... lines) {
    Map<String, Object> rule =
        Map.of(
            "name",
            "mobile",
            "numbers",
            List.of("+989*"),
            "trunks",
            Stream.of(lines).map(Line::trunk).toList());
    callsBy(extension, limits, List.of(rule));
  }

  /// Lets a phone call each of these over a line of its own.
  public void mayCallEach(Phone phone, Map<String, Object> limits, Map<Phone, Line> callees) {
    List<Map<String, Object>> rules = new ArrayList<>();
    callees.forEach((callee, line) ->
        rules.add(
            Map.of(
                "name",
                "to-" + line.trunk(),
                "numbers",
                List.of(callee.number()),
                "trunks",
                List.of(line.trunk()))));
    callsBy(phone.number(), limits, rules);
  }

  /// Lets an extension call mobile phones of Iran over a line but those of a pattern.
  public void mayCallMobilesBut(String denied, String extension, Line line) {
    callsBy(
        extension,
        Map.of(),
        List.of(
            Map.of("name", "denied", "numbers", List.of(denied), "deny", true),
            Map.of(
                "name", "mobile", "numbers", List.of("+989*"), "trunks", List.of(line.trunk()))));
  }

  private void callsBy(
      String extension, Map<String, Object> limits, List<Map<String, Object>> rules) {
    Map<String, Object> profile =
        Map.of(
            "title",
            "Outside",
            "plan",
            Map.of("country", "IR", "areaCode", "21"),
            "rules",
            rules,
            "limits",
            limits);
    office().says(extension, Map.of("outgoing", office().part("outgoing-profiles", profile)));
  }

  /// A new prompt that sounds like this.
  public String prompt(Tone tone, Duration length) {
    String prompt = office().part("prompts", Map.of("sound", "hello-world"));
    office().audio(prompt, "en", tone.wav(length));
    return prompt;
  }

  /// From now on an announcement sounds like this, once it has been spoken.
  public void announces(Refusal refusal, String language, Tone tone) {
    Path sound = Path.of(refusal.sound(List.of(language)) + ".wav").getFileName();
    Path file = house.data().resolve("prompts").resolve(sound);
    Eventually.eventually(refusal + " is spoken", Duration.ofSeconds(20), () -> Files.exists(file));
    try {
      tone.write(file, Duration.ofSeconds(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A new prompt of a text that has been spoken.
  public String spokenPrompt(String language, String text) {
    String prompt = office().part("prompts", Map.of("texts", Map.of(language, text)));
    String sound = "/prompts/" + prompt + "/audio/" + language;
    Eventually.eventually(
        text + " is spoken",
        Duration.ofSeconds(20),
        () -> office().download(sound).statusCode() == 200);
    return prompt;
  }

  /// A new menu whose keys route to destinations; nothing else can be dialled in it.
  ///
  /// @param otherwise the destination when no key is pressed
  public String menu(Map<String, String> keys, String otherwise) {
    String greeting = office().part("prompts", Map.of("sound", "hello-world"));
    Map<String, Object> menu =
        Map.of("greeting", greeting, "options", keys, "patience", "PT5S", "otherwise", otherwise);
    return "menu:" + office().part("menus", menu);
  }

  /// In this test calls stay parked no longer than that; else for 45 s.
  public void parksFor(Duration longest) {
    String always = "parkingtime = 45\n";
    String now = "parkingtime = " + longest.toSeconds() + "\n";
    asterisk().isToldAnew("res_parking.conf", always, now, "res_parking.so");
    keep(() -> asterisk().isToldAnew("res_parking.conf", now, always, "res_parking.so"));
  }

  /// The record of the one call of this caller, once it has ended.
  public CallSeen callOf(Phone caller) {
    return CallSeen.ended(house.office(), caller.number(), begun);
  }

  /// The one call of this caller, in progress.
  public LiveCall liveCall(Phone caller) {
    return new LiveCall(this, caller.number());
  }

  /// A call in progress of this kind that was not returned before: one that has just ended may
  /// still be listed.
  public JsonNode newLiveCall(Predicate<JsonNode> kind) {
    List<JsonNode> found = new ArrayList<>();
    Eventually.eventually(
        "a new call is shown",
        Duration.ofSeconds(15),
        () -> {
          items("/live-calls")
              .filter(call -> !shown.contains(call.path("id").asText()))
              .filter(kind)
              .findFirst()
              .ifPresent(found::add);
          return !found.isEmpty();
        });
    shown.add(found.getFirst().path("id").asText());
    return found.getFirst();
  }

  /// The records of all calls from a number, once so many have ended, the oldest first.
  public List<CallSeen> callsFrom(String number, int count) {
    return CallSeen.ended(house.office(), number, count, begun);
  }

  /// The record of a call by its id, once it has ended.
  public CallSeen endedCall(String id) {
    return CallSeen.ended(house.office(), id, Duration.ofSeconds(10), begun);
  }

  /// The recording of the one call of this caller, once it is ready.
  public RecordingHeard recordingOf(Phone caller) {
    return recording(callOf(caller).withRecording().recording());
  }

  /// A recording that may still grow.
  public RecordingHeard recording(String id) {
    return new RecordingHeard(house.data().resolve("recordings/" + id + ".wav"));
  }

  /// A subscriber that starts with a snapshot.
  public ReceivedEvents events() {
    return keep(house.office().events(""));
  }

  /// What a new key of an extension receives, from its snapshot on.
  public ReceivedEvents eventsOf(Phone phone) {
    Map<String, Object> key =
        Map.of(
            "name", "events-" + phone.number(),
            "scopes", List.of("read"),
            "extension", phone.number());
    String secret = office().send("POST", "/keys", key).path("key").asText();
    return eventsWith(secret, "").hears("snapshot");
  }

  /// A subscriber with the key of somebody.
  public ReceivedEvents eventsWith(String key, String query) {
    return keep(house.office().events(key, query));
  }

  /// A subscriber that resumes after an event.
  public ReceivedEvents eventsAfter(long id) {
    return keep(house.office().events("?after=" + id));
  }

  public Office office() {
    return house.office();
  }

  /// Waits until REST shows this state of a phone, such as `in-use`.
  public Lab becomes(Phone phone, String state) {
    return becomes(phone.number(), state);
  }

  public Lab becomes(String extension, String state) {
    Eventually.eventually(
        extension + " becomes " + state,
        Duration.ofSeconds(10),
        () -> state(extension).equals(state));
    return this;
  }

  private String state(String extension) {
    return items("/extension-states")
        .filter(one -> one.path("extension").asText().equals(extension))
        .map(one -> one.path("state").asText())
        .collect(Collectors.joining());
  }

  /// How the calls of the last hour are counted, by name of the count.
  ///
  /// @param by such as `GROUP`
  public Map<String, Integer> counted(String by, String key) {
    Instant now = Instant.now();
    String hour = "&from=" + now.minusSeconds(3_600) + "&to=" + now;
    return items("/statistics?by=" + by + hour)
        .filter(one -> one.path("key").asText().equals(key))
        .findFirst()
        .map(CallConsistency::numbers)
        .orElseGet(Map::of);
  }

  /// What REST lists at a path below `/api/v1`.
  public Stream<JsonNode> items(String path) {
    return CallConsistency.stream(office().get(path).path("items"));
  }

  /// What runs, by name: Asterisk, Tamas while it is alive, PostgreSQL.
  public Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> running = new TreeMap<>(house.office().processes());
    running.put("Asterisk", house.asterisk().process().toHandle());
    return running;
  }

  public AsteriskServer asterisk() {
    return house.asterisk();
  }

  /// PostgreSQL answers late for the rest of this test.
  public void databaseAnswersLateBy(Duration delay) {
    house.office().toDatabase().answersLateBy(delay);
    keep(() -> house.office().toDatabase().answersLateBy(Duration.ZERO));
  }

  /// Whether Tamas is ready.
  public boolean isReady() {
    return house.office().isReady();
  }

  /// Asterisk cannot connect to Tamas' ARI while this runs.
  public void withoutAri(Runnable meanwhile) {
    house.ari().cut();
    try {
      meanwhile.run();
    } finally {
      house.ari().mend();
    }
  }

  /// Whether Tamas has stored all that Asterisk has written about calls.
  public boolean isJournalStored() {
    long written = 0;
    Path folder = house.data().resolve("asterisk/log/cel-custom");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "journal*")) {
      for (Path file : files) {
        written += Files.size(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return house.office().journalBytes() == written;
  }

  /// What Asterisk writes about calls.
  public JournalReader journal() {
    return new JournalReader(house.data().resolve("asterisk/log/cel-custom/journal.csv"));
  }

  House house() {
    return house;
  }

  <T extends AutoCloseable> T keep(T used) {
    inUse.add(used);
    return used;
  }

  @Override
  public void close() throws Exception {
    house.office().recovers();
    for (AutoCloseable used : inUse.reversed()) {
      used.close();
    }
  }
}
