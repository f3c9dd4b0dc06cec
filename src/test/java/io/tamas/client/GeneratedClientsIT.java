package io.tamas.client;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.CallSeen;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import io.tamas.lab.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What developers do with clients that are generated from the contract, in each language.
@InTheLab
class GeneratedClientsIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final Map<Language, ClientAtWork> CLIENTS = new EnumMap<>(Language.class);

  @BeforeAll
  static void clientsAreGenerated(Lab lab) {
    Workshop.programs(lab.office().address("/openapi.yaml"))
        .forEach((language, program) ->
            CLIENTS.put(language, new ClientAtWork(program, lab.office().key())));
  }

  @AfterAll
  static void clientsAreClosed() {
    CLIENTS.values().forEach(ClientAtWork::close);
  }

  private static ClientAtWork client(Language language) {
    return Objects.requireNonNull(CLIENTS.get(language));
  }

  @ParameterizedTest
  @EnumSource
  void aCallIsFoundAndHeard(Language language, Lab lab) {
    ClientAtWork client = client(language);
    Instant before = Instant.now().minusSeconds(60);
    Phone desk = lab.recordedPhone("Zahra");
    Phone ali = lab.callerHeardBy(desk);
    lab.liveCall(ali).recordingIs("RECORDING").recordingGrows();
    ali.hangsUp();
    desk.callEnds();
    CallSeen seen = lab.callOf(ali).is("ANSWERED").withRecording();
    String id = seen.id();
    String recording = seen.recording();

    JsonNode listed =
        client.does("list_calls", Map.of("number", ali.number(), "since", before.toString()));
    assertEquals(List.of(id), texts(listed));

    JsonNode call = client.does("get_call", Map.of("id", id));
    JsonNode stored = lab.office().get("/calls/" + id);
    assertEquals("INBOUND ANSWERED", text(call, "direction") + " " + text(call, "status"));
    assertEquals(ali.number(), text(call, "caller"));
    assertEquals(desk.number(), text(call, "answeredBy"));
    assertEquals(instant(stored, "startedAt"), instant(call, "startedAt"));
    assertEquals(List.of(desk.number() + " answered"), texts(call.path("legs")));
    assertEquals(
        recording + " ready", text(call, "recording") + " " + text(call, "recordingState"));

    byte[] file = lab.office().download("/recordings/" + recording).body();
    JsonNode part =
        client.does("download", Map.of("recording", recording, "part", "bytes=40-1063"));
    assertArrayEquals(
        Arrays.copyOfRange(file, 40, 1064), Base64.getDecoder().decode(part.asText()));
  }

  @ParameterizedTest
  @EnumSource
  void aCallIsMadeTransferredAndHungUp(Language language, Lab lab) {
    ClientAtWork client = client(language);
    Phone sara = lab.phone("Sara");
    Phone omid = lab.phone("Omid");
    Phone reza = lab.phone("Reza");
    client.does("subscribe", Map.of());

    JsonNode made =
        client.does("make_call", Map.of("extension", sara.number(), "to", omid.number()));
    String id = made.asText();
    sara.rings().answers();
    omid.rings().answers();
    sara.hears(omid);
    eventually(
        "the client sees them talk", SOON, () -> live(client).path(id).asText().equals("TALKING"));

    client.does("transfer_call", Map.of("id", id, "to", reza.number(), "by", omid.number()));
    reza.rings().answers();
    omid.callEnds();
    reza.hears(sara);

    client.does("hang_up_call", Map.of("id", id));
    sara.callEnds();
    reza.callEnds();
    lab.endedCall(id)
        .is("ANSWERED")
        .lastWith(reza)
        .withParties(
            sara.number() + " clicked answered",
            omid.number() + " dialled answered",
            reza.number() + " transferred blind by " + omid.number() + " answered");
    JsonNode ended = client.does("event_of_call", Map.of("type", "call.ended", "id", id));
    assertEquals(
        "ANSWERED " + omid.number(), text(ended, "status") + " " + text(ended, "answeredBy"));
    eventually("the client sees no call any more", SOON, () -> !live(client).has(id));
  }

  @ParameterizedTest
  @EnumSource
  void aProfileIsCreatedFoundAndUpdated(Language language, Lab lab) {
    ClientAtWork client = client(language);
    client.does("subscribe", Map.of());
    String name = "Parvin " + language;
    String number = "0935 700 10" + (10 + language.ordinal());

    JsonNode made = client.does("create_profile", Map.of("name", name, "number", number));
    String id = text(made, "id");
    assertEquals("+98" + number.replace(" ", "").substring(1), text(made, "number"));
    assertEquals(List.of(id), texts(client.does("search_profiles", Map.of("words", name))));

    Map<String, Object> change =
        Map.of("id", Long.valueOf(id), "version", text(made, "version"), "name", "پروین");
    assertEquals(2, client.does("update_profile", change).asInt());
    JsonNode stored = lab.office().get("/profiles/" + id);
    assertEquals("پروین شیراز", text(stored, "name") + " " + stored.at("/fields/city").asText());
    assertEquals(
        "پروین",
        client
            .does("event", Map.of("type", "profile.updated", "subject", "profile:" + id))
            .at("/data/name")
            .asText());

    JsonNode late = client.isRefused("update_profile", change);
    assertEquals(412, late.path("status").asInt(), late::toString);
    JsonNode wrong = client.isRefused("create_profile", Map.of("name", name, "number", "none"));
    assertEquals("422 /numbers/0/number", text(wrong, "status") + " " + pointer(wrong));
  }

  @ParameterizedTest
  @EnumSource
  void aPromptIsUploaded(Language language, Lab lab) {
    ClientAtWork client = client(language);
    String prompt = lab.office().part("prompts", Map.of("sound", "hello-world"));
    byte[] wav = new Tone(700).wav(Duration.ofSeconds(1));
    JsonNode hash =
        client.does(
            "upload_prompt",
            Map.of(
                "name", prompt, "language", "en", "wav", Base64.getEncoder().encodeToString(wav)));
    JsonNode stored = lab.office().get("/prompts/" + prompt);
    assertEquals(stored.at("/audio/en").asText(), hash.asText());
    byte[] served = lab.office().download("/prompts/" + prompt + "/audio/en").body();
    assertTrue(served.length > 16_000, () -> served.length + " bytes of a second");
  }

  @ParameterizedTest
  @EnumSource
  void theCompanyIsReplaced(Language language, Lab lab) {
    ClientAtWork client = client(language);
    String former = "Nasrin of " + language;
    String extension = lab.extensionWithoutPhone(former);
    client.does("subscribe", Map.of());

    JsonNode changes = client.does("rename_in_company", Map.of("old", former, "new", "نسرین"));
    assertEquals(List.of("extension " + extension + " updated /name نسرین"), texts(changes));
    assertEquals("نسرین", text(lab.office().get("/extensions/" + extension), "name"));
    String subject = "company:extension/" + extension;
    JsonNode event = client.does("event", Map.of("type", "company.changed", "subject", subject));
    assertTrue(List.of("created", "updated").contains(event.at("/data/change").asText()));

    JsonNode refused =
        client.isRefused(
            "put_company", Map.of("document", "extensions:\n  - {number: '1', name: ''}\n"));
    assertEquals("422 2", text(refused, "status") + " " + refused.at("/faults/0/line").asText());
  }

  private static JsonNode live(ClientAtWork client) {
    return client.does("live_calls", Map.of());
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  private static String pointer(JsonNode problem) {
    return problem.at("/faults/0/pointer").asText();
  }

  /// To the millisecond, which is what JavaScript knows.
  private static Instant instant(JsonNode node, String field) {
    return OffsetDateTime.parse(text(node, field)).toInstant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }
}
