package io.tamas.asterisk.agi;

import java.util.List;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.AgiScript;

/// What runs when the dialplan asks for a name: `AGI(agi://host/name)`. Runs on a virtual thread of
/// its own and may wait.
@FunctionalInterface
public interface Script {
  /// Decides, if need be asking by commands over `channel`.
  ///
  /// An exception ends the session without an answer: the dialplan falls back.
  ///
  /// @return the variables to set, in order; then the session ends. They are set one after the
  ///   other, so that the last may tell the dialplan that all are there.
  List<Variable> run(AgiRequest request, AgiChannel channel) throws AgiException;

  /// A script of Asterisk-Java, without `BaseAgiScript`, which finds its channel only inside of
  /// Asterisk-Java's own server.
  static Script of(AgiScript script) {
    return (request, channel) -> {
      script.service(request, channel);
      return List.of();
    };
  }
}
