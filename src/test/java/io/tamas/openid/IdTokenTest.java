package io.tamas.openid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an issuer, or somebody in its name, may say.
class IdTokenTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final String ISSUER = "https://id.example.com/realms/office";
  private static final IdToken.Expected EXPECTED =
      new IdToken.Expected(ISSUER, "tamas", "the nonce");
  private static final RSAKey KEY = rsa("one");
  private static final ECKey CURVE = curve();
  private static final JWKSet KEYS = new JWKSet(List.of(KEY, CURVE)).toPublicJWKSet();

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey curve() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("tamas")
        .subject("s-1")
        .claim("nonce", "the nonce")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(300)));
  }

  private static String signed(JWTClaimsSet.Builder claims) throws Exception {
    return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), KEY, claims);
  }

  private static String signed(JWSHeader header, RSAKey key, JWTClaimsSet.Builder claims)
      throws Exception {
    SignedJWT token = new SignedJWT(header, claims.build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static Identity check(String token) throws OpenIdFault {
    return IdToken.parse(token).check(KEYS, EXPECTED, NOW);
  }

  private static String refusal(String token) {
    OpenIdFault fault = assertThrows(OpenIdFault.class, () -> check(token));
    assertEquals(OpenIdFault.Kind.REFUSED, fault.kind());
    return fault.reason();
  }

  private static void assertRefused(String why, String token) {
    String reason = refusal(token);
    assertTrue(reason.contains(why), reason);
  }

  @Test
  void whatTheIssuerHasSignedIsBelieved() throws Exception {
    assertEquals(new Identity("s-1", Optional.empty()), check(signed(claims())));
    SignedJWT other =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("curve").build(), claims().build());
    other.sign(new ECDSASigner(CURVE));
    assertEquals("s-1", check(other.serialize()).subject());
  }

  @Test
  void emailCountsOnlyIfItIsVerified() throws Exception {
    JWTClaimsSet.Builder verified =
        claims().claim("email", " Zahra@Example.com").claim("email_verified", true);
    assertEquals(Optional.of("zahra@example.com"), check(signed(verified)).email());
    for (Object not : new Object[] {false, "true", 1}) {
      JWTClaimsSet.Builder claims =
          claims().claim("email", "zahra@example.com").claim("email_verified", not);
      assertEquals(Optional.empty(), check(signed(claims)).email(), not::toString);
    }
    assertEquals(
        Optional.empty(), check(signed(claims().claim("email", "zahra@example.com"))).email());
  }

  @Test
  void unsignedTokenIsRefused() {
    assertRefused("no signed JWT", new PlainJWT(claims().build()).serialize());
    assertRefused("no signed JWT", "");
    assertRefused("no signed JWT", "a.b.c");
    assertRefused("characters", "a".repeat(16_385));
  }

  /// The public key is known to everybody.
  @Test
  void publicKeyIsNoSharedSecret() throws Exception {
    for (String id : new String[] {"one", "curve"}) {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(id).build(), claims().build());
      token.sign(new MACSigner(KEY.toRSAPublicKey().getEncoded()));
      assertRefused("not signed by a key of the issuer", token.serialize());
    }
  }

  @Test
  void otherAlgorithmsAreRefused() throws Exception {
    for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
      JWSHeader header = new JWSHeader.Builder(algorithm).keyID("one").build();
      assertRefused("not signed by a key", signed(header, KEY, claims()));
    }
  }

  @Test
  void keyOfSomebodyElseIsRefused() throws Exception {
    RSAKey evil = rsa("one");
    JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one");
    assertRefused("not signed by a key", signed(header.build(), evil, claims()));
    JWSHeader brought = header.jwk(evil.toPublicJWK()).build();
    assertRefused("not signed by a key", signed(brought, evil, claims()));
    JWSHeader linked = header.jwkURL(URI.create("https://evil.example/keys")).build();
    assertRefused("not signed by a key", signed(linked, evil, claims()));
    JWSHeader unknown = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("evil").build();
    String token = signed(unknown, evil, claims());
    assertRefused("not signed by a key", token);
    assertEquals(false, IdToken.parse(token).isOfKnownKey(KEYS));
  }

  @Test
  void changedTokenIsRefused() throws Exception {
    String token = signed(claims());
    String other = signed(claims().subject("s-2"));
    String[] parts = token.split("\\.");
    assertRefused("not signed by a key", parts[0] + "." + other.split("\\.")[1] + "." + parts[2]);
  }

  @ParameterizedTest
  @CsvSource({
    "https://id.example.com/realms/other",
    "https://id.example.com/realms/office/",
    "https://evil.example",
  })
  void otherIssuerIsRefused(String issuer) throws Exception {
    assertRefused("another issuer", signed(claims().issuer(issuer)));
  }

  @Test
  void tokenOfAnotherClientIsRefused() throws Exception {
    assertRefused("another client", signed(claims().audience("other")));
    assertRefused("another client", signed(claims().audience(List.of())));
    assertRefused("another client", signed(claims().audience(List.of("tamas", "other"))));
    assertRefused("another client", signed(claims().claim("azp", "other")));
    JWTClaimsSet.Builder both = claims().audience(List.of("tamas", "other")).claim("azp", "tamas");
    assertEquals("s-1", check(signed(both)).subject());
  }

  @Test
  void tokenOfAnotherSignInIsRefused() throws Exception {
    assertRefused("nonce", signed(claims().claim("nonce", "another")));
    assertRefused("nonce", signed(claims().claim("nonce", null)));
    assertRefused("wrong type", signed(claims().claim("nonce", 7)));
  }

  @Test
  void timesCountWithAMinuteBetweenTheClocks() throws Exception {
    assertEquals("s-1", check(signed(claims().expirationTime(at(-59)))).subject());
    assertRefused("expired", signed(claims().expirationTime(at(-60))));
    assertRefused("expired", signed(claims().expirationTime(null)));
    assertEquals("s-1", check(signed(claims().issueTime(at(59)))).subject());
    assertRefused("just now", signed(claims().issueTime(at(61))));
    assertRefused("just now", signed(claims().issueTime(at(-Duration.ofMinutes(10).toSeconds()))));
    assertRefused("just now", signed(claims().issueTime(null)));
  }

  private static Date at(long seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void subjectIsNeeded(String subject) throws Exception {
    assertRefused("subject", signed(claims().subject(subject)));
    assertRefused("subject", signed(claims().subject("s".repeat(256))));
  }
}
