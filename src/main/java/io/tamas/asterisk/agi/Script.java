package io.tamas.asterisk.agi;

import java.util.List;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.AgiScript;

/// The code that runs when the dialplan requests a name: `AGI(agi://host/name)`. Runs on its own
/// virtual thread and may wait.
@FunctionalInterface
public interface Script {
  /// Decides, if necessary with queries over `channel`.
  ///
  /// An exception ends the session without a decision, and the dialplan refuses the call.
  ///
  /// @return the variables to set, in order; then the session ends. They are set one after the
  ///   other, so that the last may signal to the dialplan that all are set.
  List<Variable> run(AgiRequest request, AgiChannel channel) throws AgiException;

  /// A script of Asterisk-Java, without `BaseAgiScript`, which finds its channel only inside
  /// Asterisk-Java's own server.
  static Script of(AgiScript script) {
    return (request, channel) -> {
      script.service(request, channel);
      return List.of();
    };
  }
}
