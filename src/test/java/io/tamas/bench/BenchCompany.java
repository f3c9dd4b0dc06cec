package io.tamas.bench;

import io.tamas.company.Company;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Destination.ToExtension;
import io.tamas.company.Extension;
import io.tamas.company.Yamls;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A company of many extensions, each recorded.
final class BenchCompany {
  private BenchCompany() {}

  static Company of(int size) {
    List<Extension> extensions =
        IntStream.range(10_000, 10_000 + size)
            .mapToObj(n ->
                Yamls.extension(
                    "number: '%d', name: Person %d, record: [INBOUND, OUTBOUND, INTERNAL]"
                        .formatted(n, n)))
            .toList();
    ExtensionNumber first = extensions.getFirst().number();
    Trunk trunk = Trunk.of("demo", new NumberingPlan("IR", "21"), List.of("127.0.0.2"), first);
    InboundRoute main =
        InboundRoute.of(
            "main",
            1,
            Optional.empty(),
            List.of("+982191001000"),
            Optional.empty(),
            new ToExtension(first),
            Optional.empty(),
            Duration.ofSeconds(30),
            true);
    return companyOf(1, extensions, List.of(trunk), List.of(main));
  }

  @SafeVarargs
  private static Company companyOf(long version, List<? extends Part>... kinds) {
    return Company.of(version, Arrays.stream(kinds).flatMap(List::stream).toList());
  }
}
