package io.tamas.company;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.Extension;
import io.tamas.company.Company.ExtensionGroup;
import io.tamas.company.Company.Hours;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Menu;
import io.tamas.company.Company.Named;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Company.Prompt;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Strategy;
import io.tamas.company.Company.Trunk;
import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules of each kind of part. Pure.
final class PartRules {
  /// One dial string has to fit into one command of FastAGI (2,047 bytes).
  private static final int MOST_RINGING_TOGETHER = 100;

  /// As many as the dialplan has stages.
  private static final int MOST_IN_ORDER = 20;

  private static final int MOST_NUMBERS = 200;
  private static final int MOST_HOURS = 50;
  private static final int MOST_HOLIDAYS = 500;
  private static final int MOST_GROUPS = 50;
  private static final int MOST_POSITION = 1_000_000;
  private static final Duration LONGEST_RING = Duration.ofMinutes(10);

  private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern TITLE = Pattern.compile("[^\\p{Cntrl}]{1,80}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,189}");
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern DIALLED = Pattern.compile("\\+[1-9][0-9]{6,14}|[0-9]{2,15}");
  private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private PartRules() {}

  static void check(Faults.OfPart faults, Part part, CompanyNames names) {
    if (part instanceof Named named) {
      faults.require(
          matches(SLUG, named.name()),
          "/name",
          "must be 1 to 40 of a-z, 0-9 and -, with a letter first");
    }
    switch (part) {
      case ExtensionGroup group -> title(faults, "/title", group.title());
      case Extension extension -> extension(faults, extension, names);
      case Trunk trunk -> trunk(faults, trunk, names);
      case Schedule schedule -> schedule(faults, schedule);
      case PickupGroup group -> title(faults, "/title", group.title());
      case OutgoingProfile profile -> title(faults, "/title", profile.title());
      case EmergencyNumber _ -> {}
      case Menu _ -> {}
      case Prompt prompt ->
          faults.require(
              prompt.sound().stream()
                  .allMatch(sound -> sound.length() <= 80 && matches(SOUND, sound)),
              "/sound",
              "must be the name of a sound: up to 80 letters, digits, _, - and / between them");
      case RingGroup group -> ringGroup(faults, group, names);
      case InboundRoute route -> inboundRoute(faults, route, names);
    }
  }

  private static void extension(Faults.OfPart faults, Extension extension, CompanyNames names) {
    title(faults, "/name", extension.name());
    atMost(faults, "/groups", extension.groups(), MOST_GROUPS);
    for (String group : extension.groups()) {
      faults.requireKnown(
          names.of(PartKind.EXTENSION_GROUP), group, "/groups", PartKind.EXTENSION_GROUP);
    }
    faults.require(
        extension.language().stream().allMatch(text -> matches(LANGUAGE, text)),
        "/language",
        "must be two or three letters of ISO 639, such as fa");
    faults.require(
        extension.email().stream().allMatch(text -> matches(EMAIL, text)),
        "/email",
        "must be an e-mail address of at most 254 characters");
    faults.require(
        extension.mobile().stream().allMatch(text -> matches(E164, text)),
        "/mobile",
        "must be an E.164 number: + and 7 to 15 digits");
  }

  private static void trunk(Faults.OfPart faults, Trunk trunk, CompanyNames names) {
    faults.require(
        COUNTRIES.contains(trunk.plan().country()),
        "/plan/country",
        "must be a country of ISO 3166, such as IR");
    AddressRules.check(faults, trunk.addresses());
    extensionExists(faults, "/fallback", trunk.fallback(), names);
  }

  private static void schedule(Faults.OfPart faults, Schedule schedule) {
    atMost(faults, "/hours", schedule.hours(), MOST_HOURS);
    atMost(faults, "/holidays", schedule.holidays(), MOST_HOLIDAYS);
    for (int i = 0; i < schedule.hours().size(); i++) {
      Hours hours = schedule.hours().get(i);
      faults.require(!hours.days().isEmpty(), "/hours/" + i + "/days", "must name a day");
      faults.require(
          !hours.from().equals(hours.to()) || hours.to().equals(LocalTime.MIDNIGHT),
          "/hours/" + i + "/to",
          "must differ from its beginning; the whole day is 00:00 to 00:00");
    }
  }

  private static void ringGroup(Faults.OfPart faults, RingGroup group, CompanyNames names) {
    List<ExtensionNumber> members = group.members();
    faults.require(!members.isEmpty(), "/members", "must name an extension");
    atMost(
        faults,
        "/members",
        members,
        group.strategy() == Strategy.RING_ALL ? MOST_RINGING_TOGETHER : MOST_IN_ORDER);
    Set<ExtensionNumber> seen = new HashSet<>();
    for (int i = 0; i < members.size(); i++) {
      extensionExists(faults, "/members/" + i, members.get(i), names);
      faults.require(seen.add(members.get(i)), "/members/" + i, "is there twice");
    }
    ring(faults, group.ring());
  }

  private static void inboundRoute(Faults.OfPart faults, InboundRoute route, CompanyNames names) {
    faults.require(
        route.position() >= 0 && route.position() <= MOST_POSITION,
        "/position",
        "must be 0 to " + MOST_POSITION);
    route
        .trunk()
        .ifPresent(trunk ->
            faults.requireKnown(names.of(PartKind.TRUNK), trunk, "/trunk", PartKind.TRUNK));
    numbers(faults, route.numbers());
    route
        .schedule()
        .ifPresent(schedule ->
            faults.requireKnown(
                names.of(PartKind.SCHEDULE), schedule, "/schedule", PartKind.SCHEDULE));
    faults.require(
        route.schedule().isEmpty() || route.closed().isPresent(),
        "/closed",
        "is required beside a schedule: where calls go outside of it");
    faults.require(
        route.schedule().isPresent() || route.closed().isEmpty(),
        "/closed",
        "has no meaning without a schedule");
    destination(faults, "/to", route.to(), names);
    route.closed().ifPresent(closed -> destination(faults, "/closed", closed, names));
    ring(faults, route.ring());
  }

  private static void numbers(Faults.OfPart faults, List<String> numbers) {
    atMost(faults, "/numbers", numbers, MOST_NUMBERS);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < numbers.size(); i++) {
      faults.require(
          matches(DIALLED, numbers.get(i)),
          "/numbers/" + i,
          "must be an E.164 number, + and 7 to 15 digits, or a short code of 2 to 15 digits");
      faults.require(seen.add(numbers.get(i)), "/numbers/" + i, "is there twice");
    }
  }

  private static void destination(
      Faults.OfPart faults, String pointer, Destination destination, CompanyNames names) {
    switch (destination) {
      case Destination.ToExtension(ExtensionNumber number) ->
          extensionExists(faults, pointer, number, names);
      case Destination.ToRingGroup(String name) ->
          faults.requireKnown(names.of(PartKind.RING_GROUP), name, pointer, PartKind.RING_GROUP);
      case Destination.ToAnnouncement(String name) ->
          faults.requireKnown(names.of(PartKind.PROMPT), name, pointer, PartKind.PROMPT);
      case Destination.ToMenu(String name) ->
          faults.requireKnown(names.of(PartKind.MENU), name, pointer, PartKind.MENU);
      case Destination.ToVoicemail(ExtensionNumber number) ->
          extensionExists(faults, pointer, number, names);
      case Destination.ToNumber _ -> {}
    }
  }

  private static void extensionExists(
      Faults.OfPart faults, String pointer, ExtensionNumber number, CompanyNames names) {
    faults.requireKnown(names.of(PartKind.EXTENSION), number.digits(), pointer, PartKind.EXTENSION);
  }

  private static void ring(Faults.OfPart faults, Duration ring) {
    faults.require(
        !ring.isNegative()
            && !ring.isZero()
            && ring.compareTo(LONGEST_RING) <= 0
            && ring.getNano() == 0,
        "/ring",
        "must be 1 s to 10 min in whole seconds, such as PT25S");
  }

  private static void title(Faults.OfPart faults, String pointer, String title) {
    faults.require(
        matches(TITLE, title) && !title.isBlank(),
        pointer,
        "must be 1 to 80 characters without control characters");
  }

  private static void atMost(Faults.OfPart faults, String pointer, Collection<?> items, int most) {
    faults.require(items.size() <= most, pointer, "must be at most " + most);
  }

  private static boolean matches(Pattern pattern, String text) {
    return pattern.matcher(text).matches();
  }
}
