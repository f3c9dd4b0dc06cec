package io.tamas.company;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Trunk;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Over which trunks an emergency number is called, and what is shown. Pure.
public final class EmergencyTrunks {
  /// All of which are tried.
  public static final int MOST = 20;

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+][0-9]{7,15}");

  private EmergencyTrunks() {}

  /// The trunks that the number names, then every other one that makes outbound calls: whoever
  /// calls for help gets every way. Only those of the site, or of none, since the others reach the
  /// emergency services of another place; those of the site first.
  ///
  /// @param site of the extension that calls
  public static List<Trunk> of(EmergencyNumber number, Optional<String> site, Company company) {
    List<Trunk> out = company.trunks().stream().filter(Trunk::callsOut).toList();
    Stream<Trunk> named =
        number.trunks().stream()
            .flatMap(name -> out.stream().filter(trunk -> trunk.name().equals(name)));
    return Stream.concat(named, out.stream())
        .distinct()
        .filter(trunk -> site.isEmpty() || trunk.site().isEmpty() || trunk.site().equals(site))
        .sorted(Comparator.comparing(trunk -> site.isPresent() && trunk.site().isEmpty()))
        .limit(MOST)
        .toList();
  }

  /// The caller ID of a trunk where the extension has none of its own, or may not send it: one that
  /// can be called back, and that leads to the company.
  public static Optional<String> shown(Trunk trunk, Company company) {
    return trunk
        .callerId()
        .or(() ->
            company.inboundRoutes().stream()
                .filter(route -> route.trunk().filter(name -> !name.equals(trunk.name())).isEmpty())
                .sorted(Comparator.comparing((InboundRoute route) -> route.trunk().isEmpty()))
                .flatMap(route -> route.numbers().stream())
                .filter(number -> WHOLE_NUMBER.matcher(number).matches())
                .findFirst());
  }
}
