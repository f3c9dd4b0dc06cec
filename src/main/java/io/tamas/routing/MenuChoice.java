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

/// What a caller hears in a menu, and what the digits mean that were dialled there.
final class MenuChoice {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TRIES = 3;

  private MenuChoice() {}

  /// @param before what is said before the greeting
  static Routed hear(Menu menu, List<String> before, Way way) {
    if (way.position().steps() >= Position.MOST_STEPS) {
      way.saw("menu:" + menu.name(), "loop");
      return way.refuse(Reason.LOOP);
    }
    way.saw("menu:" + menu.name(), "matched");
    List<String> sounds = Stream.concat(before.stream(), sound(menu.greeting(), way)).toList();
    String lengths = menu.dialExtensions() ? way.company.longestExtensions() : "1111111111";
    return way.decide(
        new Decision.Menu(sounds, menu.patience().orElse(PATIENCE), lengths), false, true);
  }

  /// @param digits what was dialled; empty: nothing
  static Routed of(Optional<String> digits, Way way) {
    if (!(way.position().at().orElseThrow() instanceof ToMenu(String name))) {
      throw new IllegalArgumentException("a choice is made in a menu");
    }
    Menu menu = way.company.menu(name);
    if (digits.isEmpty()) {
      way.saw("menu:" + name, "no-input");
      return again(menu, menu.noInput(), menu.otherwise(), way);
    }
    Optional<Destination> chosen = meant(menu, digits.get(), way);
    if (chosen.isEmpty()) {
      way.saw("menu:" + name, "wrong-input");
      return again(menu, menu.wrongInput(), menu.wrong().orElse(menu.otherwise()), way);
    }
    way.saw("menu:" + name, "key-" + digits.get());
    way.moves(way.position().chosen());
    return dialledAhead(menu, digits.get(), chosen.get())
        .map(rest -> skip((ToMenu) chosen.get(), rest, way))
        .orElseGet(() -> Destinations.reach(chosen.get(), way));
  }

  /// What was dialled into the next menu before it was heard.
  private static Optional<String> dialledAhead(Menu menu, String digits, Destination chosen) {
    boolean ahead =
        chosen instanceof ToMenu && digits.length() > 1 && !menu.options().containsKey(digits);
    return ahead ? Optional.of(digits.substring(1)) : Optional.empty();
  }

  private static Routed skip(ToMenu next, String digits, Way way) {
    way.moves(way.position().with(next));
    return of(Optional.of(digits), way);
  }

  private static Optional<Destination> meant(Menu menu, String digits, Way way) {
    // where no extension is dialled, each digit is a key
    String key = menu.dialExtensions() ? digits : digits.substring(0, 1);
    Optional<Destination> option = Optional.ofNullable(menu.options().get(key));
    boolean mayBeExtension = menu.dialExtensions() && ExtensionNumber.isValid(digits);
    return option.or(() ->
        Optional.of(digits)
            .filter(_ -> mayBeExtension)
            .map(ExtensionNumber::new)
            .filter(number -> way.company.extension(number).isPresent())
            .map(ToExtension::new));
  }

  private static Routed again(Menu menu, Optional<String> prompt, Destination inTheEnd, Way way) {
    way.moves(way.position().triedAgain());
    int tries = menu.tries() == 0 ? TRIES : menu.tries();
    if (way.position().tries() >= tries) {
      way.saw("menu:" + menu.name(), "tries-used-up");
      return Destinations.reach(inTheEnd, way);
    }
    return hear(menu, prompt.stream().flatMap(name -> sound(name, way)).toList(), way);
  }

  private static Stream<String> sound(String prompt, Way way) {
    return Stream.of(Sounds.of(way.company.prompt(prompt), way.languages()));
  }
}
