package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the API keys of users may do: call from their own phone, and control their own calls.
@InTheLab
class OwnCallsIT {
  @Test
  void clickRingsThePhoneOfTheKeyAndNoOther(Lab lab) {
    Phone sara = lab.phone("Sara");
    Phone omid = lab.phone("Omid").willAnswer();
    String key = key(lab, sara);
    JsonNode call = lab.office().send(key, "POST", "/calls", Map.of("to", omid.number()));
    sara.rings().showingNumber(omid.number()).answers().hears(omid);
    sara.hangsUp();
    lab.endedCall(call.path("id").asText())
        .of("INTERNAL", sara.number(), omid.number())
        .is("ANSWERED")
        .answeredBy(omid);
    Map<String, Object> asOmid = Map.of("extension", omid.number(), "to", sara.number());
    refused("acts for extension " + sara.number() + " only", lab, key, "/calls", asOmid);
  }

  /// At once, and again and again: the answer is not ahead of what it names.
  @Test
  void aClickCanBeLookedUpAndTakenBackAtOnce(Lab lab) {
    Phone sara = lab.phone("Sara");
    Phone omid = lab.phone("Omid");
    String key =
        made(
            lab,
            Map.of(
                "name", "back-" + sara.number(),
                "scopes", List.of("call", "read"),
                "extension", sara.number()));
    for (int i = 0; i < 6; i++) {
      String id =
          lab.office().send(key, "POST", "/calls", Map.of("to", omid.number())).path("id").asText();
      if (i % 3 == 0) {
        assertEquals(
            id, lab.office().send(key, "GET", "/calls/" + id, Map.of()).path("id").asText());
      } else if (i % 3 == 1) {
        String live = lab.office().send(key, "GET", "/live-calls", Map.of()).toString();
        assertTrue(live.contains(id), live);
      }
      lab.office().send(key, "POST", "/calls/" + id + "/hangup", Map.of());
    }
  }

  @Test
  void keyWithoutAnExtensionNamesOneAndNeedsTheScope(Lab lab) {
    Phone sara = lab.phone("Sara");
    Map<String, Object> to = Map.of("to", "101");
    String server = made(lab, Map.of("name", "crm-" + sara.number(), "scopes", List.of("call")));
    refused("/extension", lab, server, "/calls", to);
    Map<String, Object> reads =
        Map.of(
            "name", "wall-" + sara.number(),
            "scopes", List.of("read", "write"),
            "extension", sara.number());
    refused("lacks the scope call", lab, made(lab, reads), "/calls", to);
    refused("lacks the scope admin", lab, server, "/keys", reads);
    sara.doesNotRing();
  }

  @Test
  void onlyAParticipantControlsACall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone ali = lab.callerTalkingTo(zahra);
    String call = "/calls/" + lab.liveCall(ali).id();
    String ofReza = key(lab, reza);
    refused("does not exist", lab, ofReza, call + "/hangup", Map.of());
    refused("does not exist", lab, ofReza, call + "/recording/start", Map.of());
    String ofZahra = key(lab, zahra);
    String named = call + "/park?by=" + reza.number();
    refused("acts for extension " + zahra.number(), lab, ofZahra, named, Map.of());
    Map<String, Object> blind = Map.of("to", reza.number(), "kind", "BLIND");
    lab.office().send(ofZahra, "POST", call + "/transfer", blind);
    zahra.callEnds();
    reza.talks().hears(ali);
    refused("does not exist", lab, ofZahra, call + "/hangup", Map.of());
    lab.office().send(ofReza, "POST", call + "/hangup", Map.of());
    ali.callEnds();
    lab.callOf(ali).is("ANSWERED").lastWith(reza);
  }

  @Test
  void keyOfAnExtensionReachesNothingOfOthersWhateverItsScopes(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    String key =
        made(
            lab,
            Map.of(
                "name", "all-" + zahra.number(),
                "scopes", List.of("read", "write", "call", "admin"),
                "extension", zahra.number()));
    for (String own : List.of(zahra.number(), reza.number())) {
      refused("that one only", lab, key, "/extensions/" + own + "/password", Map.of());
      refused("that one only", lab, key, "DELETE", "/extensions/" + own, Map.of());
    }
    refused("that one only", lab, key, "DELETE", "/emergency-numbers/police", Map.of());
    refused("that one only", lab, key, "/keys", Map.of("name", "x", "scopes", List.of("admin")));
    refused("that one only", lab, key, "GET", "/profiles", Map.of());
    refused("that one only", lab, key, "GET", "/trunks", Map.of());
    refused("that one only", lab, key, "GET", "/company", Map.of());
    String zahraOnly = "acts for extension " + zahra.number() + " only";
    for (String of : List.of("", "/devices", "/voicemail")) {
      String path = "/extensions/" + reza.number() + of;
      refused(zahraOnly, lab, key, "GET", path, Map.of());
    }
    String own = "/extensions/" + zahra.number();
    assertEquals(lab.office().get(own), lab.office().send(key, "GET", own, Map.of()));
    assertEquals(1, lab.office().send(key, "GET", devices(zahra), Map.of()).path("items").size());
  }

  @Test
  void othersAreANumberAndANameInTheDirectory(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    for (Phone each : List.of(zahra, reza)) {
      String path = "/extensions/" + each.number();
      Map<String, Object> told =
          Json.mapper().convertValue(lab.office().get(path), new TypeReference<>() {});
      told.putAll(Map.of("mobile", "+989121111111", "email", "one@example.com"));
      lab.office().send("PUT", path, told);
    }
    String key =
        made(
            lab,
            Map.of(
                "name", "reads-" + zahra.number(),
                "scopes", List.of("read"),
                "extension", zahra.number()));
    String query = "/extensions?q=" + reza.number();
    JsonNode found = lab.office().send(key, "GET", query, Map.of()).at("/items/0");
    assertEquals(reza.number(), found.path("number").asText());
    assertTrue(found.path("name").asText().startsWith("Reza"), found::toString);
    assertTrue(!found.has("mobile") && !found.has("email"), found::toString);
    JsonNode own =
        lab.office().send(key, "GET", "/extensions?q=" + zahra.number(), Map.of()).at("/items/0");
    assertEquals("one@example.com", own.path("email").asText(), own::toString);
  }

  private static String devices(Phone phone) {
    return "/extensions/" + phone.number() + "/devices";
  }

  private static String key(Lab lab, Phone phone) {
    String number = phone.number();
    return made(
        lab, Map.of("name", "of-" + number, "scopes", List.of("call"), "extension", number));
  }

  private static String made(Lab lab, Map<String, Object> key) {
    return lab.office().send("POST", "/keys", key).path("key").asText();
  }

  private static void refused(
      String why, Lab lab, String key, String path, Map<String, Object> body) {
    refused(why, lab, key, "POST", path, body);
  }

  private static void refused(
      String why, Lab lab, String key, String method, String path, Map<String, Object> body) {
    AssertionError refusal =
        assertThrows(AssertionError.class, () -> lab.office().send(key, method, path, body));
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal::getMessage);
  }
}
