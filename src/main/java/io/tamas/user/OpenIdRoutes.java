package io.tamas.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.config.Secret;
import io.tamas.db.DatabaseFault;
import io.tamas.json.Json;
import io.tamas.openid.Attempt;
import io.tamas.openid.Identity;
import io.tamas.openid.OpenId;
import io.tamas.openid.OpenIdFault;
import io.tamas.seal.Seal;
import io.tamas.text.Printable;
import io.tamas.web.Api;
import io.tamas.web.Client;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signing in at an issuer of OpenID Connect. The browser goes there and comes back; meanwhile it
/// keeps a cookie that only this instance can read and that belongs to this one sign-in.
///
/// Browsers are always sent on to a page, which is told by `open-id` if nobody has signed in.
final class OpenIdRoutes implements Api {
  private static final Logger log = LoggerFactory.getLogger(OpenIdRoutes.class);
  private static final String CALLBACK = "/api/v1/session/open-id/callback";
  private static final String PLACE = "sign-in by OpenID Connect";
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MAX_COOKIE = 2_000;
  private static final int MOST_USED = 10_000;

  private final Optional<OpenIdSetting> setting;
  private final OpenIdUsers tied;
  private final Users users;
  private final SessionCookies cookies;
  private final Sessions sessions;
  private final SignInLimits limits;
  private final InstantSource clock;
  private final MeterRegistry registry;
  private final SecureRandom random = new SecureRandom();

  /// States of attempts by which somebody has signed in: browsers may keep their cookies.
  private final Cache<String, Boolean> used =
      Caffeine.newBuilder().maximumSize(MOST_USED).expireAfterWrite(LONGEST).build();

  /// What the browser keeps.
  ///
  /// @param to a path of this server, for afterwards
  private record Kept(Attempt attempt, String to, Instant end) {}

  private record Ways(boolean openId) {}

  private record Subject(String subject) {}

  /// Why nobody has signed in, as the page is told.
  private enum Refusal {
    EXPIRED,
    REFUSED,
    UNKNOWN_USER,
    UNAVAILABLE,
    TOO_MANY
  }

  /// @param limits of attempts from one address, of which no name is known before
  OpenIdRoutes(
      Optional<OpenIdSetting> setting,
      OpenIdUsers tied,
      Users users,
      Sessions sessions,
      SessionCookies cookies,
      SignInLimits limits,
      InstantSource clock,
      MeterRegistry registry) {
    this.setting = setting;
    this.tied = tied;
    this.users = users;
    this.sessions = sessions;
    this.cookies = cookies;
    this.limits = limits;
    this.clock = clock;
    this.registry = registry;
  }

  @Override
  public void mount(Operations on) {
    on.on("getSignInWays", _ -> Response.ok(new Ways(setting.isPresent())))
        .on("beginOpenId", this::begin)
        .on("endOpenId", this::end)
        .on("getUserOpenId", this::get)
        .on("putUserOpenId", this::put)
        .on("deleteUserOpenId", this::delete);
  }

  private OpenIdSetting setting() {
    return setting.orElseThrow(() -> Problem.notFound("an issuer, by the setting openid.issuer,"));
  }

  private Response begin(Request request) {
    OpenIdSetting is = setting();
    String to = request.query("to").orElse("/");
    Attempt attempt = Attempt.random(random, is.origin(request) + CALLBACK);
    try {
      String address = is.openId().address(attempt);
      String kept = Json.write(new Kept(attempt, to, clock.instant().plus(LONGEST)));
      byte[] sealed = is.seal().seal(PLACE, kept.getBytes(StandardCharsets.UTF_8));
      String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
      return sent(address, cookies.attempt(request.client(), cookie, LONGEST));
    } catch (OpenIdFault fault) {
      return refused(request, to, Refusal.UNAVAILABLE, fault.reason());
    }
  }

  private Response end(Request request) {
    OpenIdSetting is = setting();
    Client client = request.client();
    Optional<Kept> kept =
        cookies
            .attempt(request)
            .filter(text -> text.length() <= MAX_COOKIE)
            .flatMap(text -> read(is.seal(), text));
    if (kept.isEmpty()
        || kept.get().end().isBefore(clock.instant())
        || !isSame(kept.get().attempt().state(), request.query("state").orElse(""))) {
      return refused(request, "/", Refusal.EXPIRED, "it was not begun in this browser just now");
    }
    String to = kept.get().to();
    if (used.getIfPresent(kept.get().attempt().state()) != null) {
      return refused(request, to, Refusal.EXPIRED, "somebody has signed in by it already");
    }
    if (request.query("error").isPresent()) {
      String code = OpenId.error(request.query("error").get());
      return refused(request, to, Refusal.REFUSED, "the issuer: " + code);
    }
    if (limits.attempt(client.address(), client.address()).isPresent()) {
      return refused(request, to, Refusal.TOO_MANY, "too many attempts from this address");
    }
    try {
      Identity identity =
          is.openId()
              .identity(
                  kept.get().attempt(), request.query("code").orElse(""), request.query("iss"));
      return entered(request, is, identity, kept.get());
    } catch (OpenIdFault fault) {
      return switch (fault.kind()) {
        case UNAVAILABLE -> {
          limits.takeBack(client.address(), client.address());
          yield refused(request, to, Refusal.UNAVAILABLE, fault.reason());
        }
        case REFUSED -> refused(request, to, Refusal.REFUSED, fault.reason());
      };
    }
  }

  private static Optional<Kept> read(Seal seal, String text) {
    try {
      return seal.open(PLACE, Base64.getUrlDecoder().decode(text))
          .map(bytes -> Json.read(new String(bytes, StandardCharsets.UTF_8), Kept.class));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private Response entered(Request request, OpenIdSetting is, Identity identity, Kept kept) {
    String to = kept.to();
    Client client = request.client();
    Optional<String> name = tied.find(is.openId().issuer(), identity);
    Optional<Secret> token =
        name.flatMap(
            user -> sessions.startByIssuer(user, client.address(), SessionRoutes.agent(request)));
    if (token.isEmpty()) {
      return refused(
          request,
          to,
          Refusal.UNKNOWN_USER,
          "no user has the subject %s, or alone its verified e-mail address"
              .formatted(Printable.of(identity.subject())));
    }
    used.put(kept.attempt().state(), true);
    limits.signedIn(client.address(), client.address());
    count("open-id");
    log.atInfo()
        .addKeyValue("user", name.orElse(""))
        .addKeyValue("address", client.address())
        .log("signed in by OpenID Connect");
    return sent(to, cookies.session(client, token.get().reveal(), sessions.longest()));
  }

  private Response refused(Request request, String to, Refusal refusal, String reason) {
    String word = refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
    count("open-id-" + word);
    log.atWarn()
        .addKeyValue("address", request.client().address())
        .addKeyValue("reason", reason)
        .log("nobody signed in by OpenID Connect");
    return sent(to + "?open-id=" + word, cookies.attempt(request.client(), "", Duration.ZERO));
  }

  private static Response sent(String address, String cookie) {
    return new Response.Empty(303, Map.of("location", address, "set-cookie", cookie));
  }

  private void count(String outcome) {
    registry.counter("tamas.user.sign.ins", "outcome", outcome).increment();
  }

  private Response get(Request request) {
    String name = existing(request);
    return Response.ok(
        new Subject(tied.subject(name).orElseThrow(() -> Problem.notFound("the subject"))));
  }

  private Response put(Request request) {
    String name = existing(request);
    String subject = request.body(Subject.class).subject();
    try {
      tied.set(name, setting().openId().issuer(), subject);
    } catch (DatabaseFault.Refused fault) {
      throw fault.isDuplicate() ? Problem.conflict("another user has this subject") : fault;
    }
    report(request, name, "subject of a user set");
    return Response.ok(new Subject(subject));
  }

  private Response delete(Request request) {
    String name = existing(request);
    if (!tied.remove(name)) {
      throw Problem.notFound("the subject");
    }
    report(request, name, "subject of a user removed");
    return Response.noContent();
  }

  private String existing(Request request) {
    String name = request.path("name");
    if (users.find(name).isEmpty()) {
      throw Problem.notFound("user " + name);
    }
    return name;
  }

  private static void report(Request request, String user, String what) {
    log.atInfo().addKeyValue("by", request.principal()).addKeyValue("user", user).log(what);
  }
}
