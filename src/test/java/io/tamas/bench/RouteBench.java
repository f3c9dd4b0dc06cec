package io.tamas.bench;

import io.tamas.calendar.CalendarDay;
import io.tamas.company.Company;
import io.tamas.company.Company.Hours;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.Prompt;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Strategy;
import io.tamas.company.Company.Trunk;
import io.tamas.company.CompanyRules;
import io.tamas.company.Destination;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.company.Yamls;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Circumstances;
import io.tamas.routing.Question;
import io.tamas.routing.Routed;
import io.tamas.routing.Router;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// Decisions for a company of 5,000 extensions, 200 ring groups and 2,000 inbound routes, 40 of
/// them of any number. `./tamas bench route`.
public final class RouteBench {
  private static final int EXTENSIONS = 5_000;
  private static final int GROUPS = 200;
  private static final int ROUTES = 2_000;
  private static final int ANY_NUMBER = 40;
  private static final int CALLS = 200_000;
  private static final NumberingPlan PLAN = new NumberingPlan("IR", "21");
  private static final Instant OPEN = Instant.parse("2026-11-21T06:30:00Z");

  private RouteBench() {}

  public static void main(String[] args) {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    long begun = System.nanoTime();
    PLAN.prepare();
    System.out.printf(
        "numbering plan prepared in %d ms%n", (System.nanoTime() - begun) / 1_000_000);
    Company company = company();
    begun = System.nanoTime();
    int faults = CompanyRules.faults(company).size();
    long checked = System.nanoTime();
    Directory directory = Directory.of(company);
    System.out.printf(
        "company checked in %d ms (%d faults), indexed in %d ms%n",
        (checked - begun) / 1_000_000, faults, (System.nanoTime() - checked) / 1_000_000);
    List<CallContext> calls = calls(new Random(seed));
    int rung = 0;
    for (int round = 0; round < 3; round++) {
      rung +=
          measured(
              "decision",
              n ->
                  Router.route(
                      calls.get(n), new Question.NewCall(), directory, Circumstances.CALM));
    }
    System.out.println("results " + rung);
  }

  private static int measured(String what, IntFunction<Object> work) {
    Histogram nanos = new Histogram(3);
    int sum = 0;
    for (int n = 0; n < CALLS; n++) {
      long begun = System.nanoTime();
      Object result = work.apply(n);
      nanos.recordValue(System.nanoTime() - begun);
      sum += result instanceof Routed routed ? routed.trace().steps().size() : 1;
    }
    System.out.printf(
        "%-12s mean %.2f us, p50 %.2f us, p99 %.2f us, p99.9 %.2f us%n",
        what,
        nanos.getMean() / 1e3,
        nanos.getValueAtPercentile(50) / 1e3,
        nanos.getValueAtPercentile(99) / 1e3,
        nanos.getValueAtPercentile(99.9) / 1e3);
    return sum;
  }

  /// Three of four come from the trunk, one of ten for a number that has no route of its own.
  private static List<CallContext> calls(Random random) {
    return IntStream.range(0, CALLS)
        .mapToObj(n -> {
          boolean inbound = random.nextInt(4) > 0;
          CallerId dialled =
              inbound
                  ? PLAN.parse("021" + (91_000_000 + random.nextInt(ROUTES * 11 / 10)))
                  : new CallerId.Internal(extension(random.nextInt(EXTENSIONS)));
          Origin origin =
              inbound
                  ? new Origin.FromTrunk("demo")
                  : new Origin.FromPhone(extension(random.nextInt(EXTENSIONS)));
          return new CallContext(
              "bench-1." + n,
              "bench-1." + n,
              origin,
              new CallerId.Anonymous(),
              dialled,
              dialled.text(),
              OPEN);
        })
        .toList();
  }

  private static Company company() {
    List<Part> parts = new ArrayList<>();
    IntStream.range(0, EXTENSIONS).forEach(n -> parts.add(person(n)));
    parts.add(Trunk.of("demo", PLAN, List.of("127.0.0.2"), extension(0)));
    parts.add(Trunk.of("other", PLAN, List.of("127.0.0.3"), extension(0)));
    parts.add(new Prompt("closed", Optional.of("ss-noservice"), Map.of(), Map.of()));
    parts.add(office());
    IntStream.range(0, GROUPS).forEach(n -> parts.add(group(n)));
    IntStream.range(0, ROUTES).forEach(n -> parts.add(route(n)));
    return Company.of(1, parts);
  }

  private static ExtensionNumber extension(int n) {
    return new ExtensionNumber(Integer.toString(10_000 + n));
  }

  private static Extension person(int n) {
    String recorded = n % 2 == 0 ? "INBOUND, OUTBOUND, INTERNAL" : "";
    return Yamls.extension(
        "number: '%s', name: Person %d, record: [%s], doNotDisturb: %s"
            .formatted(extension(n).digits(), n, recorded, n % 10 == 0));
  }

  private static Schedule office() {
    return Schedule.of(
        "office",
        ZoneId.of("Asia/Tehran"),
        List.of(
            new Hours(EnumSet.allOf(DayOfWeek.class), LocalTime.of(22, 0), LocalTime.of(6, 0)),
            new Hours(EnumSet.of(DayOfWeek.SATURDAY), LocalTime.of(8, 0), LocalTime.of(17, 0))),
        IntStream.range(1, 20)
            .<CalendarDay>mapToObj(day -> new CalendarDay.OnDate(LocalDate.of(2027, 3, day)))
            .toList());
  }

  private static RingGroup group(int n) {
    List<ExtensionNumber> members =
        IntStream.range(0, 20).mapToObj(member -> extension(n * 20 + member)).toList();
    Strategy strategy = n % 2 == 0 ? Strategy.RING_ALL : Strategy.IN_ORDER;
    return RingGroup.of("group-" + n, strategy, members, Duration.ofSeconds(15));
  }

  private static InboundRoute route(int n) {
    boolean anyNumber = n < ANY_NUMBER;
    boolean scheduled = n % 2 == 0;
    return InboundRoute.of(
        "route-" + n,
        n,
        Optional.of(anyNumber ? "other" : "demo"),
        anyNumber ? List.of() : List.of("+9821" + (91_000_000 + n)),
        scheduled ? Optional.of("office") : Optional.empty(),
        Destination.parse(
            n % 3 == 0 ? "ring-group:group-" + n % GROUPS : "extension:" + extension(n)),
        scheduled ? Optional.of(Destination.parse("announcement:closed")) : Optional.empty(),
        Duration.ofSeconds(25),
        n % 5 == 0);
  }
}
