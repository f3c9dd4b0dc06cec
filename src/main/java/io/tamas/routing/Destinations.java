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

/// What a destination does with a call, and the next destination when nobody answers.
final class Destinations {
  private static final Duration LONGEST_MESSAGE = Duration.ofMinutes(3);

  private Destinations() {}

  /// Routes the call to a destination. One that it has reached before, without a choice by the
  /// caller in between, is a routing loop.
  static Routed reach(Destination destination, Routing routing) {
    boolean loop = routing.position().path().contains(destination);
    if (loop || routing.position().path().size() == Position.MAX_PATH) {
      routing.considered(destination.text(), "loop");
      return routing.refuse(Reason.LOOP);
    }
    Optional<Destination> from = routing.position().at();
    boolean allowed =
        forwarding(from, routing).map(one -> routing.mayCall(one, destination)).orElse(true);
    if (!allowed) {
      return routing.refuse(Reason.FORBIDDEN);
    }
    routing.moveTo(routing.position().with(destination));
    if (!routing.company.has(destination)) {
      return missing(destination, routing);
    }
    return switch (destination) {
      case ToExtension(ExtensionNumber number) -> extension(number, destination, routing);
      case ToRingGroup(String name) -> {
        RingGroup group = routing.company.ringGroup(name);
        yield ResponsibleOperator.ring(group.responsibleFirst(), routing)
            .orElseGet(() -> ringGroup(group, destination, routing));
      }
      case ToMenu(String name) -> MenuChoice.play(routing.company.menu(name), List.of(), routing);
      case ToAnnouncement(String name) -> announcement(name, destination, routing);
      case ToVoicemail(ExtensionNumber number) -> voicemail(number, destination, routing);
      case ToNumber(var number) -> external(new CallerId.Number(number), from, routing);
    };
  }

  /// It was deleted or renamed while the call was on its way there, or in it.
  static Routed missing(Destination destination, Routing routing) {
    routing.considered(destination.text(), "missing");
    return routing.refuse(Reason.UNALLOCATED);
  }

  /// The ring group at the end of the path, before which the responsible operator was rung.
  static Routed afterResponsible(Destination at, Routing routing) {
    return at instanceof ToRingGroup(String name)
        ? ringGroup(routing.company.ringGroup(name), at, routing)
        : missing(at, routing);
  }

  /// The next destination when nobody answered at the end of the path.
  static Routed after(Outcome outcome, Routing routing) {
    Optional<Destination> next =
        switch (routing.position().at().orElseThrow()) {
          case ToExtension(ExtensionNumber number) ->
              routing.company.extension(number).flatMap(extension -> forward(extension, outcome));
          case ToRingGroup(String name) -> routing.company.ringGroup(name).overflow();
          case ToMenu _, ToAnnouncement _, ToVoicemail _, ToNumber _ -> Optional.empty();
        };
    routing.considered(routing.position().at().orElseThrow().text(), word(outcome));
    return next.map(destination -> reach(destination, routing))
        .orElseGet(() -> routing.decide(new Decision.End()));
  }

  static String word(Outcome outcome) {
    return switch (outcome) {
      case BUSY -> "busy";
      case NO_ANSWER -> "no-answer";
      case UNREACHABLE -> "unreachable";
    };
  }

  private static Routed extension(
      ExtensionNumber number, Destination destination, Routing routing) {
    Optional<Extension> found = routing.company.extension(number);
    if (found.isEmpty()) {
      routing.considered(destination.text(), "missing");
      return routing.refuse(Reason.UNALLOCATED);
    }
    Extension extension = found.get();
    Forwards forwards = extension.forwards().orElse(Forwards.NONE);
    if (forwards.always().isPresent()) {
      routing.considered(destination.text(), "forward-always");
      return reach(forwards.always().get(), routing);
    }
    if (extension.doNotDisturb()) {
      routing.considered(destination.text(), "do-not-disturb");
      return forward(extension, Outcome.BUSY)
          .map(next -> reach(next, routing))
          .orElseGet(() -> routing.refuse(Reason.BUSY));
    }
    boolean isFree = routing.now.take(routing.call, number);
    if (!extension.hasCallWaiting() && !isFree) {
      routing.considered(destination.text(), "busy-without-call-waiting");
      return forward(extension, Outcome.BUSY)
          .map(next -> reach(next, routing))
          .orElseGet(() -> routing.refuse(Reason.BUSY));
    }
    routing.considered(destination.text(), "matched");
    return routing.decide(
        new Decision.Ring(
            List.of(Stage.of(number, forwards.noAnswerAfter().orElse(routing.ring())))),
        routing.isRecordedAt(extension),
        List.of(Outcome.values()).stream().anyMatch(any -> forward(extension, any).isPresent()));
  }

  /// Without a forward for this outcome, the mailbox.
  private static Optional<Destination> forward(Extension extension, Outcome outcome) {
    Forwards forwards = extension.forwards().orElse(Forwards.NONE);
    Optional<Destination> forward =
        switch (outcome) {
          case BUSY -> forwards.busy();
          case NO_ANSWER -> forwards.noAnswer();
          case UNREACHABLE -> forwards.unreachable();
        };
    return forward.or(() -> extension.mailbox().map(_ -> new ToVoicemail(extension.number())));
  }

  private static Routed ringGroup(RingGroup group, Destination destination, Routing routing) {
    List<RingOrder.Ringing> free = RingOrder.free(group, routing);
    List<Stage> stages = free.isEmpty() ? List.of() : RingOrder.stages(group, free, routing);
    if (stages.isEmpty()) {
      routing.considered(destination.text(), "nobody-free");
      return group
          .overflow()
          .map(next -> reach(next, routing))
          .orElseGet(() -> routing.refuse(Reason.BUSY));
    }
    routing.considered(destination.text(), "matched");
    return routing.decide(
        new Decision.Ring(stages),
        free.stream().map(RingOrder.Ringing::at).anyMatch(routing::isRecordedAt),
        group.overflow().isPresent());
  }

  private static Routed announcement(String prompt, Destination destination, Routing routing) {
    routing.considered(destination.text(), "matched");
    String sound = Sounds.of(routing.company.prompt(prompt), routing.languages());
    return routing.decide(new Decision.Announce(List.of(sound)));
  }

  private static Routed voicemail(
      ExtensionNumber number, Destination destination, Routing routing) {
    Optional<Mailbox> mailbox = routing.company.extension(number).flatMap(Extension::mailbox);
    if (mailbox.isEmpty()) {
      routing.considered(destination.text(), "missing");
      return routing.refuse(Reason.UNALLOCATED);
    }
    routing.considered(destination.text(), "matched");
    String greeting =
        mailbox
            .get()
            .greeting()
            .map(prompt -> Sounds.of(routing.company.prompt(prompt), routing.languages()))
            .orElse("vm-intro");
    Duration longest = mailbox.get().longest().orElse(LONGEST_MESSAGE);
    return routing.decide(
        new Decision.LeaveMessage(number, List.of(greeting), longest), false, false);
  }

  /// The extension that forwards the call, if one does: what it may not call, it may not forward
  /// to.
  private static Optional<Extension> forwarding(Optional<Destination> from, Routing routing) {
    return from.filter(ToExtension.class::isInstance)
        .flatMap(forwarding -> routing.company.extension(((ToExtension) forwarding).number()));
  }

  /// An external number is called under the rules of the extension that forwards to it. If it is
  /// itself the destination of a route, a menu or a ring group, there is no extension whose rules
  /// could apply: the administrator has decided.
  private static Routed external(CallerId number, Optional<Destination> from, Routing routing) {
    return forwarding(from, routing)
        .map(payer -> Outgoing.call(number, payer, routing))
        .orElseGet(() -> Outgoing.byCompany(number, routing));
  }
}
