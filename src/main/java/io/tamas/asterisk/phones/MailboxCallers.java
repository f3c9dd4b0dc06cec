package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiFault;
import java.util.List;
import java.util.regex.Pattern;

/// Those who are leaving a message in the mailbox of an extension: nobody would hear it any more
/// once the extension is deleted.
final class MailboxCallers {
  /// Of `dialplan/message.conf`; its extension is that of the mailbox.
  private static final String CONTEXT = "tamas-message";

  /// Between the fields of a channel. What the caller chose, such as a name, comes after these.
  private static final Pattern SEPARATOR = Pattern.compile("!");

  private final Ami ami;

  MailboxCallers(Ami ami) {
    this.ami = ami;
  }

  /// Hangs them up. Waits.
  ///
  /// @throws AmiFault if Asterisk does not answer
  void end(String mailbox) {
    if (ami.send(AmiAction.channels()) instanceof AmiAnswer.Done(var _, var output)) {
      channels(mailbox, output).forEach(channel -> ami.send(AmiAction.hangUp(channel)));
    }
  }

  /// The channels in a mailbox, in the words of Asterisk's console: name, context, extension.
  static List<String> channels(String mailbox, String output) {
    return output
        .lines()
        .map(line -> SEPARATOR.split(line, 4))
        .filter(
            fields -> fields.length == 4 && fields[1].equals(CONTEXT) && fields[2].equals(mailbox))
        .map(fields -> fields[0])
        .toList();
  }
}
