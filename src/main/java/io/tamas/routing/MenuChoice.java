package io.tamas.routing;

import io.tamas.company.Company.Menu;
import io.tamas.company.Destination;
import io.tamas.company.Destination.ToExtension;
import io.tamas.company.Destination.ToMenu;
import io.tamas.company.Sounds;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Decision.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a menu plays to a caller, and what the digits mean that were dialled there.
final class MenuChoice {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int TRIES = 3;

  private MenuChoice() {}

  /// @param before what is played before the greeting
  static Routed play(Menu menu, List<String> before, Routing routing) {
    if (routing.position().steps() >= Position.MAX_STEPS) {
      routing.considered("menu:" + menu.name(), "loop");
      return routing.refuse(Reason.LOOP);
    }
    routing.considered("menu:" + menu.name(), "matched");
    List<String> sounds = Stream.concat(before.stream(), sound(menu.greeting(), routing)).toList();
    String lengths = menu.dialExtensions() ? routing.company.longestExtensions() : "1111111111";
    return routing.decide(
        new Decision.Menu(sounds, menu.patience().orElse(TIMEOUT), lengths), false, true);
  }

  /// @param digits what was dialled; empty: nothing
  static Routed of(Optional<String> digits, Routing routing) {
    if (!(routing.position().at().orElseThrow() instanceof ToMenu(String name))) {
      throw new IllegalArgumentException("a choice is made in a menu");
    }
    Menu menu = routing.company.menu(name);
    if (digits.isEmpty()) {
      routing.considered("menu:" + name, "no-input");
      return retry(menu, menu.noInput(), menu.otherwise(), routing);
    }
    Optional<Destination> chosen = destination(menu, digits.get(), routing);
    if (chosen.isEmpty()) {
      routing.considered("menu:" + name, "wrong-input");
      return retry(menu, menu.wrongInput(), menu.wrong().orElse(menu.otherwise()), routing);
    }
    routing.considered("menu:" + name, "key-" + digits.get());
    routing.moveTo(routing.position().chosen());
    return dialledAhead(menu, digits.get(), chosen.get())
        .map(rest -> skip((ToMenu) chosen.get(), rest, routing))
        .orElseGet(() -> Destinations.reach(chosen.get(), routing));
  }

  /// Digits that were dialled ahead, for the next menu.
  private static Optional<String> dialledAhead(Menu menu, String digits, Destination chosen) {
    boolean ahead =
        chosen instanceof ToMenu && digits.length() > 1 && !menu.options().containsKey(digits);
    return ahead ? Optional.of(digits.substring(1)) : Optional.empty();
  }

  private static Routed skip(ToMenu next, String digits, Routing routing) {
    routing.moveTo(routing.position().with(next));
    return of(Optional.of(digits), routing);
  }

  private static Optional<Destination> destination(Menu menu, String digits, Routing routing) {
    // without extension dialling each digit is a key
    String key = menu.dialExtensions() ? digits : digits.substring(0, 1);
    Optional<Destination> option = Optional.ofNullable(menu.options().get(key));
    boolean mayBeExtension = menu.dialExtensions() && ExtensionNumber.isValid(digits);
    return option.or(() ->
        Optional.of(digits)
            .filter(_ -> mayBeExtension)
            .map(ExtensionNumber::new)
            .filter(number -> routing.company.extension(number).isPresent())
            .map(ToExtension::new)
            .filter(routing::mayCall));
  }

  private static Routed retry(
      Menu menu, Optional<String> prompt, Destination afterLastTry, Routing routing) {
    routing.moveTo(routing.position().triedAgain());
    int tries = menu.tries() == 0 ? TRIES : menu.tries();
    if (routing.position().tries() >= tries) {
      routing.considered("menu:" + menu.name(), "tries-used-up");
      return Destinations.reach(afterLastTry, routing);
    }
    return play(menu, prompt.stream().flatMap(name -> sound(name, routing)).toList(), routing);
  }

  private static Stream<String> sound(String prompt, Routing routing) {
    return Stream.of(Sounds.of(routing.company.prompt(prompt), routing.languages()));
  }
}
