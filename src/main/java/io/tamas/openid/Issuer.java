package io.tamas.openid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import io.tamas.json.Json;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.OutboundFault;
import io.tamas.outbound.Reply;
import io.tamas.outbound.Target;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// The issuer over the network: its document and its keys, which are kept for a while, and the
/// exchange of a code. One at a time asks for the document; others wait for the answer, but not for
/// long.
final class Issuer {
  /// Longer than the client's own patience.
  private static final Duration WAIT = Duration.ofSeconds(6);

  private static final Duration KEPT = Duration.ofMinutes(10);

  /// A token can name any key: no more often are the keys asked for.
  private static final Duration LEAST = Duration.ofSeconds(30);

  private static final int MAX_BODY = 256 << 10;

  private final String issuer;
  private final OutboundClient client;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Known> known = Optional.empty();

  /// @param at when it was asked
  record Known(Discovery discovery, JWKSet keys, Instant at) {}

  Issuer(String issuer, OutboundClient client, InstantSource clock) {
    this.issuer = issuer;
    this.client = client;
    this.clock = clock;
  }

  Known known() throws OpenIdFault {
    return atMost(KEPT);
  }

  /// The same with keys that may be newer.
  Known renewed() throws OpenIdFault {
    return atMost(LEAST);
  }

  private Known atMost(Duration age) throws OpenIdFault {
    try {
      if (!lock.tryLock(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw OpenIdFault.unavailable("the issuer does not answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OpenIdFault.unavailable("interrupted");
    }
    try {
      Instant now = clock.instant();
      Optional<Known> fresh = known.filter(one -> one.at().plus(age).isAfter(now));
      if (fresh.isPresent()) {
        return fresh.get();
      }
      Known asked = ask(now);
      known = Optional.of(asked);
      return asked;
    } finally {
      lock.unlock();
    }
  }

  private Known ask(Instant now) throws OpenIdFault {
    Discovery discovery = Discovery.of(json(get(Discovery.at(issuer))), issuer);
    String keys = text(get(discovery.keys()));
    try {
      return new Known(discovery, JWKSet.parse(keys), now);
    } catch (ParseException e) {
      throw OpenIdFault.unavailable("its keys are no JSON Web Key Set");
    }
  }

  private Reply get(Target target) throws OpenIdFault {
    Reply reply = await(client.get(target, Map.of("accept", "application/json"), MAX_BODY));
    if (reply.status() != 200) {
      throw OpenIdFault.unavailable(target + " answers " + reply.status());
    }
    return reply;
  }

  /// The answer of the token endpoint.
  JsonNode post(Target target, Map<String, String> headers, String form) throws OpenIdFault {
    Reply reply = await(client.post(target, headers, Buffer.buffer(form), MAX_BODY));
    if (reply.status() / 100 == 5) {
      throw OpenIdFault.unavailable(target + " answers " + reply.status());
    }
    JsonNode answer = json(reply);
    if (reply.status() != 200) {
      throw refusal(reply.status(), answer.path("error").asText());
    }
    return answer;
  }

  /// Who has signed in can do nothing about a client that is configured wrongly.
  private static OpenIdFault refusal(int status, String code) {
    return status == 401 || code.equals("invalid_client") || code.equals("unauthorized_client")
        ? OpenIdFault.unavailable(
            "the issuer does not accept this server: openid.clientId or openid.clientSecret is"
                + " wrong ("
                + error(code)
                + ")")
        : OpenIdFault.refused("the issuer refuses the code: " + error(code));
  }

  /// As it may stand in a log.
  static String error(String code) {
    return code.matches("[a-z_]{1,60}") ? code : "an error without a proper code";
  }

  private static Reply await(Future<Reply> answer) throws OpenIdFault {
    try {
      Reply reply = answer.await(WAIT.toMillis(), TimeUnit.MILLISECONDS);
      if (!reply.isWhole()) {
        throw OpenIdFault.unavailable("the answer has " + MAX_BODY + " bytes or more");
      }
      return reply;
    } catch (OutboundFault fault) {
      throw OpenIdFault.unavailable(fault.reason());
    } catch (TimeoutException e) {
      throw OpenIdFault.unavailable("no answer");
    }
  }

  private static JsonNode json(Reply reply) throws OpenIdFault {
    try {
      return Json.mapper().readTree(text(reply));
    } catch (JsonProcessingException e) {
      throw OpenIdFault.unavailable("its answer is no JSON");
    }
  }

  private static String text(Reply reply) {
    return reply.body().toString();
  }
}
