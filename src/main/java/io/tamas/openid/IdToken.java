package io.tamas.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A token by which an issuer says who has signed in (OpenID Connect Core 1.0, 3.1.3.7). Signed by
/// RS256 or ES256 with a key of the issuer's own set, whatever the token says of keys. Pure.
record IdToken(SignedJWT signed) {
  private static final int LONGEST = 16_384;
  private static final int LONGEST_SUBJECT = 255;
  private static final int LONGEST_EMAIL = 254;

  /// Two clocks differ.
  private static final Duration SKEW = Duration.ofSeconds(60);

  private static final Duration OLDEST = Duration.ofMinutes(10);

  /// What a token must be about.
  record Expected(String issuer, String client, String nonce) {}

  static IdToken parse(String text) throws OpenIdFault {
    if (text.length() > LONGEST) {
      throw OpenIdFault.refused("the token has more than " + LONGEST + " characters");
    }
    try {
      return new IdToken(SignedJWT.parse(text));
    } catch (ParseException e) {
      throw OpenIdFault.refused("the token is no signed JWT");
    }
  }

  /// Whether a key of the set is the one that it names; true if it names none.
  boolean isOfKnownKey(JWKSet keys) {
    String id = signed.getHeader().getKeyID();
    return id == null || keys.getKeyByKeyId(id) != null;
  }

  Identity check(JWKSet keys, Expected expected, Instant now) throws OpenIdFault {
    JWTClaimsSet claims = verified(keys);
    try {
      require(expected.issuer().equals(claims.getIssuer()), "the token is by another issuer");
      requireAudience(claims, expected.client());
      requireTime(claims, now);
      require(
          isSame(expected.nonce(), claims.getStringClaim("nonce")),
          "the token is of another sign-in: its nonce is wrong");
      String subject = Optional.ofNullable(claims.getSubject()).orElse("");
      require(
          !subject.isBlank()
              && subject.length() <= LONGEST_SUBJECT
              && subject.chars().noneMatch(Character::isISOControl),
          "the token names no subject of 1 to 255 characters");
      return new Identity(subject, email(claims));
    } catch (ParseException e) {
      throw OpenIdFault.refused("a claim of the token is of the wrong type");
    }
  }

  private JWTClaimsSet verified(JWKSet keys) throws OpenIdFault {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), new ImmutableJWKSet<>(keys)));
    processor.setJWTClaimsSetVerifier((_, _) -> {});
    try {
      return processor.process(signed, null);
    } catch (BadJOSEException | JOSEException e) {
      throw OpenIdFault.refused("the token is not signed by a key of the issuer: " + told(e));
    }
  }

  private static String told(Exception e) {
    String text = String.valueOf(e.getMessage()).replaceAll("\\P{Print}", "?");
    return text.substring(0, Math.min(150, text.length()));
  }

  private static void requireAudience(JWTClaimsSet claims, String client)
      throws OpenIdFault, ParseException {
    List<String> audience = claims.getAudience();
    Optional<String> party = Optional.ofNullable(claims.getStringClaim("azp"));
    require(audience.contains(client), "the token is for another client");
    require(
        party.map(client::equals).orElse(audience.size() == 1),
        "the token was issued to another client");
  }

  private static void requireTime(JWTClaimsSet claims, Instant now) throws OpenIdFault {
    Date end = claims.getExpirationTime();
    Date issued = claims.getIssueTime();
    require(end != null && end.toInstant().plus(SKEW).isAfter(now), "the token has expired");
    require(
        issued != null
            && issued.toInstant().minus(SKEW).isBefore(now)
            && issued.toInstant().plus(OLDEST).isAfter(now),
        "the token was not issued just now");
  }

  private static boolean isSame(String expected, @org.jspecify.annotations.Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> email(JWTClaimsSet claims) throws ParseException {
    return Boolean.TRUE.equals(claims.getClaim("email_verified"))
        ? Optional.ofNullable(claims.getStringClaim("email"))
            .map(text -> text.strip().toLowerCase(Locale.ROOT))
            .filter(text -> !text.isEmpty() && text.length() <= LONGEST_EMAIL)
        : Optional.empty();
  }

  private static void require(boolean right, String otherwise) throws OpenIdFault {
    if (!right) {
      throw OpenIdFault.refused(otherwise);
    }
  }
}
