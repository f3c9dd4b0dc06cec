package io.tamas.routing;

import io.tamas.routing.Decision.Attempt;
import java.util.stream.Collectors;

/// Decisions in a few words, for tables.
final class DecisionWords {
  private DecisionWords() {}

  static String of(Decision decision) {
    return switch (decision) {
      case Decision.Ring ring ->
          "ring "
              + ring.stages().stream()
                  .map(DecisionWords::stage)
                  .collect(Collectors.joining(" then "));
      case Decision.DialOut out ->
          "out "
              + out.attempts().stream()
                  .map(DecisionWords::attempt)
                  .collect(Collectors.joining(" else "));
      case Decision.Menu menu -> "menu " + String.join("+", menu.sounds());
      case Decision.Announce announce -> "announce " + String.join("+", announce.sounds());
      case Decision.LeaveMessage message -> "message " + message.mailbox();
      case Decision.Listen(var mailbox) -> "listen " + mailbox;
      case Decision.PickUp pickUp ->
          "pickup " + pickUp.at().map(extension -> extension.digits()).orElse("group");
      case Decision.Retrieve(int slot) -> "retrieve " + slot;
      case Decision.Change change -> "change " + setting(change.setting());
      case Decision.Refuse refuse -> "refuse " + refuse.reason();
      case Decision.End _ -> "end";
    };
  }

  private static String stage(Decision.Stage stage) {
    return stage.members().stream()
        .map(member ->
            member.extension()
                + member.outside().map(number -> " at " + number.e164()).orElse("")
                + (member.delay().isZero() ? "" : " after " + member.delay().toSeconds()))
        .collect(Collectors.joining("+"));
  }

  private static String attempt(Attempt attempt) {
    return attempt.digits()
        + "@"
        + attempt.trunk()
        + attempt.callerId().map(shown -> " as " + shown).orElse("");
  }

  private static String setting(Decision.Setting setting) {
    return switch (setting) {
      case Decision.Setting.DoNotDisturb(boolean on) -> on ? "dnd on" : "dnd off";
      case Decision.Setting.OfSchedule schedule ->
          schedule.schedule()
              + schedule
                  .to()
                  .map(to ->
                      " " + to.state() + to.until().map(until -> " until " + until).orElse(""))
                  .orElse(" back");
      case Decision.Setting.Forward forward ->
          forward.when() + " " + forward.to().map(to -> to.text()).orElse("off");
    };
  }
}
