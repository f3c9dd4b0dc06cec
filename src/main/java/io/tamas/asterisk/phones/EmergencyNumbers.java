package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Worker;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps in Asterisk's own database what the dialplan needs to call emergency numbers while Tamas
/// is down (`dialplan/fallback.conf`):
///
/// - family `tamas-emergency`, by what is dialled, and behind a hyphen the site of the extension if
///   it has one: the trunks, `110@a@+982191001000@own&110@b@@`, continued in the family
///   `tamas-emergency-more` under the same key;
/// - family `tamas-caller`, by extension: its own number and its site, `+982191001001@tehran`.
///
/// After each start of Asterisk or Tamas all of it is rewritten, and what changes after each change
/// of the company. For a moment at a start there is nothing in the database; Tamas itself routes
/// such calls meanwhile.
public final class EmergencyNumbers implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmergencyNumbers.class);
  private static final String NUMBERS = "tamas-emergency";
  private static final String MORE = "tamas-emergency-more";
  private static final String CALLERS = "tamas-caller";

  /// More does not fit into a line of AMI. Twice as much holds all trunks of a number, whatever
  /// their names.
  private static final int LONGEST = 900;

  private final Ami ami;
  private final DesiredState<Stored> numbers;
  private final Map<Place, String> written = new HashMap<>();
  private volatile boolean isKnown;
  private volatile Refusals refusals = Refusals.IGNORED;

  /// @param numbers by what is dialled; each with its trunks in the order in which they are tried
  /// @param callers the extensions that have a number of their own, or a site
  public record Stored(Map<Dialled, List<Route>> numbers, Map<ExtensionNumber, Caller> callers) {
    public Stored {
      numbers = Map.copyOf(numbers);
      callers = Map.copyOf(callers);
    }
  }

  /// @param site of the extension that dials
  public record Dialled(String digits, Optional<String> site) {}

  /// @param number as it is sent
  /// @param shown the caller ID of the trunk
  /// @param own whether an extension's own caller ID is shown instead
  public record Route(String number, String trunk, Optional<String> shown, boolean own) {
    private String text() {
      return String.join("@", number, trunk, shown.orElse(""), own ? "own" : "");
    }
  }

  /// @param shown its own caller ID
  public record Caller(Optional<String> shown, Optional<String> site) {}

  /// In Asterisk's database.
  private record Place(String family, String key) {}

  /// @param retry the time between two attempts
  public EmergencyNumbers(Ami ami, Duration retry) {
    this.ami = ami;
    this.numbers = new DesiredState<>("emergency-numbers", retry, this::write);
  }

  public void start() {
    numbers.worker().start();
  }

  public Worker worker() {
    return numbers.worker();
  }

  public void reportTo(Refusals receiver) {
    refusals = receiver;
  }

  public void update(Stored now) {
    numbers.update(now);
  }

  @Override
  public void online(AriPeer peer) {
    isKnown = false;
    numbers.online(peer);
  }

  @Override
  public void close() {
    numbers.close();
  }

  private boolean write(Stored now) {
    try {
      if (!isKnown) {
        isKnown = true;
        written.clear();
        // refused if there are none
        ami.send(AmiAction.databaseDeleteAll(NUMBERS));
        ami.send(AmiAction.databaseDeleteAll(MORE));
        ami.send(AmiAction.databaseDeleteAll(CALLERS));
      }
      Map<Place, String> desired = places(now);
      for (Place gone :
          written.keySet().stream().filter(one -> !desired.containsKey(one)).toList()) {
        ami.send(AmiAction.databaseDelete(gone.family(), gone.key()));
        written.remove(gone);
      }
      // the numbers first: without them nobody could call for help, should Tamas die meanwhile
      desired.entrySet().stream()
          .sorted(Comparator.comparing(one -> one.getKey().family().equals(CALLERS)))
          .forEach(one -> write(one.getKey(), one.getValue()));
      return true;
    } catch (AmiFault e) {
      isKnown = false;
      log.atDebug().addKeyValue("reason", e.getMessage()).log("emergency numbers: update deferred");
      return false;
    }
  }

  /// One that cannot be written does not stop the others.
  private void write(Place place, String value) {
    if (value.equals(written.get(place))) {
      return;
    }
    String kind = place.family().equals(CALLERS) ? "extension:" : "emergency-number:";
    String part = kind + place.key();
    try {
      switch (ami.send(AmiAction.databasePut(place.family(), place.key(), value))) {
        case AmiAnswer.Done _ -> {
          written.put(place, value);
          refusals.settled(part);
        }
        case AmiAnswer.Refused(String reason) -> refusals.refused(part, reason);
      }
    } catch (IllegalArgumentException e) {
      refusals.refused(part, String.valueOf(e.getMessage()));
    }
  }

  private static Map<Place, String> places(Stored now) {
    Map<Place, String> places = new HashMap<>();
    now.numbers().forEach((dialled, routes) -> places.putAll(trunks(key(dialled), routes)));
    now.callers()
        .forEach((number, caller) ->
            places.put(
                new Place(CALLERS, number.digits()),
                caller.shown().orElse("") + "@" + caller.site().orElse("")));
    return places;
  }

  private static String key(Dialled dialled) {
    return dialled.digits() + dialled.site().map(site -> "-" + site).orElse("");
  }

  private static Map<Place, String> trunks(String key, List<Route> routes) {
    String all = routes.stream().map(Route::text).collect(Collectors.joining("&"));
    if (all.length() <= LONGEST) {
      return Map.of(new Place(NUMBERS, key), all);
    }
    return Map.of(
        new Place(NUMBERS, key), all.substring(0, LONGEST),
        new Place(MORE, key), all.substring(LONGEST));
  }
}
