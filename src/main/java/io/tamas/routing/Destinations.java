package io.tamas.routing;

import io.tamas.company.Company.RingGroup;
import io.tamas.company.Destination;
import io.tamas.company.Destination.ToAnnouncement;
import io.tamas.company.Destination.ToExtension;
import io.tamas.company.Destination.ToMenu;
import io.tamas.company.Destination.ToNumber;
import io.tamas.company.Destination.ToRingGroup;
import io.tamas.company.Destination.ToVoicemail;
import io.tamas.company.Extension;
import io.tamas.company.Extension.Forwards;
import io.tamas.company.Extension.Mailbox;
import io.tamas.company.Sounds;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Decision.Reason;
import io.tamas.routing.Decision.Stage;
import io.tamas.routing.Question.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a destination does with a call, and where the call goes from there when nobody answers.
final class Destinations {
  private static final Duration LONGEST_MESSAGE = Duration.ofMinutes(3);

  private Destinations() {}

  /// Leads the call on to a destination. One that it has been to already, without a choice of the
  /// caller in between, would send it round for ever.
  static Routed reach(Destination destination, Way way) {
    boolean circle = way.position().path().contains(destination);
    if (circle || way.position().path().size() == Position.LONGEST_PATH) {
      way.saw(destination.text(), "loop");
      return way.refuse(Reason.LOOP);
    }
    Optional<Destination> from = way.position().at();
    way.moves(way.position().with(destination));
    return switch (destination) {
      case ToExtension(ExtensionNumber number) -> extension(number, destination, way);
      case ToRingGroup(String name) -> ringGroup(way.company.ringGroup(name), destination, way);
      case ToMenu(String name) -> MenuChoice.hear(way.company.menu(name), List.of(), way);
      case ToAnnouncement(String name) -> announcement(name, destination, way);
      case ToVoicemail(ExtensionNumber number) -> voicemail(number, destination, way);
      case ToNumber(var number) -> outside(new CallerId.Number(number), from, way);
    };
  }

  /// What is next when nobody answered at the end of the path.
  static Routed after(Outcome outcome, Way way) {
    Optional<Destination> next =
        switch (way.position().at().orElseThrow()) {
          case ToExtension(ExtensionNumber number) ->
              way.company.extension(number).flatMap(extension -> forward(extension, outcome));
          case ToRingGroup(String name) -> way.company.ringGroup(name).overflow();
          case ToMenu _, ToAnnouncement _, ToVoicemail _, ToNumber _ -> Optional.empty();
        };
    way.saw(way.position().at().orElseThrow().text(), word(outcome));
    return next.map(destination -> reach(destination, way))
        .orElseGet(() -> way.decide(new Decision.End()));
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case BUSY -> "busy";
      case NO_ANSWER -> "no-answer";
      case UNREACHABLE -> "unreachable";
    };
  }

  private static Routed extension(ExtensionNumber number, Destination destination, Way way) {
    Optional<Extension> found = way.company.extension(number);
    if (found.isEmpty()) {
      way.saw(destination.text(), "missing");
      return way.refuse(Reason.UNALLOCATED);
    }
    Extension extension = found.get();
    Forwards forwards = extension.forwards().orElse(Forwards.NONE);
    if (forwards.always().isPresent()) {
      way.saw(destination.text(), "forward-always");
      return reach(forwards.always().get(), way);
    }
    if (extension.doNotDisturb()) {
      way.saw(destination.text(), "do-not-disturb");
      return forward(extension, Outcome.BUSY)
          .map(next -> reach(next, way))
          .orElseGet(() -> way.refuse(Reason.BUSY));
    }
    way.saw(destination.text(), "matched");
    return way.decide(
        new Decision.Ring(List.of(Stage.of(number, forwards.noAnswerAfter().orElse(way.ring())))),
        way.isRecordedAt(extension),
        List.of(Outcome.values()).stream().anyMatch(any -> forward(extension, any).isPresent()));
  }

  /// A mailbox takes what no forward takes.
  private static Optional<Destination> forward(Extension extension, Outcome outcome) {
    Forwards forwards = extension.forwards().orElse(Forwards.NONE);
    Optional<Destination> told =
        switch (outcome) {
          case BUSY -> forwards.busy();
          case NO_ANSWER -> forwards.noAnswer();
          case UNREACHABLE -> forwards.unreachable();
        };
    return told.or(() -> extension.mailbox().map(_ -> new ToVoicemail(extension.number())));
  }

  private static Routed ringGroup(RingGroup group, Destination destination, Way way) {
    List<Extension> free = RingOrder.free(group, way);
    if (free.isEmpty()) {
      way.saw(destination.text(), "nobody-free");
      return group
          .overflow()
          .map(next -> reach(next, way))
          .orElseGet(() -> way.refuse(Reason.BUSY));
    }
    way.saw(destination.text(), "matched");
    return way.decide(
        new Decision.Ring(RingOrder.stages(group, free, way.now)),
        free.stream().anyMatch(way::isRecordedAt),
        group.overflow().isPresent());
  }

  private static Routed announcement(String prompt, Destination destination, Way way) {
    way.saw(destination.text(), "matched");
    String sound = Sounds.of(way.company.prompt(prompt), way.languages());
    return way.decide(new Decision.Announce(List.of(sound)));
  }

  private static Routed voicemail(ExtensionNumber number, Destination destination, Way way) {
    Optional<Mailbox> mailbox = way.company.extension(number).flatMap(Extension::mailbox);
    if (mailbox.isEmpty()) {
      way.saw(destination.text(), "missing");
      return way.refuse(Reason.UNALLOCATED);
    }
    way.saw(destination.text(), "matched");
    String greeting =
        mailbox
            .get()
            .greeting()
            .map(prompt -> Sounds.of(way.company.prompt(prompt), way.languages()))
            .orElse("vm-intro");
    Duration longest = mailbox.get().longest().orElse(LONGEST_MESSAGE);
    return way.decide(new Decision.LeaveMessage(number, List.of(greeting), longest), false, false);
  }

  /// A number outside is called under the rules of the extension that forwards to it. Where a
  /// route, a menu or a group leads outside by itself there is nobody whose rules these could be:
  /// the administrator's word is enough.
  private static Routed outside(CallerId number, Optional<Destination> from, Way way) {
    return from.filter(ToExtension.class::isInstance)
        .flatMap(forwarding -> way.company.extension(((ToExtension) forwarding).number()))
        .map(payer -> Outgoing.call(number, payer, way))
        .orElseGet(() -> Outgoing.byCompany(number, way));
  }
}
