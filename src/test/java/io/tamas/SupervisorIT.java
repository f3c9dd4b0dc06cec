package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a supervisor sees of the calls of a group, and does with them; and what a grant opens.
@InTheLab
class SupervisorIT {
  private static final String PASSWORD = "correct horse battery staple";

  @Test
  void seesAndEndsTheCallsOfTheGroupAndNoOthers(Lab lab) throws Exception {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    String team = team(lab, zahra);
    SignedIn sara = signIn(lab, "sara-" + zahra.number(), "SUPERVISOR", "groups", List.of(team));
    Phone ali = lab.callerTalkingTo(zahra);
    Phone omid = lab.callerTalkingTo(reza);
    String ofZahra = lab.liveCall(ali).id();
    String ofReza = lab.liveCall(omid).id();

    String live = sara.get(200, "/live-calls").toString();
    assertTrue(live.contains(ofZahra) && !live.contains(ofReza), live);
    assertEquals(ofZahra, sara.get(200, "/calls/" + ofZahra).path("id").asText());
    sara.get(404, "/calls/" + ofReza);
    sara.get(200, "/extensions/" + zahra.number() + "/devices");
    sara.get(403, "/extensions/" + reza.number() + "/devices");
    sara.get(200, "/extensions/" + zahra.number() + "/voicemail");
    sara.get(403, "/extensions/" + reza.number() + "/voicemail");
    sara.send(404, "POST", "/calls/" + ofReza + "/hangup", Map.of());
    sara.send(202, "POST", "/calls/" + ofZahra + "/hangup", Map.of());
    ali.callEnds();
    lab.callOf(ali).is("ANSWERED");
    omid.hangsUp();
    lab.callOf(omid).is("ANSWERED");

    JsonNode calls = sara.get(200, "/calls");
    assertEquals(1, calls.path("items").size(), calls::toString);
    assertEquals(ofZahra, calls.at("/items/0/id").asText());
    sara.get(403, "/calls?extension=" + reza.number());
    simulates(sara, zahra, reza);

    lab.office().says(zahra.number(), Map.of("groups", List.of()));
    sara.get(403, "/calls");
  }

  private static void simulates(SignedIn sara, Phone zahra, Phone reza) throws Exception {
    Map<String, Object> from = Map.of("from", zahra.number(), "to", reza.number());
    sara.send(200, "POST", "/simulate", from);
    Map<String, Object> ofOthers = Map.of("from", reza.number(), "to", zahra.number());
    sara.send(403, "POST", "/simulate", ofOthers);
    Map<String, Object> onTrunk =
        Map.of("trunk", "demo", "from", "+989121234567", "to", zahra.number());
    sara.send(403, "POST", "/simulate", onTrunk);
  }

  @Test
  void aGrantOpensTheCallsOfAll(Lab lab) throws Exception {
    Phone zahra = lab.phone("Zahra");
    SignedIn without = signIn(lab, "plain-" + zahra.number(), "OPERATOR", "grants", List.of());
    SignedIn granted =
        signIn(lab, "agent-" + zahra.number(), "OPERATOR", "grants", List.of("CALL"));
    Phone ali = lab.callerTalkingTo(zahra);
    String call = "/calls/" + lab.liveCall(ali).id();
    without.send(403, "POST", call + "/hangup", Map.of());
    granted.get(403, call);
    granted.send(202, "POST", call + "/hangup", Map.of());
    ali.callEnds();
    lab.callOf(ali).is("ANSWERED");
  }

  @Test
  void whoIsGivenAnExtensionDuringACallDoesNotReachIt(Lab lab) throws Exception {
    Phone zahra = lab.phone("Zahra");
    String name = "late-" + zahra.number();
    SignedIn late = signIn(lab, name, "OPERATOR", "grants", List.of());
    Phone ali = lab.callerTalkingTo(zahra);
    String call = "/calls/" + lab.liveCall(ali).id();
    lab.office()
        .send("PUT", "/users/" + name, Map.of("role", "OPERATOR", "extension", zahra.number()));
    for (String act : List.of("/hangup", "/hold", "/park", "/recording/start")) {
      late.send(404, "POST", call + act, Map.of());
    }
    late.get(404, call);
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED");

    Phone omid = lab.callerTalkingTo(zahra);
    late.send(202, "POST", "/calls/" + lab.liveCall(omid).id() + "/hangup", Map.of());
    omid.callEnds();
    lab.callOf(omid).is("ANSWERED");
  }

  private static String team(Lab lab, Phone member) {
    String name = "team-" + member.number();
    lab.office().send("PUT", "/extension-groups/" + name, Map.of("name", name, "title", "Team"));
    lab.office().says(member.number(), Map.of("groups", List.of(name)));
    return name;
  }

  private static SignedIn signIn(
      Lab lab, String name, String role, String field, List<String> values) throws Exception {
    JsonNode made =
        lab.office().send("POST", "/users", Map.of("name", name, "role", role, field, values));
    String oneTime = made.path("oneTimePassword").asText();
    SignedIn signingIn = new SignedIn(lab, "");
    HttpResponse<String> answer =
        signingIn.request("POST", "/session", Map.of("name", name, "password", oneTime));
    assertEquals(201, answer.statusCode(), answer.body());
    String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
    SignedIn signedIn = new SignedIn(lab, cookie.substring(0, cookie.indexOf(';')));
    signedIn.send(204, "PUT", "/me/password", Map.of("old", oneTime, "password", PASSWORD));
    assertFalse(signedIn.get(200, "/me").path("oneTime").asBoolean());
    return signedIn;
  }

  private record SignedIn(Lab lab, String cookie) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    JsonNode get(int status, String path) throws Exception {
      return send(status, "GET", path, Map.of());
    }

    JsonNode send(int status, String method, String path, Map<String, Object> body)
        throws Exception {
      HttpResponse<String> answer = request(method, path, body);
      assertEquals(status, answer.statusCode(), () -> method + " " + path + ": " + answer.body());
      return answer.body().isEmpty()
          ? Json.mapper().createObjectNode()
          : Json.read(answer.body(), JsonNode.class);
    }

    HttpResponse<String> request(String method, String path, Map<String, Object> body)
        throws IOException, InterruptedException {
      URI address = lab.office().address(path);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address)
              .timeout(Duration.ofSeconds(30))
              .header("origin", "http://" + address.getAuthority())
              .method(
                  method,
                  body.isEmpty()
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(Json.write(body)));
      if (!body.isEmpty()) {
        request.header("content-type", "application/json");
      }
      if (!cookie.isEmpty()) {
        request.header("cookie", cookie);
      }
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
  }
}
