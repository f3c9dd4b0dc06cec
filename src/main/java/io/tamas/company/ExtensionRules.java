package io.tamas.company;

import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Extension.Forwards;
import io.tamas.company.Extension.Mailbox;
import io.tamas.text.EmailAddress;
import java.util.Collection;
import java.util.Optional;

/// The rules of extensions and pickup groups. Pure.
final class ExtensionRules {
  private static final int MAX_GROUPS = 50;
  private static final int MAX_PICKING_UP = 1_000;
  private static final int MAX_DEVICES = 10;

  private ExtensionRules() {}

  static void check(FieldRules fields, Extension extension) {
    fields.title("/name", extension.name());
    groups(fields, "/groups", extension.groups());
    groups(fields, "/mayCall", extension.mayCall());
    fields.known(PartKind.OUTGOING_PROFILE, "/outgoing", extension.outgoing());
    fields.e164("/callerId", extension.callerId());
    fields.range("/devices", extension.maxDevices(), 1, MAX_DEVICES);
    extension.forwards().ifPresent(forwards -> forwards(fields, extension, forwards));
    extension.mailbox().ifPresent(mailbox -> mailbox(fields, extension, mailbox));
    fields.language("/language", extension.language());
    fields.require(
        extension.email().stream().allMatch(EmailAddress::isValid),
        "/email",
        EmailAddress.RULE + extension.email().map(FieldRules::given).orElse(""));
    fields.e164("/mobile", extension.mobile());
    extension.site().ifPresent(site -> fields.slug("/site", site));
    SipOptions.check(fields, extension.sip());
  }

  static void check(FieldRules fields, PickupGroup group) {
    fields.title("/title", group.title());
    fields.members(group.members(), MAX_PICKING_UP);
  }

  private static void groups(FieldRules fields, String pointer, Collection<String> groups) {
    fields.atMost(pointer, groups, MAX_GROUPS);
    groups.forEach(group -> fields.known(PartKind.EXTENSION_GROUP, pointer, group));
  }

  private static void forwards(FieldRules fields, Extension of, Forwards forwards) {
    fields.destination("/forwards/always", forwards.always());
    conditional(fields, "/forwards/busy", of, forwards.busy());
    conditional(fields, "/forwards/noAnswer", of, forwards.noAnswer());
    conditional(fields, "/forwards/unreachable", of, forwards.unreachable());
    fields.ring("/forwards/noAnswerAfter", forwards.noAnswerAfter());
  }

  /// A loop of several extensions is not a fault, but ends the call that gets into it: each of them
  /// may have answered.
  private static void conditional(
      FieldRules fields, String pointer, Extension of, Optional<Destination> destination) {
    fields.destination(pointer, destination);
    fields.require(
        !destination.equals(Optional.of(new Destination.ToExtension(of.number()))),
        pointer,
        "must not be the extension itself");
  }

  private static void mailbox(FieldRules fields, Extension of, Mailbox mailbox) {
    fields.known(PartKind.PROMPT, "/mailbox/greeting", mailbox.greeting());
    fields.ring("/mailbox/longest", mailbox.longest());
    fields.require(
        !mailbox.byEmail() || of.email().isPresent(),
        "/mailbox/byEmail",
        "requires the email of the extension, such as leila@example.com");
    fields.require(
        !mailbox.bySms() || of.mobile().isPresent(),
        "/mailbox/bySms",
        "requires the mobile of the extension, such as +989121234567");
  }
}
