package io.tamas.company;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.ExtensionGroup;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Menu;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Company.Prompt;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Settings;
import io.tamas.company.Company.Trunk;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of parts that a company is made of.
public enum PartKind {
  SETTINGS("settings", "settings", Settings.class, 1),
  EXTENSION_GROUP("extension-group", "extension-groups", ExtensionGroup.class, 500),
  EXTENSION("extension", "extensions", Extension.class, 10_000),
  PICKUP_GROUP("pickup-group", "pickup-groups", PickupGroup.class, 60),
  TRUNK("trunk", "trunks", Trunk.class, 1_000),
  OUTGOING_PROFILE("outgoing-profile", "outgoing-profiles", OutgoingProfile.class, 200),
  EMERGENCY_NUMBER("emergency-number", "emergency-numbers", EmergencyNumber.class, 100),
  SCHEDULE("schedule", "schedules", Schedule.class, 200),
  PROMPT("prompt", "prompts", Prompt.class, 1_000),
  MENU("menu", "menus", Menu.class, 200),
  RING_GROUP("ring-group", "ring-groups", RingGroup.class, 1_000),
  INBOUND_ROUTE("inbound-route", "inbound-routes", InboundRoute.class, 5_000);

  private final String singular;
  private final String plural;
  private final Class<? extends Part> type;
  private final int max;

  PartKind(String singular, String plural, Class<? extends Part> type, int max) {
    this.singular = singular;
    this.plural = plural;
    this.type = type;
    this.max = max;
  }

  /// The name in storage and events: `ring-group`.
  public String singular() {
    return singular;
  }

  /// Whether a company has one of this kind, which has no key of its own.
  boolean isSingle() {
    return this == SETTINGS;
  }

  /// The name of its key.
  String keyName() {
    return this == EXTENSION ? "number" : "name";
  }

  /// The name in the company's YAML file and in URLs: `ring-groups`.
  public String plural() {
    return plural;
  }

  public Class<? extends Part> type() {
    return type;
  }

  /// How many parts of this kind a company may have.
  public int max() {
    return max;
  }

  static Optional<PartKind> ofSingular(String text) {
    return Stream.of(values()).filter(kind -> kind.singular.equals(text)).findFirst();
  }

  static Optional<PartKind> ofPlural(String text) {
    return Stream.of(values()).filter(kind -> kind.plural.equals(text)).findFirst();
  }
}
