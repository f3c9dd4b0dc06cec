package io.tamas.company;

import io.tamas.company.Company.ResponsibleBy;
import io.tamas.company.Company.ResponsibleFirst;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberPattern;
import io.tamas.number.PhoneNumber;
import io.tamas.number.SipValue;
import io.tamas.text.Printable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules of fields that parts of several kinds have. Pure.
///
/// @param names of the parts that can be referred to
record FieldRules(Faults.OfPart faults, CompanyNames names) {
  private static final int MAX_PATTERNS = 200;
  private static final int MAX_TRUNKS = 10;
  private static final Duration LONGEST_RING = Duration.ofMinutes(10);

  /// How long ago a last talk may be; more is not looked up.
  static final Duration LONGEST_AGO = Duration.ofDays(365);

  /// Neither control characters, line separators nor halves of characters, of any script.
  private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*");

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  void require(boolean holds, String pointer, String rule) {
    faults.require(holds, pointer, rule);
  }

  /// What Asterisk holds.
  void holds(SipValue value, String pointer, String text) {
    require(value.accepts(text), pointer, "must be " + value.rule() + given(text));
  }

  void slug(String pointer, String name) {
    holds(SipValue.NAME, pointer, name);
  }

  void title(String pointer, String title) {
    text(pointer, title, 80);
  }

  void text(String pointer, String text, int most) {
    require(
        isPrintable(text) && !text.isBlank() && text.codePointCount(0, text.length()) <= most,
        pointer,
        "must be 1 to " + most + " characters without control characters or line separators");
    require(text.isBlank() || Printable.isSeen(text), pointer, "must have a visible character");
  }

  void atMost(String pointer, Collection<?> items, int most) {
    require(items.size() <= most, pointer, "must be at most " + most + ", not " + items.size());
  }

  void range(String pointer, int number, int least, int most) {
    require(
        number >= least && number <= most,
        pointer,
        "must be " + least + " to " + most + ", not " + number);
  }

  void once(String pointer, Collection<?> items) {
    Set<Object> seen = new HashSet<>();
    int index = 0;
    for (Object item : items) {
      require(seen.add(item), pointer + "/" + index++, "is a duplicate");
    }
  }

  void known(PartKind kind, String pointer, String name) {
    faults.requireKnown(names.of(kind), name, pointer, kind);
  }

  void known(PartKind kind, String pointer, Optional<String> name) {
    name.ifPresent(given -> known(kind, pointer, given));
  }

  void extension(String pointer, ExtensionNumber number) {
    known(PartKind.EXTENSION, pointer, number.digits());
  }

  /// Extensions that belong together.
  void members(List<ExtensionNumber> members, int most) {
    require(!members.isEmpty(), "/members", "must name an extension, such as \"101\"");
    atMost("/members", members, most);
    once("/members", members);
    for (int i = 0; i < members.size(); i++) {
      extension("/members/" + i, members.get(i));
    }
  }

  /// Trunks on which outbound calls are tried, one after the other.
  void trunksOut(String pointer, List<String> trunks) {
    atMost(pointer, trunks, MAX_TRUNKS);
    once(pointer, trunks);
    for (int i = 0; i < trunks.size(); i++) {
      faults.requireKnown(
          names.of(PartKind.TRUNK),
          names.callingOut(),
          trunks.get(i),
          pointer + "/" + i,
          PartKind.TRUNK);
      faults.requireAble(
          names.of(PartKind.TRUNK).contains(trunks.get(i)),
          names.callingOut().contains(trunks.get(i)),
          pointer + "/" + i,
          "must be a trunk with a server or a registration: this one is inbound only");
    }
  }

  void destination(String pointer, Destination destination) {
    switch (destination) {
      case Destination.ToExtension(ExtensionNumber number) -> extension(pointer, number);
      case Destination.ToRingGroup(String name) -> known(PartKind.RING_GROUP, pointer, name);
      case Destination.ToAnnouncement(String name) -> known(PartKind.PROMPT, pointer, name);
      case Destination.ToMenu(String name) -> known(PartKind.MENU, pointer, name);
      case Destination.ToVoicemail(ExtensionNumber number) -> mailbox(pointer, number);
      case Destination.ToNumber _ -> {}
    }
  }

  void destination(String pointer, Optional<Destination> destination) {
    destination.ifPresent(given -> destination(pointer, given));
  }

  private void mailbox(String pointer, ExtensionNumber number) {
    extension(pointer, number);
    faults.requireAble(
        names.of(PartKind.EXTENSION).contains(number.digits()),
        names.mailboxes().contains(number.digits()),
        pointer,
        "must be the voicemail of an extension that has a mailbox"
            + ValueForms.near(number.digits(), names.mailboxes()));
  }

  void ring(String pointer, Duration ring) {
    seconds(pointer, ring, LONGEST_RING, "1 s to 10 min in whole seconds, such as PT25S");
  }

  void ring(String pointer, Optional<Duration> ring) {
    ring.ifPresent(given -> ring(pointer, given));
  }

  void seconds(String pointer, Duration duration, Duration longest, String rule) {
    require(
        duration.isPositive() && duration.compareTo(longest) <= 0 && duration.getNano() == 0,
        pointer,
        "must be " + rule + given(duration.toString()));
  }

  /// Who rings first.
  void responsible(Optional<ResponsibleFirst> option) {
    option.ifPresent(first -> {
      require(!first.by().isEmpty(), "/responsibleFirst/by", "must name a way, such as \"OWNER\"");
      once("/responsibleFirst/by", first.by());
      ring("/responsibleFirst/ring", first.ring());
      require(
          first.within().isEmpty() || first.by().contains(ResponsibleBy.LAST_TALK),
          "/responsibleFirst/within",
          "requires LAST_TALK in by");
      first
          .within()
          .ifPresent(within ->
              seconds(
                  "/responsibleFirst/within",
                  within,
                  LONGEST_AGO,
                  "1 s to 365 days in whole seconds, such as P30D"));
    });
  }

  void language(String pointer, String language) {
    holds(SipValue.LANGUAGE, pointer, language);
  }

  void language(String pointer, Optional<String> language) {
    language.ifPresent(given -> language(pointer, given));
  }

  void e164(String pointer, Optional<String> number) {
    require(
        number.stream().allMatch(PhoneNumber::isValid),
        pointer,
        "must be an E.164 number, + and 7 to 15 digits, such as +982191001000"
            + number.map(FieldRules::given).orElse(""));
  }

  void country(String pointer, String country) {
    require(
        COUNTRIES.contains(country),
        pointer,
        "must be a country of ISO 3166, such as IR" + given(country));
  }

  void patterns(String pointer, List<String> patterns) {
    atMost(pointer, patterns, MAX_PATTERNS);
    once(pointer, patterns);
    for (int i = 0; i < patterns.size(); i++) {
      require(
          NumberPattern.isValid(patterns.get(i)),
          pointer + "/" + i,
          "must be digits, with + before, X for any digit, and * for any further digits, such as"
              + " +98912*"
              + given(patterns.get(i)));
    }
  }

  /// Ends a rule with the text that breaks it.
  static String given(String text) {
    return ", not " + ValueForms.quoted(text);
  }

  static boolean matches(Pattern pattern, String text) {
    return pattern.matcher(text).matches();
  }

  static boolean isPrintable(String text) {
    return matches(PRINTABLE, text);
  }
}
