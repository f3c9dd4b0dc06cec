package io.tamas.company;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.ExtensionGroup;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.MadeProfiles;
import io.tamas.company.Company.Menu;
import io.tamas.company.Company.Named;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Company.Prompt;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Settings;
import io.tamas.company.Company.Trunk;
import io.tamas.company.CompanyStored.Key;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The rules of each part by itself, and of the names in it. Pure.
final class PartRules {
  private static final Duration LONGEST_CALL_BACK = Duration.ofDays(31);

  /// As the phone book has it.
  private static final int LONGEST_CATEGORY = 60;

  private PartRules() {}

  /// Those of a part that is to belong to the company, in place of the one with its key.
  static List<CompanyFault> faults(Part part, Company company) {
    Stream<? extends Part> others =
        company.parts().filter(old -> !Key.of(old).equals(Key.of(part)));
    Company with = Company.of(0, Stream.concat(others, Stream.of(part)).toList());
    Faults faults = new Faults();
    check(faults.of(part), part, CompanyNames.of(with));
    return faults.all();
  }

  static void check(Faults.OfPart faults, Part part, CompanyNames names) {
    FieldRules fields = new FieldRules(faults, names);
    if (part instanceof Named named) {
      fields.slug("/name", named.name());
    }
    switch (part) {
      case Settings settings -> settings(fields, settings);
      case ExtensionGroup group -> fields.title("/title", group.title());
      case Extension extension -> ExtensionRules.check(fields, extension);
      case PickupGroup group -> ExtensionRules.check(fields, group);
      case Trunk trunk -> TrunkRules.check(fields, trunk);
      case OutgoingProfile profile -> OutgoingRules.check(fields, profile);
      case EmergencyNumber emergency -> OutgoingRules.check(fields, emergency);
      case Schedule schedule -> InboundRules.check(fields, schedule);
      case Prompt prompt -> VoiceRules.check(fields, prompt);
      case Menu menu -> VoiceRules.check(fields, menu);
      case RingGroup group -> RingGroupRules.check(fields, group);
      case InboundRoute route -> InboundRules.check(fields, route);
    }
  }

  private static void settings(FieldRules fields, Settings settings) {
    settings
        .callBackWithin()
        .ifPresent(within ->
            fields.seconds(
                "/callBackWithin",
                within,
                LONGEST_CALL_BACK,
                "1 s to 31 days in whole seconds, such as PT24H"));
    settings
        .unknownCallers()
        .flatMap(MadeProfiles::category)
        .ifPresent(category -> fields.text("/unknownCallers/category", category, LONGEST_CATEGORY));
  }
}
