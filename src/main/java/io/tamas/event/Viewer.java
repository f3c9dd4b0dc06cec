package io.tamas.event;

import io.tamas.event.Audience.Circle;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Grant;
import io.tamas.web.Principal;
import io.tamas.web.Principal.Reach;
import io.tamas.web.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Which events a client receives. Clients with equal rights have equal ones, and share what is
/// sent.
///
/// @param id tells it from those who receive something else; part of cursors
/// @param reach empty for those who see everything
record Viewer(String id, Optional<Reach.Extensions> reach, Set<Circle> circles) {
  static final Viewer ALL = new Viewer("all", Optional.empty(), EnumSet.allOf(Circle.class));

  Viewer {
    circles = Set.copyOf(circles);
  }

  static Viewer of(Principal principal) {
    return switch (principal.reach()) {
      case Reach.Everything() -> ALL;
      case Reach.Extensions reach -> of(reach, circles(principal));
    };
  }

  private static Viewer of(Reach.Extensions reach, Set<Circle> circles) {
    return new Viewer(digest(reach, circles), Optional.of(reach), circles);
  }

  private static Set<Circle> circles(Principal principal) {
    Set<Circle> circles = EnumSet.of(Circle.EVERYBODY);
    principal
        .user()
        .ifPresent(user -> {
          circles.add(Circle.USERS);
          if (user.role().includes(Role.SUPERVISOR)
              || principal.grants().contains(Grant.SEE_SETTINGS)) {
            circles.add(Circle.SETTINGS);
          }
        });
    return circles;
  }

  boolean includes(Audience audience) {
    return reach.isEmpty()
        || switch (audience) {
          case Circle circle -> circles.contains(circle);
          case Audience.Parties(Set<ExtensionNumber> extensions, Instant began) ->
              extensions.stream().anyMatch(one -> reach.get().includes(one, began));
          case Audience.Unknown() -> false;
        };
  }

  /// Whether it cannot be told if the event is for this one.
  boolean isInDoubt(Audience audience) {
    return reach.isPresent() && audience instanceof Audience.Unknown;
  }

  private static String digest(Reach.Extensions reach, Set<Circle> circles) {
    Map<String, Instant> sorted = new TreeMap<>();
    reach.since().forEach((extension, since) -> sorted.put(extension.digits(), since));
    Set<Circle> inOrder = EnumSet.copyOf(circles);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((sorted + " " + inOrder).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
